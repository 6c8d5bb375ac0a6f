"""Tables that a conversion flattened into running text, found again by their white space or by their order."""
