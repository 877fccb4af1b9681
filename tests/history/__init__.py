"""Tests of the past of a heat pump."""
