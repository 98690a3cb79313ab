"""What is said on stderr once a result is written: the result in short, then what is to be looked at in the files."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import wrap
from typing import Final, NamedTuple

from ami_scoring.cli.formats import Format
from ami_scoring.cli.streams import is_terminal, wants_colour, width
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Status
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import printable, typeset
from ami_scoring.scoring.words import closing_sentences

MOST_FINDINGS: Final = 200
"""Findings printed after a ranking: beyond, nobody reads them there."""
MOST_FILES: Final = 5
"""Files with errors that are named under the result."""
LONGEST_COMMAND: Final = 100
"""Characters of a command that is worth copying; a longer one is named only."""
OF_EARLIER_WAVES: Final = "awarded-"
"""How the codes begin of what is told of earlier waves' results, which `ami validate` does not read."""
QUICK: Final = 300
"""Candidatures up to which how sure the list is costs nothing to say."""


class Asked(NamedTuple):
    """What the command line asked to be read, and whether to show every finding whole."""

    paths: Sequence[Path]
    criteria: Path
    assessments: Sequence[Path] = ()
    mapping: Path | None = None
    findings: bool = False


def tell(evaluation: Evaluation, asked: Asked, saved: Sequence[Path], shown: Format | None) -> None:
    """Say the result in short, unless stdout ends with it; what is to be looked at; where results went; the policy."""
    on_screen = shown is Format.TABLE and is_terminal(sys.stdout)
    for sentence in () if shown is Format.LIST else closing_sentences(evaluation)[on_screen:]:
        _say(str(sentence))
    if on_screen and evaluation.cut.selected > 0 and len(evaluation.standings) <= QUICK:
        from ami_scoring.scoring.robustness import one_line

        _say(str(one_line(evaluation)))
    if asked.findings:
        _show(evaluation.findings)
    else:
        tell_unseen(evaluation)
        earlier = [one for one in evaluation.findings if one.code.startswith(OF_EARLIER_WAVES)]
        _show(earlier)
        for line in _in_short([one for one in evaluation.findings if one not in earlier], asked):
            _say(line)
    for path in saved:
        sys.stderr.write(f"Écrit : {path}\n")


def _say(sentence: str) -> None:
    """Write a sentence; on a terminal, broken at words where it is longer than a line."""
    lines = [sentence]
    if is_terminal(sys.stderr) and len(sentence) > width():
        lines = wrap(typeset(sentence), width(), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    sys.stderr.write("".join(f"{line}\n" for line in lines))


def tell_unseen(evaluation: Evaluation) -> bool:
    """Say on stderr the errors that no result shows, such as those of assessors' files; say whether there are any.

    A candidature that cannot be read is listed with its reasons; what is wrong elsewhere would pass unseen.
    """
    listed = {aside.origin.path for aside in evaluation.set_aside if aside.status is Status.UNREADABLE}
    listed |= {one.entry.origin.path for one in evaluation.standings if one.entry.refused}
    unseen = [
        finding
        for finding in evaluation.findings
        if finding.severity is Severity.ERROR and finding.where.path not in listed
    ]
    _show(unseen)
    return bool(unseen)


def _show(findings: Sequence[Finding]) -> None:
    if not findings:
        return
    from ami_scoring.reports.annotations import findings_text

    shown = findings[:MOST_FINDINGS]
    sys.stderr.write(findings_text(shown, colour=wants_colour(sys.stderr)))
    if more := sum(finding.times for finding in findings[MOST_FINDINGS:]):
        sys.stderr.write(f"… et {more} autres constats : « ami validate » les liste tous.\n")


def _in_short(findings: Sequence[Finding], asked: Asked) -> Iterator[str]:
    """Count what is to be looked at, say which command shows it, and name the files that have errors."""
    if not findings:
        return
    from ami_scoring.reports.annotations import summary

    errors = Counter[str]()
    for one in findings:
        if one.severity is Severity.ERROR:
            errors[one.where.path] += one.times
    rest = summary(one for one in findings if one.severity is not Severity.ERROR)
    counts = summary(one for one in findings if one.severity is Severity.ERROR)
    if errors:
        counts += f" dans {len(errors)} fichiers" if len(errors) > 1 else " dans 1 fichier"
    shows = "les montre" if sum(one.times for one in findings) > 1 else "le montre"
    yield f"À revoir : {', '.join(filter(None, (counts, rest)))} ; « {_command(asked)} » {shows}."
    for path, count in sorted(errors.items())[:MOST_FILES]:
        yield f"  {printable(path)} : {count} erreur{'s'[: count > 1]}"
    if (more := len(errors) - MOST_FILES) > 0:
        yield f"  et {more} autre{'s'[: more > 1]} fichier{'s'[: more > 1]}"


def _command(asked: Asked) -> str:
    """Write the command that shows the same findings whole, ready to be copied where it is short enough."""
    words = ["ami", "validate", *map(str, asked.paths)]
    words += [] if asked.criteria == Path("criteria.yaml") else ["-c", str(asked.criteria)]
    words += [word for path in asked.assessments for word in ("-a", str(path))]
    words += [] if asked.mapping is None else ["-m", str(asked.mapping)]
    import shlex

    command = printable(shlex.join(words))
    return command if len(command) <= LONGEST_COMMAND else "ami validate"
