"""Official zoning files, in the layouts of those who publish them → one table of zones."""
