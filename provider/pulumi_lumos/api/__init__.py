"""Lumos over HTTP: one client for all threads of a process. Knows nothing of resources."""
