"""One paper end to end, many papers, and the command line."""
