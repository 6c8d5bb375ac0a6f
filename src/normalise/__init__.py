"""Raw paper to clean paper and log. Pure: nothing here reads or writes a file."""
