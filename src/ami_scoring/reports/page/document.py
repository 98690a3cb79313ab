"""One HTML file: the template filled, with the data, the script and the style, and a policy that refuses all else."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Any, Final

from ami_scoring.domain.contours import Contour
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import SetAside, Standing
from ami_scoring.domain.ties import Ranks
from ami_scoring.exact import Fraction, plain
from ami_scoring.messages import rounded, spell_date
from ami_scoring.reports.page.communes import communes_of
from ami_scoring.reports.page.fields import filters_of, heads_of, inputs_of
from ami_scoring.reports.page.frozen import frozen
from ami_scoring.reports.page.pictures import departments_of, spread_of, stacks_of, waves_of
from ami_scoring.reports.page.policy import gates_of, rules_of, selection_of
from ami_scoring.reports.page.publishing import Publish
from ami_scoring.reports.page.rows import FIRMNESS, STATUSES, Rows, Teller
from ami_scoring.reports.page.texts import name, sentence
from ami_scoring.reports.page.trial import trial_of
from ami_scoring.reports.page.words import WORDS
from ami_scoring.scoring.words import closing_sentences, granted_heading, missing_items, to_verify

SCRIPTS: Final = (
    "exact",
    "trial",
    "ranks",
    "floors",
    "purses",
    "places",
    "levels",
    "firmness",
    "settings",
    "list",
    "main",
)
"""In the order in which they need one another."""
_HERE: Final = files("ami_scoring.reports.page")
_UNSAFE: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_TILE: Final = 64


def page(evaluation: Evaluation, tell: Teller, publish: Publish | None = None, contours: Sequence[Contour] = ()) -> str:
    """Write an evaluation as a page. `tell` gives the explanation of a candidature; a published page has none.

    `contours` is where communes are, for those who want them on a map.
    """
    from markupsafe import Markup  # noqa: PLC0415 - only a page needs a template engine

    from ami_scoring.reports.page.template import NAME, rendered  # noqa: PLC0415 - same reason

    style, script = _read("style.css"), "".join(_read(f"script/{each}.js") for each in SCRIPTS)
    rows = Rows(evaluation, tell, publish)
    data = json.dumps(_data(evaluation, rows, publish), ensure_ascii=False, separators=(",", ":"))
    # Neither an end of the element that holds it nor a comment can be written with what is left.
    data = data.encode("utf-8", "replace").decode().translate(_UNSAFE)
    shown = {
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "data": Markup(data),  # noqa: S704 - without any character that HTML reads
        "csp": _content_policy(style, script),
        "communes": communes_of(evaluation, contours),
        **_shown(evaluation, rows, publish),
    }
    return rendered(_read(NAME), shown)


def _content_policy(style: str, script: str) -> str:
    """Allow our style and our script, by their hashes, and nothing else: no network, no form, no frame."""
    allowed = (f"style-src '{_digest(style)}'", f"script-src '{_digest(script)}'")
    return "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _read(file: str) -> str:
    return _HERE.joinpath(*file.split("/")).read_text(encoding="utf-8")


def _data(evaluation: Evaluation, rows: Rows, publish: Publish | None) -> dict[str, Any]:
    criteria, cut = evaluation.criteria, evaluation.cut
    has_marks = publish is None or publish.has_marks
    columns = [
        {
            "id": root.id,
            "label": sentence(root.column),
            "full": sentence(root.label),
            "most": None if root.announced is None else plain(root.announced),
        }
        for root in criteria.criteria
    ]
    return {
        "decimals": criteria.decimals,
        **({} if criteria.ranking.ranks is Ranks.COMPETITION else {"ranks": criteria.ranking.ranks.value}),
        "statuses": [status.value for status in STATUSES],
        "firmness": [each.value for each in FIRMNESS],
        "waves": [name(wave.name) for wave in criteria.waves],
        "columns": columns if has_marks else [],
        "total": None if criteria.announced is None else plain(criteria.announced),
        "hasZone": rows.has_zone,
        "granted": _granted(evaluation, publish),
        "cut": {"places": cut.places, "selected": cut.selected},
        "ranked": rows.ranked,
        "aside": rows.aside,
        "texts": rows.texts.texts,
        "words": {**WORDS, "title": sentence(criteria.call.title)},
        "policy": None if rows.figures is None else trial_of(evaluation, rows.figures),
    }


def _granted(evaluation: Evaluation, publish: Publish | None) -> str | None:
    has_budget = evaluation.criteria.selection.budget is not None and (publish is None or publish.has_totals)
    return granted_heading(evaluation.criteria) if has_budget else None


def _shown(evaluation: Evaluation, rows: Rows, publish: Publish | None) -> dict[str, Any]:
    criteria, wave = evaluation.criteria, evaluation.wave
    call, provenance = criteria.call, evaluation.provenance
    closing = f" · {wave.name}, close le {spell_date(wave.closes_on)}" if wave else ""
    said = [sentence(each) for each in closing_sentences(evaluation)]
    departments = departments_of(evaluation)
    spread = spread_of(evaluation) if publish is None or publish.has_totals else None
    tiled = [tally.place for tally in departments if tally.place]
    return {
        "title": sentence(call.title),
        "subtitle": sentence(f"{call.authority} · critères : {call.edition}{closing}"),
        "closing": said[:-1] if call.notice else said,
        "notice": sentence(call.notice or ""),
        "words": WORDS,
        "version": provenance.version,
        "edition": sentence(call.edition),
        "caption": "Candidatures classées, puis celles qui attendent d'être complétées",
        "heads": heads_of(evaluation, publish, _granted(evaluation, publish), has_zone=rows.has_zone),
        "filters": filters_of(evaluation, rows),
        "fixed": evaluation.weights_choose_versions,
        "inputs": [] if publish or frozen(criteria) else inputs_of(evaluation),
        "frozen": "" if publish else sentence(frozen(criteria)),
        "columns": [{"full": sentence(root.label)} for root in criteria.criteria],
        "spread": spread,
        "labels_every": 1 if spread is None else -(-len(spread.bins) // 10),
        "waves": waves_of(evaluation),
        "departments": departments,
        "tiles": {
            "width": (1 + max(column for column, _ in tiled)) * _TILE,
            "height": (1 + max(row for _, row in tiled)) * _TILE,
        }
        if tiled
        else None,
        "stacks": stacks_of(evaluation) if publish is None or publish.has_marks else [],
        "incomplete": [] if publish else list(_incomplete(evaluation)),
        "aside": [] if publish else [_aside(one) for one in evaluation.set_aside],
        "gates": gates_of(criteria),
        "rules": rules_of(criteria),
        "selection": selection_of(criteria),
        "files": [] if publish else list(_files(evaluation)),
        "digest": provenance.criteria.sha256,
    }


def _incomplete(evaluation: Evaluation) -> Iterator[dict[str, str]]:
    """Tell what is missing from whom: first those without a rank."""
    for one in sorted(evaluation.standings, key=lambda each: each.rank is not None):
        items = [*map(str, one.scored.pending), *missing_items(one.scored, evaluation.criteria)]
        if one.scored.unverified:
            items.append(str(to_verify(one.scored.unverified, evaluation.criteria)))
        if items:
            yield {
                "reference": name(one.entry.reference),
                "applicant": name(one.entry.candidature.applicant.name),
                "status": one.status.value,
                "ranks": _between(str(one.rank_best), str(one.rank_worst)),
                "totals": _totals(one, evaluation.criteria.decimals),
                "missing": sentence(" ; ".join(items)),
            }


def _totals(one: Standing, decimals: int) -> str:
    low, high = (rounded(Fraction(bound), decimals) for bound in (one.card.low, one.card.high))
    return _between(low, high)


def _between(low: str, high: str) -> str:
    return low if low == high else f"{low} à {high}"


def _aside(one: SetAside) -> dict[str, str]:
    applicant = one.entry.candidature.applicant.name if one.entry else ""
    return {
        "reference": name(one.reference or ""),
        "applicant": name(applicant),
        "status": one.status.value,
        "why": sentence(" ; ".join(str(reason).removesuffix(".") for reason in one.reasons)),
        "file": name(one.origin.path),
    }


def _files(evaluation: Evaluation) -> Iterator[tuple[str, str, str]]:
    provenance = evaluation.provenance
    zonings = [origin for origin, _ in provenance.zonings]
    kinds: list[tuple[str, list[Origin]]] = [
        ("critères", [provenance.criteria]),
        ("zonage", zonings),
        ("candidatures", sorted(provenance.candidatures, key=lambda origin: origin.path)),
        ("avis", sorted(provenance.assessments, key=lambda origin: origin.path)),
        ("déjà attribué", sorted(provenance.awarded, key=lambda origin: origin.path)),
        ("vérifications", [] if provenance.verifications is None else [provenance.verifications]),
        ("décisions", [] if provenance.decisions is None else [provenance.decisions]),
    ]
    for kind, origins in kinds:
        yield from ((kind, name(origin.path), origin.sha256) for origin in origins)
