"""What still holds of a candidature whose answers cannot all be read: the others, with those that are refused named.

A wrong answer is left out and its key is kept, so that nothing takes it for an answer never given. What no candidature
goes without is stood in for by what nobody can take for an answer. Only a candidature that cannot be identified, or
whose day of deposit is unknown, is given up.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from ami_scoring.domain.candidature import NAMELESS, UNREAD, Candidature
from ami_scoring.domain.fields import fields
from ami_scoring.domain.plain_reading import Met, NotPlainError, PlainReader
from ami_scoring.findings import Finding, Problem, Severity
from ami_scoring.sources.doors.documents import MOST_WRONG, Misread, attempt, misread_plainly
from ami_scoring.sources.doors.mending import cut_key
from ami_scoring.sources.doors.placeholders import without_placeholders
from ami_scoring.sources.files.document import DataPath, Document
from ami_scoring.sources.text.suggestions import nearest

_WITHOUT_WHICH_NOTHING: Final = frozenset({"reference", "depose_le"})
_MAIN: Final = ("implantation", "communes", "principale")
_COMMUNES: Final = ("implantation", "communes")
_MOST_ROUNDS: Final = 3
_POPULATION: Final = "implantation.communes.population"


class Said(NamedTuple):
    """A finding on a document, and the dotted keys of the answers that it refuses, if it is about answers at all."""

    finding: Finding
    keys: tuple[str, ...] = ()


def read_candidature(document: Document) -> tuple[Candidature | None, list[Said]]:
    """Read a candidature and everything wrong in it; None where what remains cannot be identified.

    What its reader already found is given back too.
    """
    return _read_plainly(document) or read_strictly(document)


def _read_plainly(document: Document) -> tuple[Candidature, list[Said]] | None:
    """Read a candidature of which each answer is right or refused by itself; None for any other."""
    if document.refused or any(each.severity is Severity.ERROR for each in document.findings):
        return None
    try:
        candidature, met = document.made if isinstance(document.made, PlainlyMade) else make_plainly(document.data)
    except NotPlainError:
        return None
    refused = met.refused
    if len(refused) > MOST_WRONG:
        return None
    said = [*map(Said, document.findings)]
    if refused:
        said += [Said(found, (dotted(path),)) for path, found in misread_plainly(Candidature, document, refused)]
    return candidature, said


class PlainlyMade(NamedTuple):
    """A candidature made of data that are plain, and what was met in them."""

    candidature: Candidature
    met: Met


def make_plainly(data: object) -> PlainlyMade:
    """Make a candidature of data that are plain. Raises `NotPlainError` for any other."""
    return PlainlyMade(*_plain_reader().met(data))


@cache
def _plain_reader() -> PlainReader[Candidature]:
    return PlainReader(Candidature)


def read_strictly(document: Document) -> tuple[Candidature | None, list[Said]]:
    """Read the same through the model alone, which says everything that is wrong, and then what is left."""
    document, empty = without_placeholders(document)
    told = document.refused
    said = [*map(Said, empty)]
    said += [Said(each, (dotted(told[at]),) if at in told else ()) for at, each in enumerate(document.findings)]
    refused: set[DataPath | None] = {_part(path) for path in told.values()}
    usable = None not in refused and all(each.keys for each in said if each.finding.severity is Severity.ERROR)
    candidature, wrong = attempt(Candidature, document, document.data)
    data, codes = document.data, frozenset[int]()
    rounds = 0
    while candidature is None or (refused and data is document.data):
        rounds += 1
        # Communes given twice are found one pair at a time: a list full of them is refused whole.
        whole = (_COMMUNES,) if rounds > _MOST_ROUNDS else ()
        said.extend(Said(each.finding, (*_keys(each, document.data), *map(dotted, whole))) for each in wrong)
        found = {part for each in wrong for part in (*_parts(each, document.data), *whole)}
        if not usable or None in found or (found <= refused and data is not document.data):
            return None, said
        refused |= found
        data, codes = _stood_in(_without(document.data, refused), refused)
        candidature, wrong = attempt(Candidature, document, data)
    return (_unread(candidature, codes) if usable else None), said


def refused_by(problem: Problem) -> tuple[str, ...]:
    """Name the keys that a problem of the call's own facts leaves without an answer: any, where a key is a stranger."""
    if problem.severity is not Severity.ERROR or problem.path[0] != "complements":
        return ()
    return ("complements",) if problem.on_key else tuple(map(dotted, (problem.path, *problem.related)))


def without_complements(candidature: Candidature, problems: Iterable[Problem]) -> Candidature:
    """Leave out the facts of the call's own that are refused."""
    refused = [problem for problem in problems if refused_by(problem)]
    wrong = {path[1] for problem in refused for path in (problem.path, *problem.related)}
    if not wrong:
        return candidature
    return candidature.model_copy(update={"extra": {k: v for k, v in candidature.extra.items() if k not in wrong}})


def dotted(path: DataPath) -> str:
    """Name the key of a candidature file that a path leads to, the positions in lists left out."""
    return ".".join([part for part in path if isinstance(part, str)])


def _keys(wrong: Misread, data: Any) -> Iterator[str]:
    """Name the keys whose answer is unknown; of an unknown key, that which was meant or else all those of its block."""
    if wrong.finding.code != "unknown-key":
        yield dotted(wrong.path)
        if wrong.finding.code == "commune-twice":
            yield _POPULATION
        return
    block, key = dotted(wrong.path[:-1]), str(wrong.path[-1])
    if (cut := cut_key(_value_at(data, wrong.path[:-1]), key)) is not None:
        yield _below(block, cut)
        return
    meant = nearest(key, [each.rpartition(".")[2] for each in fields() if each.rpartition(".")[0] == block])
    yield block if meant is None else _below(block, meant)


def _parts(wrong: Misread, data: Any) -> Iterator[DataPath | None]:
    yield _part(wrong.path)
    if wrong.finding.code == "commune-twice":
        yield (*wrong.path[:-1], "population")
    if wrong.finding.code == "unknown-key":
        block = _value_at(data, wrong.path[:-1])
        if (cut := cut_key(block, wrong.path[-1])) is not None:
            yield _part((*wrong.path[:-1], cut))


def _below(block: str, key: str) -> str:
    return f"{block}.{key}" if block else key


def _part(path: DataPath) -> DataPath | None:
    """Give the part of a candidature to leave out with a place: an answer, or a whole list for one of its elements."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    if not path or path[0] in _WITHOUT_WHICH_NOTHING:
        return None
    return path[:2] if path[0] == "complements" else path


def _without(data: Any, refused: Collection[DataPath | None], path: DataPath = ()) -> Any:
    if isinstance(data, dict):
        inside = {key: (*path, key) for key in data}
        return {key: _without(data[key], refused, at) for key, at in inside.items() if at not in refused}
    if isinstance(data, list):
        return [_without(each, refused, (*path, place)) for place, each in enumerate(data)]
    return data


def _stood_in(data: Any, refused: Collection[DataPath | None]) -> tuple[Any, frozenset[int]]:
    """Put in what no candidature goes without; tell which communes got a code that stands for none.

    What is no block, or no list, where one is expected was refused before.
    """
    applicant, place = data.get("porteur", {}), data.get("implantation", {})
    name = NAMELESS if applicant.get("nom") is None else applicant["nom"]
    communes, codes = list[Any](), set[int]()
    for at, commune in enumerate(place.get("communes") or [{}]):
        if commune.get("code_insee") is None:
            codes.add(at)
        communes.append({**commune, "code_insee": f"00{at + 1:03d}"} if at in codes else commune)
    if any(path and _is_main(path) for path in refused):
        communes = [{**each, "principale": "oui" if at == 0 else "non"} for at, each in enumerate(communes)]
    made = {**data, "porteur": {**applicant, "nom": name}, "implantation": {**place, "communes": communes}}
    return made, frozenset(codes)


def _is_main(path: DataPath) -> bool:
    return tuple(part for part in path if isinstance(part, str)) == _MAIN


def _unread(candidature: Candidature, codes: frozenset[int]) -> Candidature:
    """Take the stand-ins away again, now that the form holds."""
    if not codes:
        return candidature
    communes = [
        each.model_copy(update={"code_insee": UNREAD}) if at in codes else each
        for at, each in enumerate(candidature.place.communes)
    ]
    place = candidature.place.model_copy(update={"communes": communes})
    return candidature.model_copy(update={"place": place})


def _value_at(data: Any, path: Sequence[str | int]) -> Any:
    for part in path:
        data = data[part]
    return data
