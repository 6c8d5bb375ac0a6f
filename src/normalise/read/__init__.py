"""What clean lines mean. Reading never edits."""
