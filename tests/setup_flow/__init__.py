"""Tests of the steps of the config flow."""
