"""Tests of what is known of a heat pump."""
