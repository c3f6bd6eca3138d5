"""Pulumi's dynamic-provider protocol, and nothing else knows it."""
