"""What the model of a mapping cannot say: keys that do not exist, or twice, or that nothing fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ami_scoring.domain.correspondence import Correspondence, MappedAnswer
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.declared import PREFIX
from ami_scoring.domain.fields import Field, fields
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.patterns import late

LISTS: Final = ("implantation.communes", "medecins_interesses")
"""The lists of a candidature whose elements have keys of their own."""
REQUIRED: Final = ("reference", "depose_le", "porteur.nom", "implantation.communes.code_insee")

_NUMBER: Final = late(r"\.[1-9]\d{0,3}(?=\.)")
_Path = tuple[str | int, ...]


def mapped_keys() -> Mapping[str, Field]:
    """Give the keys that a column may answer: those that hold no other key. An element of a list has its number."""
    known = fields()
    return {key: field for key, field in known.items() if not any(other.startswith(f"{key}.") for other in known)}


def check_correspondence(correspondence: Correspondence, criteria: Criteria | None) -> Iterator[Problem]:
    """Look for what is wrong in a mapping by itself; `criteria`, where they hold, say which facts are declared."""
    declared = None if criteria is None else {name for name in criteria.catalogue if name.startswith(PREFIX)}
    seen: dict[str, _Path] = {}
    for path, key, answer in _keys(correspondence):
        if not _is_known(key, declared):
            message = Message("« {name} » n'est pas une clé de candidature.", {"name": answer.key})
            yield Problem("mapping-unknown-key", Severity.ERROR, (*path, "key"), message, _known_keys(key))
        elif key in seen:
            message = Message("Deux lignes répondent à « {key} ».", {"key": answer.key})
            advice = Message("Gardez une seule des deux.")
            yield Problem(
                "mapping-key-twice", Severity.ERROR, (*path, "key"), message, advice, related=((*seen[key], "key"),)
            )
        elif not answer.confirmed:
            message = Message("Cette ligne n'est pas confirmée : elle n'est pas appliquée.")
            advice = Message("Relisez-la, puis ôtez « confirmed: non », ou supprimez-la.")
            yield Problem("mapping-to-confirm", Severity.WARNING, path, message, advice)
        seen.setdefault(key, path)
    yield from _check_blocks(correspondence)
    yield from _check_opinions(correspondence, criteria)
    yield from _check_required(correspondence)


def _keys(correspondence: Correspondence) -> Iterator[tuple[_Path, str, MappedAnswer]]:
    for at, answer in enumerate(correspondence.answers):
        yield ("answers", at), answer.key, answer
    for place, block in enumerate(correspondence.blocks):
        # The keys of a list that does not exist are neither right nor wrong: the list alone is told.
        for at, answer in enumerate(block.answers if block.list_ in LISTS else ()):
            yield ("blocks", place, "answers", at), f"{block.list_}.1.{answer.key}", answer


def _is_known(key: str, declared: set[str] | None) -> bool:
    if key.startswith(PREFIX):
        return declared is None or key in declared
    bare = _NUMBER.sub("", key)
    return bare in mapped_keys() and (bare != key) is any(bare.startswith(f"{name}.") for name in LISTS)


def _known_keys(key: str) -> Message | None:
    stem = next((name for name in LISTS if key.startswith(f"{name}.")), None)
    if stem is None:
        return None
    names = [name.removeprefix(f"{stem}.") for name in mapped_keys() if name.startswith(f"{stem}.")]
    return Message("Clés possibles ici : {names}.", {"names": names})


def _check_blocks(correspondence: Correspondence) -> Iterator[Problem]:
    for at, block in enumerate(correspondence.blocks):
        if block.list_ not in LISTS:
            message = Message(
                "« {name} » n'est pas une liste à remplir par blocs ; ce sont : {lists}.",
                {"name": block.list_, "lists": list(LISTS)},
            )
            yield Problem("mapping-unknown-list", Severity.ERROR, ("blocks", at, "list"), message)
        elif not block.confirmed:
            message = Message("Ce bloc n'est pas confirmé : il n'est pas appliqué.")
            advice = Message("Relisez-le, puis ôtez « confirmed: non », ou supprimez-le.")
            yield Problem("mapping-to-confirm", Severity.WARNING, ("blocks", at), message, advice)


def _check_opinions(correspondence: Correspondence, criteria: Criteria | None) -> Iterator[Problem]:
    opinions = correspondence.opinions
    if opinions is None:
        return
    if not opinions.confirmed:
        message = Message("Ces avis ne sont pas confirmés : ils ne sont pas lus.")
        advice = Message("Relisez-les, puis ôtez « confirmed: non », ou supprimez-les.")
        yield Problem("mapping-to-confirm", Severity.WARNING, ("opinions",), message, advice)
    subjects = None if criteria is None else criteria.judgements
    for at, mark in enumerate(opinions.marks):
        if subjects is not None and mark.subject not in subjects:
            message = Message(
                "« {subject} » n'est pas un sujet à juger ; les sujets sont : {subjects}.",
                {"subject": mark.subject, "subjects": list(subjects) or "aucun"},
            )
            yield Problem("mapping-unknown-subject", Severity.ERROR, ("opinions", "marks", at, "subject"), message)


def _check_required(correspondence: Correspondence) -> Iterator[Problem]:
    filled = {_NUMBER.sub("", answer.key) for answer in correspondence.applied}
    for block in correspondence.applied_blocks:
        filled |= {f"{block.list_}.{answer.key}" for answer in block.answers if answer.confirmed}
    for key in REQUIRED:
        if key not in filled:
            title = fields()[key].title
            message = Message("Rien ne remplit « {key} » ({title}).", {"key": key, "title": title})
            advice = Message("Ajoutez une ligne sous « answers », ou confirmez celle qui est proposée.")
            yield Problem("mapping-required-key", Severity.ERROR, ("answers",), message, advice, on_key=True)
