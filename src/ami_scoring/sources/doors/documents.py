"""Plain data → model, through one strict door; what pydantic refuses becomes located findings in French."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeVar

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import FactType
from ami_scoring.domain.fields import fields
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import InvalidDataError, RefusalError
from ami_scoring.domain.plain_reading import Refused
from ami_scoring.domain.primitives import spell_raw
from ami_scoring.findings import MOST_OF_A_KIND, Finding, Location, Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.doors.branches import keys_at, without_tags
from ami_scoring.sources.doors.discreet import discreet, impersonal
from ami_scoring.sources.doors.mending import (
    COMBINING,
    UNWRITTEN,
    mend_cut_decimal,
    mend_key,
    mend_kind,
    mend_word,
    without_echoes,
)
from ami_scoring.sources.files.document import DataPath, Document
from ami_scoring.sources.people.names import Names, names_in
from ami_scoring.sources.people.personal import DOCTORS, UNKNOWN_KEY
from ami_scoring.sources.text.suggestions import did_you_mean, value_meant

M = TypeVar("M", bound=Model)

_OF_BLOCKS: Final = frozenset({"model_type", "model_attributes_type", "dict_type", "list_type", "list-expected"})
"""Mistakes on what holds other answers: to say what is expected there says more than that it is empty."""
_OF_KINDS: Final = frozenset({"rule-kind", "decision-kind"})
"""Mistakes on which branch of a union is meant: they stand where that is said."""
_ASKED_OF_OTHERS: Final = {
    "note": "Note",
    "motif": "Motif de la note",
    "assesseur": "Assesseur",
    "donnee": "Donnée vérifiée",
    "valeur": "Valeur vérifiée",
    "par": "Service qui a vérifié",
    "le": "Date de la vérification",
}
"""What tables of opinions, and of verifications, ask."""
_NOBODY: Final = Names()
MOST_WRONG: Final = 1_000
"""Answers that are refused one by one in a document: with more, it is refused as a whole."""


class Misread(NamedTuple):
    """What a model refuses of a document: where the answer stands in the data, and what is said of it."""

    path: DataPath
    finding: Finding


def build(model: type[M], document: Document, names: Names | None = None) -> tuple[M | None, list[Finding]]:
    """Make a model of a document; without findings, or without a model.

    No finding tells one of the names; by default, they are those of the doctors of the document.
    """
    made, wrong = attempt(model, document, document.data, names)
    return made, [each.finding for each in wrong]


def attempt(
    model: type[M], document: Document, data: object, names: Names | None = None
) -> tuple[M | None, list[Misread]]:
    """Make a model of some data, that of a document or what is left of it; say where in the document it is wrong."""
    try:
        return model.model_validate(data), []
    except InvalidDataError as error:
        errors: list[Any] = error.errors()[:MOST_WRONG]
        told = list(without_echoes(errors)) if model is Criteria else errors
        wrong = misread(model, document, told, names)
        return None, [_too_many(document), *wrong] if error.error_count() > MOST_WRONG else wrong


def misread(
    model: type[Model], document: Document, errors: Sequence[Mapping[str, Any]], names: Names | None = None
) -> list[Misread]:
    """Say where in a document its answers are wrong, of errors as pydantic lists them."""
    hidden = names or names_in(document.data)
    suggested = _first_of_each(each["type"] for each in errors)
    return [
        Misread(_refused_at(each), _located(each, document, model, hidden, suggests=suggests))
        for each, suggests in zip(errors, suggested, strict=True)
    ]


def misread_plainly(model: type[Model], document: Document, refused: Sequence[Refused]) -> list[Misread]:
    """Say the same as `misread` of answers that their parsers refuse: what is said of equal ones is made once."""
    names = names_in(document.data)
    if (
        document.asked is not None
        or len(refused) > MOST_OF_A_KIND
        or not all(_is_told_alike(each, names) for each in refused)
    ):
        return misread(model, document, [*map(_as_error, refused)], names)
    found: list[Misread] = []
    for path, error, _ in refused:
        code, message, mend = _said_of(error)
        found.append(Misread(path, Finding(code, Severity.ERROR, message, document.locate(path), mend)))
    return found


def _is_told_alike(refused: Refused, names: Names) -> bool:
    """Say whether what is said of an answer depends on nothing but its text."""
    path, error, written = refused
    return path[0] != DOCTORS and type(written) is str and "-" in error.type and not names.are_in(written)


@lru_cache(maxsize=1_024)
def _said_of(error: RefusalError) -> tuple[str, Message, Message | None]:
    """Say what a parser refuses; it gives one error for equal texts."""
    mend = _choice_meant({"ctx": error.context})
    return error.type, Message("{said}", {"said": error.message()}), mend


def _as_error(refused: Refused) -> dict[str, Any]:
    """Tell a refusal as pydantic does."""
    error = refused.error
    said = {"type": error.type, "loc": refused.path, "msg": error.message(), "input": refused.written}
    return said if error.context is None else {**said, "ctx": error.context}


def _too_many(document: Document) -> Misread:
    """Refuse a document as a whole: what is said of its parts goes on for ever."""
    message = Message("Plus de {limit} fautes dans ce document : il est refusé en entier.", {"limit": MOST_WRONG})
    return Misread((), Finding("too-many-errors", Severity.ERROR, message, document.locate(())))


def _first_of_each(kinds: Iterable[str]) -> Iterator[bool]:
    """Say of each mistake whether it is among the first of its kind: others are counted, and need no suggestion."""
    seen: dict[str, int] = {}
    for kind in kinds:
        seen[kind] = seen.get(kind, 0) + 1
        yield seen[kind] <= MOST_OF_A_KIND


def _refused_at(error: Any) -> DataPath:
    raw: DataPath = error["loc"]
    path = (*without_tags(raw[:-1]), raw[-1]) if error["type"] == "extra_forbidden" else without_tags(raw)
    return (*path, *(error.get("ctx") or {}).get("within", ()))


def locate_all(problems: Iterable[Problem], document: Document, names: Names = _NOBODY) -> list[Finding]:
    """Find the places of problems; only the first ones of a kind come with what was meant."""
    told = list(problems)
    suggested = _first_of_each(problem.code for problem in told)
    return [
        locate(problem, document, names, suggests=suggests) for problem, suggests in zip(told, suggested, strict=True)
    ]


def locate_criteria_problems(problems: Iterable[Problem], document: Document, criteria: Criteria) -> Iterator[Finding]:
    """Find the places of the problems of a policy, as `locate_all` does."""
    told = list(problems)
    suggested = _first_of_each(problem.code for problem in told)
    for problem, suggests in zip(told, suggested, strict=True):
        if suggests:
            yield locate_criteria_problem(problem, document, criteria)
        else:
            yield locate(problem, document, suggests=False)


def locate(problem: Problem, document: Document, names: Names = _NOBODY, *, suggests: bool = True) -> Finding:
    """Find the line and column of a problem, and of the other places that it is about. It tells none of the names."""
    found = [document.locate(path, key=problem.on_key) for path in (problem.path, *problem.related)]
    where, *related = found if problem.quoted else [each._replace(excerpt=None) for each in found]
    mend = problem.suggestion or (_value_meant(problem.message.params) if suggests else None)
    finding = Finding(problem.code, problem.severity, problem.message, where, mend, _elsewhere(where, related))
    return finding if problem.on_key else discreet(finding, _value_at(document.data, problem.path), document, names)


def locate_criteria_problem(problem: Problem, document: Document, criteria: Criteria) -> Finding:
    """Find the place of a problem of a policy, and suggest the name that was meant where one leads nowhere."""
    finding = locate(problem, document)
    budget = criteria.selection.budget
    envelopes = [] if budget is None else [envelope.label for envelope in budget.envelopes]
    named = {"unknown-fact": criteria.catalogue, "unknown-criterion": criteria.by_id, "unknown-envelope": envelopes}
    known = named.get(problem.code)
    if known is None or problem.suggestion is not None:
        return finding
    return finding._replace(suggestion=did_you_mean(str(problem.message.params["name"]), known))


def _value_meant(said: Mapping[str, Any]) -> Message | None:
    """Suggest the value that was meant, where a sentence refuses a word and names those possible."""
    return value_meant(said["word"], said["possible"]) if "word" in said and "possible" in said else None


def _elsewhere(where: Location, related: Sequence[Location]) -> tuple[Location, ...]:
    """Keep each place once, and none that is said already: what is not in the file is found at its nearest parent."""
    return () if not related else tuple(dict.fromkeys(place for place in related if place != where))


def _located(error: Any, document: Document, model: type[Model], names: Names, *, suggests: bool) -> Finding:
    raw: tuple[str | int, ...] = error["loc"]
    on_key = bool(raw) and raw[-1] == "[key]"
    kind = str(error["type"])
    # The unknown key of a stranger may itself look like a tag.
    path = (*without_tags(raw[:-1]), raw[-1]) if kind == "extra_forbidden" else without_tags(raw)
    if kind == "missing" and document.asked is not None:
        return _unanswered(path, document)
    if kind == "missing":
        message = Message("Il manque la clé « {key} ».", {"key": path[-1]})
        return Finding("missing-key", Severity.ERROR, message, document.locate(path[:-1]))
    if kind == "extra_forbidden":
        message = Message("« {key} » n'est pas une clé connue ici.", {"key": path[-1]})
        suggestion = _key_meant(raw, path, document, model) if suggests else None
        finding = Finding("unknown-key", Severity.ERROR, message, document.locate(path, key=True), suggestion)
    else:
        code, message = _translated(kind, error)
        if error["input"] is None and model is not Criteria and kind not in _OF_BLOCKS:
            message = _nothing_there(path)
        mend = None
        if suggests:
            mend = _mend(kind, error, path, document) if model is Criteria else _choice_meant(error)
        if kind in _OF_KINDS and isinstance(error["input"], dict) and "kind" in error["input"]:
            path = (*path, "kind")
        context = error.get("ctx") or {}
        where = document.locate((*path, *context.get("within", ())), key=on_key)
        beside = [document.locate((*path, *each)) for each in context.get("beside", ())]
        finding = Finding(code, Severity.ERROR, message, where, mend, _elsewhere(where, beside))
    if path[:1] == (DOCTORS,):
        return impersonal(finding, error)
    if kind == "extra_forbidden":
        return finding._replace(message=UNKNOWN_KEY) if names.are_in(str(path[-1])) else finding
    return discreet(finding, error["input"], document, names)


def _key_meant(raw: DataPath, path: DataPath, document: Document, model: type[Model]) -> Message | None:
    keys = keys_at(model, raw[:-1]) - _keys_written(document.data, path[:-1]) - UNWRITTEN
    if raw[-2:-1] == ("<fact>",) and "includes" in keys:
        keys |= {*COMBINING}
    return (
        (mend_key(path) if model is Criteria else None)
        or mend_cut_decimal(_value_at(document.data, path[:-1]), path[-1])
        or did_you_mean(str(path[-1]), keys)
    )


def _nothing_there(path: DataPath) -> Message:
    if path and isinstance(path[-1], int):
        return Message("Il n'y a rien ici : complétez cet élément, ou supprimez-le.")
    return Message("Cette réponse est vide, alors qu'elle est obligatoire.")


def _choice_meant(error: Mapping[str, Any]) -> Message | None:
    context = error.get("ctx") or {}
    return value_meant(context["text"], context["possible"]) if "possible" in context else None


def _mend(kind: str, error: Mapping[str, Any], path: DataPath, document: Document) -> Message | None:
    raw = error["input"]
    if kind == "rule-kind":
        return mend_kind(raw)
    if kind in {"literal_error", "enum"}:
        return mend_word(raw, _admitted(error))
    cut = mend_cut_decimal(_value_at(document.data, path[:-1]), path[-1]) if raw is None and path else None
    context = error.get("ctx") or {}
    if "mend" in context:
        near = value_meant(context.get("name", ""), context.get("known", ()))
        return near or Message("{mend}", {"mend": context["mend"]})
    if kind == "number-expected" and cut is None and "right" not in context:
        said = (
            "Écrivez ce nombre en chiffres, ou « {word} »." if "word" in context else "Écrivez ce nombre en chiffres."
        )
        return Message(said, {"word": context["word"]} if "word" in context else {})
    return cut


def _admitted(error: Mapping[str, Any]) -> list[str]:
    """List the words that a place of a policy admits. Nobody declares an opinion: a rule reads it."""
    return [word for word in re.findall(r"'([^']*)'", str(error["ctx"]["expected"])) if word != FactType.OPINIONS]


def _unanswered(path: DataPath, document: Document) -> Finding:
    key = ".".join(part for part in path if isinstance(part, str))
    title = fields()[key].title if key in fields() else _ASKED_OF_OTHERS.get(str(path[-1]), key)
    message = Message("« {title} » : cette réponse est obligatoire.", {"title": title})
    return Finding("missing-key", Severity.ERROR, message, document.locate(path))


def _translated(kind: str, error: Mapping[str, Any]) -> tuple[str, Message]:
    if "-" in kind:  # a mistake of our own, which comes with its sentence
        return kind, Message("{said}", {"said": error["msg"]})
    context = error.get("ctx") or {}
    found = {"found": spell_raw(error["input"])[:60]}
    match kind:
        case "model_type" | "model_attributes_type" | "dict_type":
            return "block-expected", Message("Un bloc de lignes « clé: valeur » est attendu ici, pas {found}.", found)
        case "list_type":
            return "list-expected", Message("Une liste est attendue ici, une ligne « - … » par élément.")
        case "too_short":
            return "too-short", Message(
                "Il faut ici au moins {count}{word}.",
                {"count": context["min_length"], "word": " élément" if context["min_length"] == 1 else " éléments"},
            )
        case "too_long" if not isinstance(error["input"], str):
            return "too-many-parts", Message("Plus de {count} éléments ici.", {"count": context["max_length"]})
        case "string_too_long" | "too_long":
            return "text-too-long", Message("Ce texte dépasse {count} caractères.", {"count": context["max_length"]})
        case "less_than_equal":
            return "number-range", Message("Ce nombre dépasse {limit}.", {"limit": str(context["le"])})
        case "literal_error" | "enum":
            expected = ", ".join(_admitted(error))
            return "choice-unknown", Message(
                "« {found} » n'est pas admis ; valeurs possibles : {expected}.", {**found, "expected": expected}
            )
        case "union_tag_invalid" | "union_tag_not_found":
            return "block-expected", Message("Cette forme n'est pas reconnue ici.")
        case _ if "_" in kind:
            return "value-refused", Message("Cette valeur n'est pas admise : {found}.", found)
        case _:
            return kind, Message("{said}", {"said": error["msg"]})


def _value_at(data: Any, path: DataPath) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _keys_written(data: Any, path: DataPath) -> set[str]:
    found = _value_at(data, path)
    return set(found) if isinstance(found, dict) else set()
