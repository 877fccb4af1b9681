"""Tests of the analysis; none of them needs Home Assistant."""
