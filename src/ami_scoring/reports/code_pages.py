"""The documentation of finding codes: one page for a terminal, the whole of docs/codes.md."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent

from ami_scoring.codes.catalogue import CHAPTERS, CODES
from ami_scoring.codes.entry import Entry

_HEAD = """\
# Les codes des constats

<!-- Écrit par « ami validate --explain all > docs/codes.md » : corrigez src/ami_scoring/codes, pas ce fichier. -->

Chaque constat d'`ami validate` porte un code qui ne change pas. `ami validate --explain CODE` montre l'un d'eux.
"""


def code_page(code: str) -> str:
    """Write what is known of one code, for a terminal. Raises `KeyError` when it does not exist."""
    return "\n".join(_page(CODES[code])) + "\n"


def codes_markdown() -> str:
    """Write docs/codes.md: every code by chapter, in the order of the catalogue."""
    parts = [_HEAD]
    for title, entries in CHAPTERS.items():
        parts.append(f"## {title}\n")
        parts.extend(f"### {entry.code}\n\n{entry.markdown}\n" for entry in entries)
    return "\n".join(parts)


def _page(entry: Entry) -> Iterator[str]:
    yield entry.code
    yield ""
    yield entry.what
    yield entry.why
    for title, extract in (("À corriger :", entry.wrong), ("Corrigé :", entry.right)):
        if extract:
            yield ""
            yield title
            yield indent(extract.strip("\n"), "    ")
