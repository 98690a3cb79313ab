"""YAML and JSON with the line and column of everything, and how their mistakes are told."""
