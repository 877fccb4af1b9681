"""The past of a heat pump: reading it, and keeping it."""
