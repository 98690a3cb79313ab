"""Projects of which a file may be another version, while nothing establishes of which project that file is.

Such a file counts by itself. Once established, it may replace a version of another project, or be replaced by one:
neither is sure of its place until then. What it does say leaves out whose version it cannot be: another applicant's,
or one of another commune.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.scores import Scored
from ami_scoring.scoring.marks.identity import Identity, Register, all_told, read_beside, tells_its_applicant

Group = Sequence[Scored]


def doubts_of(groups: Sequence[Group], identities: Mapping[int, Identity], criteria: Criteria) -> dict[int, Entry]:
    """Give, by the place of each project concerned, a file that may be of it, though nothing tells.

    `identities` go by the identity of what was scored.
    """
    if all_told(identities.values()):
        return {}
    register = Register([*identities.values()])
    unsure = {
        place
        for place, group in enumerate(groups)
        for each in (identities[id(one)] for one in group)
        if each.rest is None or register.is_doubtful(each)
    }
    found = dict[int, Entry]()
    for alike in _alike(groups, identities, criteria) if unsure else ():
        doubtful = [place for place in alike if place in unsure]
        for place in alike if len(alike) > 1 else ():
            other = next((its for its in doubtful if its != place), None)
            if other is None and place in unsure:
                other = next(its for its in alike if its != place)
            if other is not None:
                found.setdefault(place, groups[other][0].entry)
    return found


def _alike(groups: Sequence[Group], identities: Mapping[int, Identity], criteria: Criteria) -> Iterator[list[int]]:
    """Put together the projects that may be one by what their files say: of a few of them, some say too little."""
    beside = read_beside(criteria)
    known: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    strangers, nowhere, unknown = list[int](), list[int](), list[int]()
    for place, group in enumerate(groups):
        rest, is_told = beside(group[0].entry), tells_its_applicant(group[0].entry, criteria)
        if rest is None and not is_told:
            unknown.append(place)
        elif not is_told:
            strangers.append(place)
        elif rest is None:
            nowhere.append(place)
        known["where", rest].append(place)
        # Versions of one project may be filed under several names, or without the SIREN that others bear.
        own = {identities[id(one)][:2] for one in group}
        for name in sorted({name for name, _ in own}) if is_told else ():
            known["name", name, rest].append(place)
            known["owner", name].append(place)
        for siren in sorted({siren for _, siren in own} - {""}):
            known["siren", siren].append(place)
    stranger, lost = {*strangers}, {*nowhere}
    for (kind, *_), places in known.items():
        if kind == "name" or (kind == "where" and stranger & {*places}) or (kind != "where" and lost & {*places}):
            yield places
    if strangers and nowhere:
        yield [*strangers, *nowhere]
    if unknown:
        yield [*range(len(groups))]
