"""What must not be shown: the names and numbers of people, whatever the file that gives them."""
