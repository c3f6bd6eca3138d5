"""The tour behind `make demo`."""
