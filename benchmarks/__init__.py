"""Measurements beside other tools and hand-written code, in one run: `make bench`."""
