"""The ways to run a resource in a test; README.md says which is for what, and its cost."""
