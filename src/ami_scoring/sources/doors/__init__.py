"""The way in: files become candidatures, criteria, zoning tables and opinions, or findings."""
