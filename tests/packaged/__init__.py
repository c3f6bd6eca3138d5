"""The packaged provider: its schema, and what no other host can do."""
