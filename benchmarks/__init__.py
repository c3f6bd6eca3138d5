"""Measures how long the life of many permissions takes, and what it asks of Lumos."""
