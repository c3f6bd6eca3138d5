"""A permission that people can request: its syncs, hiding it, and stepping aside."""
