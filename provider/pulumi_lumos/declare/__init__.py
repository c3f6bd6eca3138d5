"""The words resources are declared with, and the plain data a declaration becomes."""
