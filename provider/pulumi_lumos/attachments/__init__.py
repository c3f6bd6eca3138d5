"""What becomes of a permission that a provisioning group is attached to."""
