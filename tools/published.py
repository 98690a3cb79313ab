"""Write docs/codes.md and schemas/*.json from the code: what `ami validate --explain` and editors show.

`python tools/published.py` writes them, `python tools/published.py --check` fails when one is out of date.
"""

from __future__ import annotations

import sys
from pathlib import Path

from ami_scoring.reports.code_pages import codes_markdown
from ami_scoring.reports.robustness import robustness_schema
from ami_scoring.reports.schema import (
    candidature_schema,
    criteria_schema,
    decisions_schema,
    jury_schema,
    letterhead_schema,
    mapping_schema,
)

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Write the files, or compare them with those that are committed."""
    pages = {
        "docs/codes.md": codes_markdown(),
        "schemas/criteria.schema.json": criteria_schema(),
        "schemas/candidature.schema.json": candidature_schema(),
        "schemas/correspondance.schema.json": mapping_schema(),
        "schemas/decisions.schema.json": decisions_schema(),
        "schemas/jury.schema.json": jury_schema(),
        "schemas/courriers.schema.json": letterhead_schema(),
        "schemas/solidite.schema.json": robustness_schema(),
    }
    stale = [name for name, text in pages.items() if _read(ROOT / name) != text]
    if sys.argv[1:] == ["--check"]:
        for name in stale:
            sys.stderr.write(f"{name} n'est plus à jour : python tools/published.py\n")
        return 1 if stale else 0
    for name in stale:
        (ROOT / name).parent.mkdir(exist_ok=True)
        (ROOT / name).write_text(pages[name], encoding="utf-8")
    return 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
