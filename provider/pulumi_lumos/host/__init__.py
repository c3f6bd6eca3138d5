"""How Pulumi reaches the lifecycle of a resource."""
