"""Pulumi's provider protocol, which every language of Pulumi speaks, and nothing else knows it."""
