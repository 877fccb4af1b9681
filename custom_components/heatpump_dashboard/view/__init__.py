"""What a viewer is sent of a heat pump."""
