"""What the readings of a heat pump say, each with what it rests on."""
