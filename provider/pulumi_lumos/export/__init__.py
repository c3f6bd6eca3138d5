"""Writes what Lumos holds as a program that adopts it.

Derived from the declarations alone, so a new kind is exported without new code. Only reads.
"""
