"""Runs commands by one process, then by several, and says where anything differs: `python -m tests.evaluation.sides`.

Apart from the tests, whose own process may have threads: no copy is made of it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.generate import candidature, communes, with_error, with_warning

from ami_scoring import processes
from ami_scoring.cli.app import run
from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.evaluation import meanwhile
from ami_scoring.sources.doors import pieces, room, shares

ROOT = Path(__file__).parents[2]
COUNTS = (2, 3)
EXAMPLES = sorted((ROOT / "examples").glob("*/criteria.yaml"))


class Told(NamedTuple):
    """All that a command says."""

    code: int
    out: bytes
    err: str
    written: dict[str, bytes]


def share_little() -> None:
    """Share what is far too little to be shared."""
    limits: dict[object, dict[str, int]] = {
        pieces: {"_LONG": 1, "_MANY": 1},
        shares: {"_LEAST": 2_000},
        meanwhile: {"_MANY": 1},
        processes: {"_LONG_LIST": 1, "_STEP": 7},
        room: {"_CROWD": 20},
    }
    for module, told in limits.items():
        for name, limit in told.items():
            setattr(module, name, limit)


def main() -> int:
    """Run every case; give how many differ."""
    share_little()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_kinds(folder)
        wrong = [words for words in commands(folder) if not is_same(words)]
    for words in wrong:
        sys.stderr.write(f"differs: {' '.join(words)}\n")
    return len(wrong)


def is_same(words: list[str]) -> bool:
    """Say whether a command gives the same by one, two and three processes."""
    alone, *others = [told(words, count) for count in (1, *COUNTS)]
    return alone.code != ExitCode.BUG and all(other == alone for other in others)


def told(words: list[str], count: int) -> Told:
    """Run a command by so many processes."""
    processes.grant(count)
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), io.StringIO()
    with tempfile.TemporaryDirectory() as name, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        targets = [word.replace("OUT", name) for word in words]
        code = run(targets)
        out.flush()
        written = {path.name: path.read_bytes() for path in sorted(Path(name).iterdir())}
    return Told(code, out.buffer.getvalue(), err.getvalue().replace(name, ""), written)


def commands(folder: Path) -> Iterator[list[str]]:
    """Give commands over samples, examples, what fuzzing kept, and candidatures made of every kind."""
    sample = ["samples/candidatures", "-c", str(ROOT / "criteria.yaml")]
    for kind in ("tsv", "csv", "json", "list", "markdown"):
        yield ["score", *sample, "-f", kind]
    yield ["score", *sample, "-o", "OUT/r.xlsx", "-o", "OUT/r.json", "-o", "OUT/r.html", "--findings"]
    yield ["validate", *sample]
    yield ["explain", *sample[:1], "AMI-2022-0001", *sample[1:]]
    for policy in EXAMPLES:
        beside = [str(path) for path in sorted(policy.parent.iterdir()) if path.name in {"candidatures", "dossiers"}]
        yield ["score", *(beside or [str(policy.parent)]), "-c", str(policy), "-f", "json"]
    corpus = ROOT / "tests" / "fuzz" / "corpus"
    for door in sorted(path for path in corpus.iterdir() if path.is_dir()):
        yield ["score", str(door), "-c", str(ROOT / "criteria.yaml"), "-f", "json", "--findings"]
    for made in sorted(folder.iterdir()):
        yield ["score", str(made), "-c", str(ROOT / "criteria.yaml"), "-f", "json", "--findings"]
        yield ["validate", str(made), "-c", str(ROOT / "criteria.yaml"), "--format", "json"]
    yield ["score", str(folder), "-c", str(ROOT / "criteria.yaml"), "-f", "tsv", "-w", "vague-2"]
    yield ["score", str(folder), "-c", str(ROOT / "criteria.yaml"), "-o", "OUT/r.xlsx", "-o", "OUT/r.csv"]


def write_kinds(folder: Path) -> None:
    """Write files of lines of many kinds: clean, with something to tell, late, shared, broken, blank, of other ends."""
    codes = communes(300)
    clean = [candidature(number, codes[number]) for number in range(90)]
    dump = json.dumps
    lines = [dump(each) for each in clean]
    # Few are wrong at first, then so many that their places are no longer told.
    wrong = [dump(with_error(each) if at % 3 else with_warning(each)) for at, each in enumerate(clean)]
    odd = [
        *lines[:20],
        "",
        "{",
        "null",
        '{"reference": "X"}',
        "[1]",
        dump({**clean[20], "depose_le": "2031-01-01"}),
        dump({**clean[21], "depose_le": "2022-02-03T10:00:00+02:00"}),
        dump({**clean[22], "depose_le": "2022-02-03T08:00:00+00:00"}),
        dump({**clean[23], "complements": {"inconnu": 1.50}}),
        dump({**clean[24], "medecins_interesses": [{"nom": "Durand", "temps_plein": "beaucoup"}]}),
        dump({**clean[25], "porteur": {"nom": "Été\u202e"}}, ensure_ascii=False),
        dump(
            {**clean[26], "porteur": {"nom": "Syndicat «\u00a0d\u2019ici\u00a0» n°\u202f2 \u2013 été"}},
            ensure_ascii=False,
        ),
        *lines[10:12],
        '"reference"',
        *(dump({**each, "locaux": None, "reference": f"SANS-{at}"}) for at, each in enumerate(clean[:30])),
        '"reference"',
        "  ",
    ]
    for name, content in {"clean": lines, "wrong": wrong, "odd": odd, "all": ["{", *wrong, *odd[20:]]}.items():
        (folder / f"{name}.jsonl").write_text("\n".join(content) + "\n" * (name != "odd"), "utf-8", newline="")
    (folder / "crlf.jsonl").write_bytes("\r\n".join(odd).encode())
    (folder / "cr.jsonl").write_bytes("\r".join(lines[:9]).encode())
    (folder / "mark.jsonl").write_bytes(b"\xef\xbb\xbf" + "\n".join(lines[:9]).encode() + b"\n\xff\n")
    (folder / "blank.jsonl").write_bytes(b"\n" * 40 + lines[0].encode() + b"\n" * 40)
    (folder / "wide.jsonl").write_bytes("\n".join(lines[:9]).encode("utf-16"))
    (folder / "empty.jsonl").write_bytes(b"")


if __name__ == "__main__":
    os.chdir(ROOT)
    # Where something differs, its words are told: one line a command.
    sys.exit(main())
