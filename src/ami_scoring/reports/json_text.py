"""JSON that shows all that it says: what nobody sees, or what turns a line round, is written as an escape."""

from __future__ import annotations

import json
import re
from typing import Any, Final

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_UNSEEN: Final = re.compile("[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


def shown_whole(text: str) -> str:
    """Spell what a JSON text holds unseen. Undecodable bytes of a file's name are spelt out, for strict readers."""
    spelt = _SURROGATE.sub(lambda found: f"\\\\u{ord(found[0]):04x}", text)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", spelt)


def indented(document: Any) -> str:
    """Write a document for people and programs, two spaces for each level."""
    return shown_whole(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"
