"""Tests of what a viewer is sent."""
