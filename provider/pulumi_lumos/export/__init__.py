"""Writes what Lumos holds as a program that adopts it.

Everything follows from the declarations, so a new kind needs no new code. It only reads Lumos.
"""
