"""Tests of the past in Home Assistant's own statistics."""
