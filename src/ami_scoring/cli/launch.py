"""The `ami` command: the version at once, everything else through the full application."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    # One short run keeps nearly all that it makes: looking for cycles, at work or at exit, would find nothing to free.
    gc.disable()
    if sys.argv[1:] == ["--version"]:
        from ami_scoring import __version__

        sys.stdout.write(f"ami {__version__}\n")
        return
    # Pydantic would read the metadata of every installed package to find plugins, and we use none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        from ami_scoring.cli.app import run
    except KeyboardInterrupt:
        sys.exit(130)
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)
