"""What tests, demo and benchmarks share. Nothing here knows pytest."""
