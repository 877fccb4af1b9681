"""From stored values to figures: clean readings, add up windows, divide last."""
