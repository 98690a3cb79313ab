"""The characters that the fonts inside typst can draw; others are spelt out, so that no name stops a paper.

PDF/UA and PDF/A want each character drawn and readable back. The fonts come with the `typst` package: no font of the
machine is looked at, so that a paper is the same on all of them.
"""

from __future__ import annotations

import re
from typing import Final

_RANGES: Final = (
    " -~\u00a0-\u00ac\u00ae-\u024f\u02b0-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482"
    "\u048a-\u04ff\u1e00-\u1eff\u2010-\u2027\u202f-\u2040\u2044-\u205e\u2070\u2071\u2074-\u208e\u20a0-\u20c0\u2100-\u211e"
    "\u2122\u2124\u2126-\u2151\u2153-\u2184\u2190-\u22ff\u2500-\u2606\u2609-\u262f\u2701-\u2704\u2706-\u2709\u270c-\u2714"
    "\u2717-\u2726\u2794\u2798-\u27af\ufb00-\ufb02\ufffd"
)
"""Measured with typst 0.15: a test draws them all."""
_UNCOVERED: Final = re.compile(f"[^{_RANGES.replace('[', '').replace(']', '')}]")
_LONG: Final = re.compile(r"\S{40,}")
_PART: Final = 24
"""Letters after which a word that fills a line may be cut."""


def drawable(text: str) -> str:
    """Spell out the characters that no font here draws, as `[U+4E2D]`."""
    return _UNCOVERED.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def breakable(text: str) -> str:
    """Let words too long for a line be cut."""
    return _LONG.sub(lambda found: "\u200b".join(re.findall(f".{{1,{_PART}}}", found[0])), text)
