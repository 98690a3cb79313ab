"""What changed from one policy to another, as steps in French that can be taken one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ami_scoring.domain.criteria import Criteria, Criterion, Gate, Wave
from ami_scoring.domain.selection import Selection
from ami_scoring.domain.versions import APPLICANT, REFERENCE
from ami_scoring.messages import Message
from ami_scoring.scoring.changes.models import differences
from ami_scoring.scoring.telling import Words, title_of
from ami_scoring.scoring.words import inner

Apply = Callable[[Criteria], Criteria]


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a policy: what it is about, what it says, and the policy that it makes of the one before."""

    subject: Message
    details: tuple[Message, ...]
    apply: Apply
    is_waves: bool = False
    """Whether the zoning tables change with it."""


def steps(old: Criteria, new: Criteria) -> tuple[Step, ...]:
    """List the changes in an order in which each can be applied: what rules read first, what reads rules last."""
    return tuple(
        step
        for step in (
            *_facts(old, new),
            *_waves(old, new),
            *_gates(old, new),
            *_criteria(old, new),
            *_ranking(old, new),
            *_selection(old, new),
            *_versions(old, new),
            *_plausible(old, new),
            *_verify(old, new),
            *_facts_gone(old, new),
            *_presentation(old, new),
        )
        if step.details
    )


def remade(policy: Criteria, **fields: Any) -> Criteria:
    """Give a policy with other fields: a copy would keep what the old one had worked out."""
    kept = {name: getattr(policy, name) for name in Criteria.model_fields}
    return Criteria.model_construct(**(kept | fields))


_OF_RANKING: Final = (
    ("ties", "Départage", "À égalité : {old} → {new}"),
    ("ranks", "Numéros des rangs", "Après une égalité : {old} → {new}"),
)
FACTS = ("facts", "computed", "parameters")
"""The parts of a policy that name what its rules read."""


def _facts(old: Criteria, new: Criteria) -> Iterator[Step]:
    both = _with_both(old, new)
    details = tuple(_between_facts(old, both))
    yield Step(Message("Données de l'appel"), details, lambda policy: _with_facts_of(policy, _with_both(policy, new)))


def _facts_gone(old: Criteria, new: Criteria) -> Iterator[Step]:
    """Take facts away last, once no rule reads them any more."""
    details = tuple(_between_facts(_with_both(old, new), new))
    yield Step(Message("Données retirées"), details, lambda policy: _with_facts_of(policy, new))


def _with_both(old: Criteria, new: Criteria) -> Criteria:
    names = {part: {each.name for each in getattr(new, part)} for part in FACTS}
    kept = {part: [each for each in getattr(old, part) if each.name not in names[part]] for part in FACTS}
    return remade(new, **{part: [*getattr(new, part), *kept[part]] for part in FACTS})


def _with_facts_of(policy: Criteria, other: Criteria) -> Criteria:
    return remade(policy, **{part: getattr(other, part) for part in FACTS})


def _between_facts(old: Criteria, new: Criteria) -> Iterator[Message]:
    others = [name for name in Criteria.model_fields if name not in FACTS]
    yield from differences(old, new, Words.of(old, new), without=others)


def _waves(old: Criteria, new: Criteria) -> Iterator[Step]:
    details = tuple(_of_lists(old.waves, new.waves, "Vague", Words.of(old, new)))
    yield Step(Message("Vagues et zonage"), details, lambda policy: remade(policy, waves=new.waves), is_waves=True)


def _gates(old: Criteria, new: Criteria) -> Iterator[Step]:
    details = tuple(_of_lists(old.eligibility, new.eligibility, "Condition", Words.of(old, new)))
    yield Step(Message("Recevabilité"), details, lambda policy: remade(policy, eligibility=new.eligibility))


def _of_lists(old: Sequence[Wave | Gate], new: Sequence[Wave | Gate], word: str, words: Words) -> Iterator[Message]:
    olds, news = ({each.id: each for each in group} for group in (old, new))
    for name in dict.fromkeys((*olds, *news)):
        label = (news.get(name) or olds[name]).label or name
        if name not in olds:
            what = {"word": word, "name": inner(label), "what": _aside(news[name], words)}
            yield Message("{word} ajoutée : « {name} »{what}", what)
        elif name not in news:
            yield Message("{word} supprimée : « {name} »", {"word": word, "name": inner(label)})
        else:
            for said in differences(olds[name], news[name], words):
                yield Message("{word} « {name} », {said}", {"word": word, "name": inner(label), "said": said})


def _aside(added: Wave | Gate, words: Words) -> str:
    return f", {words.told(added)}" if isinstance(added, Wave) else ""


def _criteria(old: Criteria, new: Criteria) -> Iterator[Step]:
    olds, news = ({root.id: root for root in policy.criteria} for policy in (old, new))
    words = Words.of(old, new)
    for name in dict.fromkeys((*olds, *news)):
        before, after = olds.get(name), news.get(name)
        if before is not None and after is not None and _shape(before) == _shape(after):
            yield from _nodes(before, after, words)
        else:
            root = after or before
            subject = Message("Critère « {label} »", {"label": root.label if root else name})
            yield Step(subject, tuple(_whole(before, after, words)), _put_root(name, after, new))


def _shape(criterion: Criterion) -> Any:
    return criterion.id, [_shape(child) for child in criterion.criteria or ()]


def _nodes(before: Criterion, after: Criterion, words: Words) -> Iterator[Step]:
    for left, right in zip(before.walk(), after.walk(), strict=True):
        details = tuple(differences(left, right, words, without=("criteria", "examples")))
        yield Step(Message("Critère « {label} »", {"label": right.label}), details, _put_node(right))


def _whole(before: Criterion | None, after: Criterion | None, words: Words) -> Iterator[Message]:
    if after is None:
        yield Message("supprimé")
    elif before is None:
        yield Message("ajouté : {what}", {"what": words.told(after)})
    else:
        yield from differences(before, after, words, without=("examples",))


def _put_root(name: str, after: Criterion | None, new: Criteria) -> Apply:
    order = [root.id for root in new.criteria]

    def apply(policy: Criteria) -> Criteria:
        roots = {root.id: root for root in policy.criteria if root.id != name}
        if after is not None:
            roots[name] = after
        placed = sorted(roots.values(), key=lambda root: order.index(root.id) if root.id in order else len(order))
        return remade(policy, criteria=placed)

    return apply


def _put_node(node: Criterion) -> Apply:
    def within(criterion: Criterion) -> Criterion:
        own = node if criterion.id == node.id else criterion
        children = None if criterion.criteria is None else [within(child) for child in criterion.criteria]
        fields = {name: getattr(own, name) for name in Criterion.model_fields}
        return Criterion.model_construct(**(fields | {"criteria": children}))

    return lambda policy: remade(policy, criteria=[within(root) for root in policy.criteria])


def _ranking(old: Criteria, new: Criteria) -> Iterator[Step]:
    words = Words.of(old, new)
    for name, subject, template in _OF_RANKING:
        before, after = getattr(old.ranking, name), getattr(new.ranking, name)
        said = Message(template, {"old": words.told(before), "new": words.told(after)})
        yield Step(Message(subject), (said,) if before != after else (), _with_ranking(name, after))


def _with_ranking(name: str, value: Any) -> Apply:
    return lambda policy: remade(policy, ranking=policy.ranking.model_copy(update={name: value}))


def _selection(old: Criteria, new: Criteria) -> Iterator[Step]:
    for name in Selection.model_fields:
        others = [other for other in Selection.model_fields if other != name]
        details = tuple(differences(old.selection, new.selection, Words.of(old, new), without=others))
        title = title_of(Selection, name).lower()
        yield Step(Message("Sélection, {title}", {"title": title}), details, _put_selection(name, new))


def _put_selection(name: str, new: Criteria) -> Apply:
    def apply(policy: Criteria) -> Criteria:
        kept = {each: getattr(policy.selection, each) for each in Selection.model_fields}
        selection = Selection.model_construct(**(kept | {name: getattr(new.selection, name)}))
        return remade(policy, selection=selection)

    return apply


def _versions(old: Criteria, new: Criteria) -> Iterator[Step]:
    words, details = Words.of(old, new), list[Message]()
    if old.versions.identified_by != new.versions.identified_by:
        told = {name: _identifiers(policy, words) for name, policy in (("old", old), ("new", new))}
        details.append(Message("Ce qui identifie une candidature : {old} → {new}", told))
    details += differences(old.versions, new.versions, words, without=("identified_by",))
    yield Step(Message("Versions"), tuple(details), lambda policy: remade(policy, versions=new.versions))


def _identifiers(policy: Criteria, words: Words) -> list[str]:
    own = {APPLICANT: "le porteur", REFERENCE: "la référence"}
    return [own.get(name) or words.fact(name) for name in policy.versions.identified_by]


def _plausible(old: Criteria, new: Criteria) -> Iterator[Step]:
    """Tell what changes no score either: what is held to be plausible."""
    words = Words.of(old, new)
    olds, news = ({each.fact: each for each in policy.plausible} for policy in (old, new))
    details = tuple(
        Message(
            "{fact} : {old} → {new}", {"fact": words.fact(name), "old": words.told(before), "new": words.told(after)}
        )
        for name in dict.fromkeys((*olds, *news))
        if (before := olds.get(name)) != (after := news.get(name))
    )
    yield Step(Message("Valeurs plausibles"), details, lambda policy: remade(policy, plausible=new.plausible))


def _verify(old: Criteria, new: Criteria) -> Iterator[Step]:
    """Tell what changes no score either: what must be verified before a place is firm."""
    details: tuple[Message, ...] = ()
    if old.verify != new.verify:
        words = Words.of(old, new)
        told = {name: [words.fact(each) for each in policy.verify] for name, policy in (("old", old), ("new", new))}
        said = {name: each or ["rien"] for name, each in told.items()}
        details = (Message("Données à vérifier avant qu'une place soit acquise : {old} → {new}", said),)
    yield Step(Message("Vérifications"), details, lambda policy: remade(policy, verify=new.verify))


def _presentation(old: Criteria, new: Criteria) -> Iterator[Step]:
    """Tell what changes no score: titles, the total announced, the decimals shown."""
    names = ("call", "total", "decimals")
    others = [name for name in Criteria.model_fields if name not in names]
    details = tuple(differences(old, new, Words.of(old, new), without=others))

    def apply(policy: Criteria) -> Criteria:
        return remade(policy, **{name: getattr(new, name) for name in names})

    yield Step(Message("Présentation, sans effet sur les notes"), details, apply)
