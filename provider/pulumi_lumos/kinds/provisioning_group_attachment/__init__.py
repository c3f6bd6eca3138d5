"""A provisioning group bound to a permission, which gets a successor where it has to."""
