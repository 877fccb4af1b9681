"""InfluxDB as a source: HTTP, the languages it is asked in, what it answers."""
