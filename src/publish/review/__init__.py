"""The review page: plain files that a browser opens from a disk, on which a person judges what was read."""
