"""Exports of other tools: their columns, what a mapping makes of them, and the mapping that is proposed."""
