"""From a candidature with its facts to its score card, or to why it is refused."""

from __future__ import annotations

from collections.abc import Callable

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.rows import Shelf
from ami_scoring.domain.scores import ScoreCard, Scored
from ami_scoring.domain.standings import SetAside, Status
from ami_scoring.evaluation.admitting import Admitted, admitter, facts_of, put_aside
from ami_scoring.evaluation.policy import Policy
from ami_scoring.messages import once
from ami_scoring.scoring.marks import awaited, is_refused_anyway, left_open, pool_rules, refuser, scorer, without_whys
from ami_scoring.scoring.words import refusal_sentences, to_verify
from ami_scoring.sources.doors.pieces import Ahead
from ami_scoring.sources.doors.room import Found

Judge = Callable[[Admitted], Scored | SetAside]


def judge(policy: Policy, *, hears: bool = False) -> Judge:
    """Make the function that scores what was admitted, and sets aside what gates or rules refuse, with its card.

    `hears` says whether assessors may have been heard of it.
    """
    criteria = policy.criteria
    row, refused_by = Shelf().row, refuser(criteria)
    score = scorer(criteria, row)

    def judged(one: Admitted) -> Scored | SetAside:
        entry, wave, values, pending, refused_at, unsure = one
        if entry.refused:
            bare = score(without_whys(values))
            card = ScoreCard(*bare[:4], row(values), bare.is_wide)
            said = refusal_sentences(entry, criteria)
        else:
            card, said = score(values), ()
        # Only what is refused, in a candidature or in the opinions on it, withholds a fact.
        if said or hears:
            pending = (*said, *pending, *awaited(card))
        reasons = refused_at or refused_by(card)
        found = Scored(entry, wave, card, once(pending) if pending else ())
        if unsure is not None:
            opened = left_open(card, score(unsure.values), unsure.answers, criteria)
            found = found._replace(card=opened.card._replace(values=card.values), opened=opened)
        if not reasons:
            return found
        refused = put_aside(Status.INELIGIBLE, reasons, entry)
        if found.opened is not None and not is_refused_anyway(found.opened.card.values, criteria):
            waits = to_verify(found.unverified, criteria)
            refused = refused._replace(reasons=(*reasons, waits), unverified=found.unverified)
        return refused._replace(scored=found, wave=wave, values=found.card.values)

    return judged


def ahead(policy: Policy, asked: Wave | None, *, is_first: bool) -> Ahead | None:
    """Make the function that works out what it can of a candidature as soon as it is read.

    Its facts wait for assessors, where the policy hears them. What they give waits for all the others where a rule
    compares them, for what earlier waves leave unless it `is_first`, and for verifications.
    """
    criteria = policy.criteria
    if criteria.judgements or pool_rules(criteria) or not is_first:
        return facts_of(policy, asked)
    admit, judged = admitter(policy, asked), judge(policy)

    def found(entry: Entry) -> Found | None:
        one = admit(entry, {}, None)
        if isinstance(one, SetAside):
            return None
        return one.values if one.opened is not None else judged(one)

    return found
