"""What programs and commands refer to in Lumos: apps, groups, users, permissions, webhooks.

Only reads. Knows nothing of Pulumi and nothing of resources.
"""
