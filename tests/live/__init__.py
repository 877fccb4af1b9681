"""Tests with the real InfluxDB."""
