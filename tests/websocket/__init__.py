"""Tests of the websocket commands."""
