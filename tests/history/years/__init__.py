"""Tests of the walk through all years."""
