"""A self-service portal for access requests in Lumos."""
