"""The `ami` command: the version at once, everything else through the full application."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        from ami_scoring import __version__

        sys.stdout.write(f"ami {__version__}\n")
        return
    from ami_scoring.cli.app import run

    sys.exit(run(sys.argv[1:]))
