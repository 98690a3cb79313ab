"""Which files to read, what each one is, and its text; where each part of it stands."""
