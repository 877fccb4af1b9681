"""Tests of the poll of a heat pump, and of an entry around it."""
