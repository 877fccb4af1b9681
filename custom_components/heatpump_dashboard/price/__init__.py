"""What electricity costs, as an entity of Home Assistant tells it."""
