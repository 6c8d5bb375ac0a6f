"""Text that was cut at a wrong column boundary: where the parts belong."""
