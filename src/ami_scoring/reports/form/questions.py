"""What a form asks: the fields of a candidature, then the facts that the call declares, in sections and blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final, get_args

from ami_scoring.domain import candidature as model
from ami_scoring.domain import dates, identifiers, measures, primitives
from ami_scoring.domain.criteria import Criteria, DeclaredFact
from ami_scoring.domain.declared import PREFIX
from ami_scoring.domain.facts import FactType
from ami_scoring.domain.modelling.markers import FieldInfo, PlainValidator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.exact import Fraction
from ami_scoring.reports.form import help as texts

Words = Mapping[str, tuple[str, ...]]
"""By fact, the words that the policy names."""
COUNT: Final = "nombre"
"""The last word of the key that says how many elements a list has."""


class Kind(Enum):
    """How an answer is typed, hence how a spreadsheet checks it."""

    TEXT = auto()
    CODE = auto()
    """Digits that are a text: a leading zero counts."""
    COUNT = auto()
    NUMBER = auto()
    MONEY = auto()
    SHARE = auto()
    PERCENT = auto()
    YEAR = auto()
    FLAG = auto()
    DATE = auto()
    CHOICE = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """One answer to give, under one key."""

    key: str
    title: str
    kind: Kind
    help: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    blank: str = ""
    """What to write for no answer where a key cannot be left without a value."""
    is_open: bool = False
    """Whether another answer than the choices is taken too."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of the same questions. A list of texts has one question, whose key is empty."""

    key: str
    title: str
    help: str
    columns: tuple[Question, ...]
    lines: int
    count: Question | None
    """How many elements there are: tells none from not known yet."""

    @property
    def of_texts(self) -> bool:
        """Whether each element is one text."""
        return self.columns[0].key == ""


@dataclass(frozen=True, slots=True)
class Section:
    """What is asked about one subject."""

    title: str
    items: tuple[Question | Block, ...]


def sections(criteria: Criteria, least: dict[str, int] | None = None) -> tuple[Section, ...]:
    """List everything that a candidature to this call may answer; `least` gives the lines that a list needs."""
    alone: list[Question | Block] = []
    found: list[Section] = []
    words = {name: fact.words for name, fact in criteria.catalogue.items() if fact.words}
    lines = {name: len(named) for name, named in words.items()}
    for key, count in (least or {}).items():
        lines[key] = max(count, lines.get(key, 0))
    for name, info in model.Candidature.model_fields.items():
        key = info.alias or name
        if key == PREFIX.rstrip("."):
            own = tuple(
                _declared(fact, lines, words.get(PREFIX + fact.name, ()))
                for fact in criteria.facts
                if fact.type in _OF_FACT
            )
            found.extend([Section("Questions propres à cet appel", own)] if own else [])
        elif (inner := _list_of(info)) is not None:
            found.append(Section(info.title or key, (_block(key, info, inner, lines, words),)))
        elif (below := _model_of(info.annotation)) is not None:
            items = tuple(_items(below, f"{key}.", lines, words, required=info.is_required()))
            found.append(Section(info.title or key, items))
        else:
            alone.append(_question(key, info, required=info.is_required()))
    return (Section("Dossier", tuple(alone)), *found)


def _items(
    below: type[Model], prefix: str, least: dict[str, int], words: Words, *, required: bool
) -> Iterator[Question | Block]:
    blocks: list[Block] = []
    for name, info in below.model_fields.items():
        key = f"{prefix}{info.alias or name}"
        inner = _list_of(info)
        if inner is not None:
            blocks.append(_block(key, info, inner, least, words))
        else:
            yield _question(key, info, required=required and info.is_required())
    yield from blocks


def _question(key: str, info: FieldInfo, *, required: bool, below: str | None = None) -> Question:
    kind, choices = _kind(info)
    help_ = texts.HELP.get(key if below is None else f"{key}.{below}", "")
    title = (info.title or key).replace(" (donnée personnelle)", "")
    kind = Kind.MONEY if kind is Kind.NUMBER and "€" in title else kind
    low, high = _LIMITS.get(kind, (None, None))
    blank = "non" if info.default is False else ""
    return Question(key if below is None else below, title, kind, help_, required, choices, low, high, blank)


def _block(key: str, info: FieldInfo, inner: Any, least: dict[str, int], words: Words) -> Block:
    columns: tuple[Question, ...]
    if isinstance(inner, type) and issubclass(inner, Model):
        columns = tuple(
            _question(key, each, required=each.is_required(), below=each.alias or name)
            for name, each in inner.model_fields.items()
        )
    else:
        columns = (_open("", info.title or key, words.get(key, ())),)
    count = None if info.is_required() else _count(key, texts.COUNTS.get(key, "Combien ?"))
    lines = max(texts.LINES.get(key, texts.LIST_LINES), least.get(key, 0))
    help_ = texts.with_words(texts.HELP.get(key, ""), words.get(key, ()))
    return Block(key, info.title or key, help_, columns, lines, count)


def _open(key: str, title: str, words: tuple[str, ...], help_: str = "") -> Question:
    """Ask for a text, and offer the words that the policy knows."""
    return Question(key, title, Kind.TEXT, help_, choices=words, is_open=True)


def _count(key: str, title: str) -> Question:
    help_ = "0 s'il n'y en a aucun. Sans réponse, seules les lignes remplies comptent."
    return Question(f"{key}.{COUNT}", title, Kind.COUNT, help_, minimum=Fraction(0))


def _declared(fact: DeclaredFact, least: dict[str, int], words: tuple[str, ...]) -> Question | Block:
    key = PREFIX + fact.name
    if fact.type is FactType.LIST:
        lines = max(texts.LIST_LINES, least.get(key, 0))
        return Block(
            key,
            fact.label,
            texts.with_words("Un élément par ligne.", words),
            (_open("", fact.label, words),),
            lines,
            _count(key, "Combien ?"),
        )
    choices = tuple(str(choice) for choice in fact.choices or ()) if fact.type is FactType.CHOICE else ()
    kind = Kind.TEXT if fact.type is FactType.CHOICE and not choices else _OF_FACT[fact.type]
    if kind is Kind.TEXT:
        return _open(key, fact.label, words, texts.with_words(texts.of_fact(fact), words))
    low, high = (fact.minimum, fact.maximum) if fact.type.is_number else (None, None)
    return Question(key, fact.label, kind, texts.of_fact(fact), choices=choices, minimum=low, maximum=high)


_OF_FACT: Final = {
    FactType.INTEGER: Kind.COUNT,
    FactType.DECIMAL: Kind.NUMBER,
    FactType.PERCENTAGE: Kind.PERCENT,
    FactType.MONEY: Kind.MONEY,
    FactType.DATE: Kind.DATE,
    FactType.BOOLEAN: Kind.FLAG,
    FactType.CHOICE: Kind.CHOICE,
    FactType.TEXT: Kind.TEXT,
    FactType.LIST: Kind.TEXT,
}


_LIMITS: Final[Mapping[Kind, tuple[Fraction | None, Fraction | None]]] = {
    Kind.COUNT: (Fraction(0), None),
    Kind.NUMBER: (Fraction(0), None),
    Kind.MONEY: (Fraction(0), None),
    Kind.SHARE: (Fraction(0), Fraction(1)),
    Kind.YEAR: (Fraction(1900), Fraction(2199)),
}
"""What the model of a candidature admits; a fact that the call declares has its own limits."""


def _validator(annotated: Any) -> Any:
    return next(meta.func for meta in get_args(annotated) if isinstance(meta, PlainValidator))


_OF_VALIDATOR: Final = {
    _validator(annotated): kind
    for annotated, kind in (
        (primitives.Text, Kind.TEXT),
        (primitives.Reference, Kind.CODE),
        (measures.Surface, Kind.NUMBER),
        (measures.YearlyAmount, Kind.NUMBER),
        (measures.Years, Kind.COUNT),
        (measures.Inhabitants, Kind.COUNT),
        (measures.Rooms, Kind.COUNT),
        (primitives.Flag, Kind.FLAG),
        (dates.Day, Kind.DATE),
        (dates.Moment, Kind.DATE),
        (identifiers.CodeInsee, Kind.CODE),
        (identifiers.CodeQpv, Kind.CODE),
        (identifiers.Siren, Kind.CODE),
        (identifiers.Rpps, Kind.CODE),
        (model.Share, Kind.SHARE),
        (model.Year, Kind.YEAR),
    )
}


def _kind(info: FieldInfo) -> tuple[Kind, tuple[str, ...]]:
    for meta in _metadata(info):
        if isinstance(meta, model.Choice):
            return Kind.CHOICE, tuple(str(member) for member in meta.kind)
        if isinstance(meta, PlainValidator):
            return _OF_VALIDATOR.get(meta.func, Kind.TEXT), ()
    message = f"the form does not know how to ask for {info.title}"
    raise TypeError(message)


def _metadata(info: FieldInfo) -> Iterator[Any]:
    yield from info.metadata
    yield from _within(info.annotation)


def _within(annotation: Any) -> Iterator[Any]:
    for part in get_args(annotation):
        yield part
        yield from _within(part)


def _list_of(info: FieldInfo) -> Any:
    """Give what a field is a list of, or None when it is no list."""
    for part in (info.annotation, *_within(info.annotation)):
        if getattr(part, "__origin__", None) is list:
            return get_args(part)[0]
    return None


def _model_of(annotation: Any) -> type[Model] | None:
    parts: Sequence[Any] = (annotation, *_within(annotation))
    return next((part for part in parts if isinstance(part, type) and issubclass(part, Model)), None)
