"""The past of a heat pump in Home Assistant's own statistics."""
