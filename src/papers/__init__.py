"""The nouns: what a paper is, what a repair is, what a reading is. Standard library only, no input or output."""
