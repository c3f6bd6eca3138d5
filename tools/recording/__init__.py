"""Makes the picture of a terminal that the README shows, from a real run."""
