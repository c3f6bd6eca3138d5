"""The lifecycle of any declared resource: check, diff, create, read, update, delete.

Derived from the declaration alone; knows no kind by name, no HTTP and no Pulumi protocol.
"""
