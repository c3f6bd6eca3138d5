"""What runs in the program of a user: the classes of resources, their inputs, functions."""
