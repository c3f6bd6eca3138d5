"""What programs and commands name in Lumos: apps, groups, users, permissions, webhooks.

Only reads. `functions` is what programs call; the rest knows nothing of Pulumi.
"""
