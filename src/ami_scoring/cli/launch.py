"""The `ami` command: the version at once, everything else through the full application."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from types import ModuleType


def main() -> None:
    """Run the command line and exit with its code."""
    # One short run keeps nearly all that it makes: looking for cycles, at work or at exit, would find nothing to free.
    gc.disable()
    if sys.argv[1:] == ["--version"] and _tell_version():
        return
    _do_without_plugins()
    from ami_scoring.cli.later import put_off

    put_off()
    # Where lxml is installed, openpyxl writes through it: other bytes for one workbook, other errors on a full disk.
    os.environ.setdefault("OPENPYXL_LXML", "False")
    try:
        from ami_scoring import processes
        from ami_scoring.cli.app import run
    except KeyboardInterrupt:
        sys.exit(130)
    processes.grant(None)
    _leave(run(sys.argv[1:]))


def _tell_version() -> bool:
    """Say the version, if stdout takes it: `run` knows what to do where it is closed, or full."""
    from ami_scoring import __version__

    try:
        sys.stdout.write(f"ami {__version__}\n")
        sys.stdout.flush()
    except (AttributeError, OSError):
        return False
    return True


def _leave(code: int) -> None:
    """End the process as it is: files are closed by now, and the system takes memory back faster than we free it."""
    atexit._run_exitfuncs()  # noqa: SLF001 - openpyxl removes there what it leaves in the temporary folder when it fails
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue  # nobody reads it any more, and what it had to say was told by `run`
    os._exit(code)


def _do_without_plugins() -> None:
    """Spare Pydantic the search for plugins in the metadata of every installed package: we use none.

    Even told so, its finder loads the readers of that metadata, as long as two starts of the interpreter. In a
    version that would have no such module, the setting alone would do.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    finder = ModuleType("pydantic.plugin._loader")
    finder.get_plugins = tuple  # type: ignore[attr-defined]
    sys.modules.setdefault(finder.__name__, finder)
