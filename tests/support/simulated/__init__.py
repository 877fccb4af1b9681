"""A simulated house with its heat pump, and the truth that its readings are to tell."""
