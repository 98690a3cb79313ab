"""`python -m ami_scoring` is `ami`."""

from ami_scoring.cli.launch import main

main()
