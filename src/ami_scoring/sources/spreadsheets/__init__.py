"""Workbooks, forms, tables and CSV: from cells to answers."""
