"""The chain that ties each decision to the one before: what is hashed, and how.

Anyone can redo it: read the file with every scalar as text, take an entry without its `hash`, write it as JSON with
sorted keys and no spaces, in UTF-8, and take the SHA-256.
"""

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any, Final

from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Parsed, json_type, shown

FIRST: Final = "0" * 64
"""What the first entry has in place of the hash of the one before."""
_SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)


def parse_sha256(value: object) -> str:
    """Read a SHA-256: 64 hexadecimal digits, in small letters."""
    text = value.strip().lower() if isinstance(value, str) else ""
    if not _SHA256.fullmatch(text):
        raise RefusalError(
            "sha256-form",
            "« {text} » n'est pas une empreinte SHA-256 : 64 chiffres de 0 à 9 et lettres de a à f.",
            {"text": shown(value)},
        )
    return text


def canonical(entry: Mapping[str, Any]) -> str:
    """Write an entry, as plain data, in the one form that is hashed: JSON, sorted keys, no spaces.

    Every scalar is the text that the file holds, in Unicode form NFC as every reader gives it: `30000` and `"30000"`
    are the same. `hash` is left out.
    """
    told = {str(key): _plain(value) for key, value in entry.items() if key != "hash"}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(entry: Mapping[str, Any]) -> str:
    """Give the SHA-256 of the canonical form of an entry, in hexadecimal."""
    return sha256(canonical(entry).encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case None:
            return None
        case _:
            return str(value)


Sha256 = Annotated[str, Parsed(parse_sha256), json_type("string", pattern="^[0-9a-fA-F]{64}$")]
