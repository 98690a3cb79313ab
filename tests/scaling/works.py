"""Every reader and check, on inputs that grow: what is done with each, and from which size it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tests.scaling.inputs import CANDIDATURES, OPINIONS, POLICIES, VERIFICATIONS, ZONING
from tests.scoring.building import ORIGIN, candidature
from tests.sources.sheets import ROOT

from ami_scoring.domain.entries import Entry
from ami_scoring.evaluation.policy import Policy, checker, read_policy
from ami_scoring.evaluation.run import results
from ami_scoring.findings import InvalidFileError, few_of_each_kind
from ami_scoring.reports.annotations import findings_text
from ami_scoring.scoring.checks import check_doubles
from ami_scoring.sources.doors.assessments import load_assessments
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.verifications import load_verifications
from ami_scoring.sources.doors.zonings import load_zoning
from ami_scoring.sources.files.decoding import given

Work = Callable[[int], Callable[[], object]]
SIZE: Final = 60
JUDGED: Final = """\
language: 1
call: {title: Essai, edition: e, authority: A}
waves: [{id: v1, closes: 2024-06-30}]
total: 10
selection: {places: 1}
criteria:
  - {id: c, label: C, weight: 10, if_missing: zero, rule: {kind: judgement, on: projet, highest: 5}}
"""
COMPARED: Final = """\
language: 1
call: {title: Essai, edition: e, authority: A}
waves: [{id: v1, closes: 2024-06-30}]
total: 10
facts: [{name: n, label: N, type: integer, minimum: 0}, {name: b, label: B, type: boolean}]
eligibility: [{id: b, label: B, require: {fact: complements.b, is: oui}}]
selection: {places: 1}
criteria: [{id: c, label: C, weight: 10, rule: {kind: relative, fact: complements.n, best: highest, RULE}}]
"""
"""One compared with all the others: by its share of the best, or by its rank."""
VERSIONS: Final = """\
{"reference": "A-%d", "depose_le": "2024-05-01", "porteur": {"nom": "P%d"}, "implantation": {"communes": \
[{"code_insee": "09001"}]}, "complements": {"n": %d, "b": true}}
{"reference": "B-%d", "depose_le": "2024-05-02", "porteur": {"nom": "P%d"}, "implantation": {"communes": \
[{"code_insee": "09001"}]}, "complements": {"n": %d}}
"""
"""One that is ranked, and a newer version of it that waits."""


@cache
def _policy() -> Policy:
    return read_policy(ROOT / "criteria.yaml")


def _candidatures(suffix: str, make: Callable[[int], bytes]) -> Work:
    path = Path(f"candidature{suffix}")

    def work(size: int) -> Callable[[], object]:
        data, policy = make(size), _policy()

        def read() -> None:
            with given({path: data}):
                loaded = load_candidatures([path], checker(policy), named=[path], call=policy.criteria.call)
                between = check_doubles(loaded.entries, policy.criteria)
                findings_text(few_of_each_kind([*loaded.findings, *between]))

        return read

    return work


def _policies(make: Callable[[int], bytes]) -> Work:
    path = Path("criteria.yaml")

    def work(size: int) -> Callable[[], object]:
        data = make(size)

        def read() -> None:
            with given({path: data}):
                try:
                    findings = read_policy(path, advice=True).findings
                except InvalidFileError as error:
                    findings = error.findings
                findings_text(few_of_each_kind(findings))

        return read

    return work


def _zoning(make: Callable[[int], bytes]) -> Work:
    path = Path("zonage.csv")

    def work(size: int) -> Callable[[], object]:
        data = make(size)

        def read() -> None:
            with given({path: data}):
                findings_text(load_zoning(path)[2])

        return read

    return work


def _opinions(make: Callable[[int], bytes]) -> Work:
    path, judged = Path("avis.yaml"), Path("criteria.yaml")

    def work(size: int) -> Callable[[], object]:
        data = make(size)
        with given({judged: JUDGED.encode()}):
            judgements = read_policy(judged).criteria.judgements

        def read() -> None:
            with given({path: data}):
                findings_text(load_assessments([path], judgements, {f"A-{i}" for i in range(size)}).findings)

        return read

    return work


def _verifications(make: Callable[[int], bytes]) -> Work:
    path = Path("verifications.csv")

    def work(size: int) -> Callable[[], object]:
        data = make(size)
        entries = [Entry(candidature(f"reference: A-{i}\nlocaux: {{surface_m2: 90}}"), ORIGIN) for i in range(size)]

        def read() -> None:
            with given({path: data}):
                loaded = load_verifications(path, _policy().criteria, entries)
                findings_text(loaded.findings)
                [loaded.beside(entry) for entry in entries]

        return read

    return work


def _compared(rule: str) -> Work:
    path, compared = Path("versions.jsonl"), Path("criteria.yaml")

    def work(size: int) -> Callable[[], object]:
        with given({compared: COMPARED.replace("RULE", rule).encode()}):
            policy = read_policy(compared)
        data = "".join(VERSIONS % ((number,) * 6) for number in range(size)).encode()
        with given({path: data}):
            loaded = load_candidatures([path], checker(policy), named=[path], call=policy.criteria.call)
        return lambda: results(policy, loaded)

    return work


def _best() -> Work:
    """Score many versions of one project, of which each may be the best."""
    path, compared = Path("versions.jsonl"), Path("criteria.yaml")
    rule = "{kind: relative, fact: complements.n, best: highest, RULE}"
    best = COMPARED.replace(rule, "{kind: per_unit, fact: complements.n, points: 1, at_most: 10}")

    def work(size: int) -> Callable[[], object]:
        with given({compared: f"{best}versions: {{keep: best}}\n".encode()}):
            policy = read_policy(compared)
        data = "".join(VERSIONS % (number, 0, number % 9, number, 0, number % 9) for number in range(size)).encode()
        with given({path: data}):
            loaded = load_candidatures([path], checker(policy), named=[path], call=policy.criteria.call)
        return lambda: results(policy, loaded)

    return work


EACH_AGAINST_ALL: Final = frozenset(f"criteria: {name}" for name in ("knots", "items", "cases", "conditions"))
"""Where each value of a fact is tried against every part of a rule: lists have an end, told by a test of its own."""

WORKS: Final[Mapping[str, Work]] = {
    **{f"candidatures: {name}": _candidatures(*how) for name, how in CANDIDATURES.items()},
    **{f"criteria: {name}": _policies(make) for name, make in POLICIES.items()},
    **{f"zoning: {name}": _zoning(make) for name, make in ZONING.items()},
    **{f"verifications: {name}": _verifications(make) for name, make in VERIFICATIONS.items()},
    **{f"opinions: {name}": _opinions(make) for name, make in OPINIONS.items()},
    "compared: versions that wait, by value": _compared("points: 10"),
    "compared: versions that wait, by rank": _compared("by_rank: [10, 5]"),
    "versions: the best of many": _best(),
}
