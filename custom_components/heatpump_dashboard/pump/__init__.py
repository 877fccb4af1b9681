"""What is known of one heat pump, and what follows from it."""
