"""Writes the reference page of every resource from its declaration."""
