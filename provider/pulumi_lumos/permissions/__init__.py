"""What is special about the life of permissions, for the kinds that are made of them."""
