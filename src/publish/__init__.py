"""Published output: CSV files, workbooks, Data Package and manifest. It writes what it is given and decides nothing."""
