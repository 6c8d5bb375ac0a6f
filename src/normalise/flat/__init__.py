"""Tables flattened to one row a line, their cells parted by single spaces, found again by what their lines share."""
