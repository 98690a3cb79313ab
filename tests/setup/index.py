"""A package index in a folder: tiny made-up wheels of every pin of our locks, and newer releases than the pins.

A wheel asks for what the real package asks for, extras included, read from what is installed beside these tests.
The newer release of each asks for a package that nobody has: whoever resolves instead of reading the lock is seen.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

LATER = "9999.1"
NOWHERE = "a-package-that-nobody-has"
_PIN = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; (.+?))?(?: \\)?$", re.MULTILINE)


@dataclass(frozen=True)
class Pin:
    """One line of a lock."""

    name: str
    version: str
    marker: str | None

    def holds(self, environment: dict[str, str] | None = None) -> bool:
        """Tell whether the line counts in an environment, this one by default."""
        return self.marker is None or Marker(self.marker).evaluate(environment)


def pins(lock: Path) -> list[Pin]:
    """Read the pins of a lock, in its order."""
    return [
        Pin(canonicalize_name(name), version, marker or None)
        for name, version, marker in _PIN.findall(lock.read_text(encoding="utf-8"))
    ]


def asked_by(name: str) -> list[str]:
    """Give what an installed package asks for, in its own words; nothing for one that is not here."""
    try:
        return importlib.metadata.requires(name) or []
    except importlib.metadata.PackageNotFoundError:
        return []


def wheel(folder: Path, name: str, version: str, asks: list[str]) -> str:
    """Write a wheel with nothing but metadata; give its SHA-256."""
    stem = f"{name.replace('-', '_')}-{version}"
    described = f"{stem}.dist-info"
    extras = sorted({extra for ask in asks for extra in re.findall(r"extra == ['\"]([\w.-]+)['\"]", ask)} | {"toml"})
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [*(f"Provides-Extra: {extra}" for extra in extras), *(f"Requires-Dist: {ask}" for ask in asks)]
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{described}/METADATA", "\n".join(lines) + "\n")
        archive.writestr(f"{described}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{described}/RECORD", "".join(f"{name},,\n" for name in archive.namelist()))
    return hashlib.sha256(path.read_bytes()).hexdigest()


def publish(locks: list[Path], index: Path) -> dict[tuple[str, str], str]:
    """Fill an index with every pin of the locks and one later release of each; give the hashes of the pinned ones."""
    hashes = {}
    for pin in {(pin.name, pin.version) for lock in locks for pin in pins(lock)}:
        name, version = pin
        folder = index / name
        folder.mkdir(parents=True, exist_ok=True)
        hashes[pin] = wheel(folder, name, version, asked_by(name))
        wheel(folder, name, LATER, [NOWHERE])
        links = "".join(f'<a href="{each.name}">{each.name}</a>\n' for each in sorted(folder.glob("*.whl")))
        (folder / "index.html").write_text(f"<!DOCTYPE html><html><body>\n{links}</body></html>\n", encoding="utf-8")
    return hashes


def rehashed(lock: Path, hashes: dict[tuple[str, str], str]) -> str:
    """Write a lock anew, pin by pin, with the hashes of the made-up wheels."""
    return "".join(_lines(lock, hashes))


def _lines(lock: Path, hashes: dict[tuple[str, str], str]) -> Iterator[str]:
    for pin in pins(lock):
        marker = f" ; {pin.marker}" if pin.marker else ""
        yield f"{pin.name}=={pin.version}{marker} --hash=sha256:{hashes[pin.name, pin.version]}\n"
