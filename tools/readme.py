"""Put in README.md the real screen of the samples, between its two markers.

`python tools/readme.py` writes it, `python tools/readme.py --check` fails when it is out of date.
"""

from __future__ import annotations

import os
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console

from ami_scoring import evaluate
from ami_scoring.reports.terminal import shortlist

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BEGIN, END = "<!-- écran : début -->\n", "<!-- écran : fin -->\n"
WIDTH = 116
LINES = 24


def main() -> int:
    """Write the screen, or compare it with the one that is committed."""
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    fresh = f"{before}{BEGIN}```text\n{_screen()}```\n{END}{after}"
    if "--check" not in sys.argv[1:]:
        README.write_text(fresh, encoding="utf-8")
    elif fresh != text:
        sys.stderr.write("L'écran de README.md n'est plus à jour : python tools/readme.py\n")
        return 1
    return 0


def _screen() -> str:
    os.chdir(ROOT)
    evaluation = evaluate([Path("samples/candidatures")], Path("criteria.yaml"))
    page = StringIO()
    Console(file=page, width=WIDTH, no_color=True).print(shortlist(evaluation, WIDTH))
    lines = [line.rstrip() for line in page.getvalue().splitlines()]
    return "".join(f"{line}\n" for line in [*lines[:LINES], " …"])


if __name__ == "__main__":
    sys.exit(main())
