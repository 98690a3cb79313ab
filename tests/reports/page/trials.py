"""What a committee may try in the page, and what the engine says that the page should then show."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.reports.workbook import pools
from tests.scoring.building import WAVE
from tests.scoring.firmness.brute import shown
from tests.scoring.firmness.calls import Call

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import SetAside, Standing, Status, Versions
from ami_scoring.exact import Fraction
from ami_scoring.reports.page import page
from ami_scoring.reports.page.fields import inputs_of
from ami_scoring.scoring.firmness import Unread, with_firmness
from ami_scoring.scoring.marks import Contenders, scorer
from ami_scoring.scoring.places import rank, select

from .browser import Browser

PLACED = """
const page = arguments[1] || data;
const settings = arguments[0].map((fields) => {
  const settings = evaluated(page.policy);
  for (const [name, text] of Object.entries(fields))
    if (!change(page.policy, settings, name, text)) throw Error(name + " " + text);
  return settings;
});
const number = (points, scale) => {
  const { n, d } = ratio(BigInt(points), scale);
  return d === 1n ? `${n}` : `${n}/${d}`;
};
return settings.map((each) => {
  const { placed, scale, isExact } = tried(page, each);
  return [isExact, placed.map((one) => [
    one.row.r, one.total === null ? null : number(one.total, scale), number(one.least, scale), number(one.most, scale),
    one.rank, one.best, one.worst, one.tied, data.statuses[one.status],
    one.granted && number(one.granted.n, one.granted.d), isExact ? data.firmness[one.firmness] : null,
  ])];
});
"""
"""Tries each set of fields in the page, or on the data of another page, without drawing: hundreds a second."""
UNSAID = (False, False, True, True, False, True, True, False, False, False, True)
"""Which figures of a candidature a page may leave unsaid: bounds, range of ranks, firmness."""
Fields = dict[str, str]


def write(evaluation: Evaluation, path: Path) -> Path:
    """Write a page without explanations, which no trial changes."""
    path.write_text(page(evaluation, lambda _: ()), encoding="utf-8")
    return path


def drawn(evaluation: Evaluation, draw: random.Random) -> Fields:
    """Draw what is typed in some of the fields."""
    fields: Fields = {}
    count = len(evaluation.standings)
    for field in inputs_of(evaluation):
        if draw.random() < 0.4:
            continue
        if field.name == "places":
            fields[field.name] = str(draw.randrange(0, count + 2))
        elif field.name == "reserve":
            fields[field.name] = str(draw.randrange(0, 9))
        elif field.name == "minimum":
            fields[field.name] = draw.choice(["", "0", "12,5", "50", str(draw.randrange(0, field.most + 1)), "100/3"])
        else:
            fields[field.name] = draw.choice(["0", str(draw.randrange(0, field.most + 1)), "7,25", "10/3", "1/7"])
    return fields


def policy_of(evaluation: Evaluation, fields: Fields) -> Criteria:
    """Give the policy that the engine would have with these fields."""
    criteria, cut = evaluation.criteria, evaluation.cut
    weights = {name[2:]: _number(text) for name, text in fields.items() if name.startswith("w.")}
    places = None if cut.places is None else int(fields.get("places", cut.places))
    minimum = _number(fields["minimum"]) if fields.get("minimum") else None
    if "minimum" not in fields:
        minimum = criteria.selection.minimum
    return pools.with_inputs(criteria, weights, places, int(fields.get("reserve", cut.reserve)), minimum)


def _number(text: str) -> Fraction:
    above, _, below = text.replace(",", ".").partition("/")
    whole, _, decimals = above.partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals) * int(below or 1))


def told(one: Standing) -> list[Any]:
    """Tell a standing as the page does."""
    card = one.card
    total = None if card.total is None else str(card.total)
    granted = None if one.granted is None or one.status is not Status.SELECTED else str(one.granted)
    ranks = [one.rank, one.rank_best, one.rank_worst, one.tied]
    found = [one.entry.reference, total, str(card.low), str(card.high), *ranks, one.status.value, granted]
    return [*found, one.firmness.value]


def data_of(evaluation: Evaluation) -> Any:
    """Give what a page carries, to be tried in a page that is open already."""
    held = page(evaluation, lambda _: ()).partition('id="donnees">')[2].partition("</script>")[0]
    return json.loads(held)


def differences(
    browser: Browser,
    evaluation: Evaluation,
    trials: Sequence[Fields],
    data: dict[str, Any] | None = None,
    *,
    exact: bool = True,
) -> list[str]:
    """List what differs, of every figure of every candidature, from the engine to the page that is open, or `data`.

    Where the page is not `exact`, the bounds, the ranges and the firmness that it leaves unsaid are not looked at.
    """
    return compared(evaluation, trials, browser.run(PLACED, list(trials), data), exact=exact)


def compared(evaluation: Evaluation, trials: Sequence[Fields], answers: Any, *, exact: bool = True) -> list[str]:
    """List what differs from the engine in what a page answered to each trial."""
    wrong = []
    for fields, (is_exact, found) in zip(trials, answers, strict=True):
        if is_exact is not exact:
            wrong.append(f"{fields}: {'inexact' if exact else 'exact'}")
        again = rescored(evaluation, policy_of(evaluation, fields)) if fields else evaluation.standings
        for got, due in zip(found, map(told, again), strict=True):
            if any(one != other for one, other, unsaid in zip(got, due, UNSAID, strict=True) if exact or not unsaid):
                wrong.append(f"{fields}: {got} instead of {due}")
    return wrong


def evaluated(call: Call) -> Evaluation:
    """Evaluate a small call with its versions and its unreadable files."""
    call = replace(call, criteria=call.criteria.model_copy(update={"waves": [WAVE]}))
    standings, cut, contenders, _ = shown(call)
    aside = tuple(SetAside(Status.UNREADABLE, (), pools.ORIGIN) for _ in range(call.unread))
    unread = [Unread(None, one.origin.path) for one in aside]
    standings, cut = with_firmness(standings, cut, call.criteria, contenders=contenders, unread=unread)
    provenance = Provenance("0.0", pools.ORIGIN, (), ())
    if call.criteria.versions.keeps_best:  # another was left out, so that weights are not tried
        counting = tuple(one.entry for one in standings[:1])
        aside += (SetAside(Status.REPLACED, (), pools.ORIGIN, counting=counting),)
    return Evaluation(call.criteria, None, standings, aside, cut, (), provenance)


def rescored(evaluation: Evaluation, criteria: Criteria) -> Sequence[Standing]:
    """Do all of it with the same facts by another policy: each place is judged among the versions that may count."""
    card = scorer(criteria)
    again = {id(one): one._replace(card=card(one.card.values)) for one in _every_version(evaluation)}
    kept = [again[id(one.scored)] for one in evaluation.standings]
    unread = [Unread(one.reference, one.origin.path) for one in evaluation.set_aside if one.status is Status.UNREADABLE]
    standings, cut = select(rank(kept, criteria.ranking, len(unread)), criteria, evaluation.wave)
    grouped = {id(one) for group in evaluation.cut.versions for one in group.scored}
    alone = [Contenders([again[id(one.scored)]]) for one in evaluation.standings if id(one.scored) not in grouped]
    groups = [Contenders([again[id(one)] for one in group.scored], _shadow(group)) for group in evaluation.cut.versions]
    return with_firmness(standings, cut, criteria, evaluation.wave, contenders=[*groups, *alone], unread=unread)[0]


def _every_version(evaluation: Evaluation) -> list[Scored]:
    return [
        *(one.scored for one in evaluation.standings),
        *(one for group in evaluation.cut.versions for one in group.scored),
    ]


def _shadow(group: Versions) -> Entry | None:
    """Give anything that stands for a refused version where the project is not sure to be there."""
    return None if group.present else group.scored[0].entry


def asked(count: int, evaluation: Evaluation, seed: int) -> list[Fields]:
    """Give no change at all, then as many trials as wanted."""
    draw = random.Random(seed)  # noqa: S311 - a test
    return [{}, *(drawn(evaluation, draw) for _ in range(count))]
