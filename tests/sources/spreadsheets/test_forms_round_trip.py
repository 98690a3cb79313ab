"""A candidature goes into a form or a table and comes back whole, with the same points."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.sheets import ROOT, SAMPLES, candidature, criteria, other_criteria, policy, read_one

from ami_scoring.domain.candidature import ApplicantKind, Candidature, CommitmentKind, Evidence, PremisesState
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.declared import PREFIX, parse_fact
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.placeholders import is_placeholder
from ami_scoring.domain.primitives import parse_text
from ami_scoring.domain.zoning import Zone
from ami_scoring.evaluation.run import evaluate
from ami_scoring.reports.form import form_workbook, table_csv, table_workbook
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.text.located_json import read_json
from ami_scoring.sources.text.located_yaml import read_yaml

SLOW = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def _is_text(text: str) -> bool:
    try:
        return parse_text(text) == text and not is_placeholder(text)
    except RefusalError:
        return False


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cn"]), min_size=1, max_size=40).filter(_is_text),
    st.sampled_from(
        ["=1+1", "+33 5 61", "- 1", "@home", "#N/A", "'=x", "_x0041_", "1,234", "09001", "oui", 'Élan; "vital"', "a\nb"]
    ),
)
NUMBERS = st.one_of(
    st.integers(0, 10**15 - 1).map(str),
    st.decimals(0, 10**7, places=3, allow_nan=False).map(lambda number: f"{number}0"),
    st.decimals(0, 10**14, places=15, allow_nan=False).map(lambda number: f"{number:f}"),
)
COUNTS = st.integers(0, 10**9)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)
MOMENTS = st.datetimes(
    datetime.fromisoformat("1901-01-01"), datetime.fromisoformat("2198-12-31"), timezones=st.just(UTC)
).map(lambda moment: moment.replace(microsecond=0).isoformat())
FLAGS = st.sampled_from(["oui", "non"])


def block(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


DOCTORS = block(
    specialite=TEXTS,
    temps_plein=st.integers(0, 100).map(lambda hundredths: f"{hundredths} %"),
    preuve=st.sampled_from(Evidence).map(str),
    nom=TEXTS,
    rpps=st.just("10101010105"),
)
COMMUNES = st.lists(
    st.fixed_dictionaries(
        {"code_insee": st.integers(1000, 95999).map(lambda number: f"{number:05d}")},
        optional={"nom": TEXTS, "population": COUNTS},
    ),
    min_size=1,
    max_size=18,
    unique_by=lambda commune: commune["code_insee"],
).map(lambda communes: [{**communes[0], "principale": "oui"}, *communes[1:]])
CANDIDATURES = st.fixed_dictionaries(
    {
        "reference": st.text("ABCxyz0123._/-", max_size=20).map(lambda text: f"R{text}"),
        "depose_le": st.one_of(DAYS, MOMENTS),
        "porteur": st.fixed_dictionaries(
            {"nom": TEXTS}, optional={"type": st.sampled_from(ApplicantKind).map(str), "siren": st.just("999000706")}
        ),
        "implantation": st.fixed_dictionaries(
            {"communes": COMMUNES},
            optional={"qpv": st.just("QP031001"), "zone_declaree": st.sampled_from(Zone).map(str)},
        ),
    },
    optional={
        "diagnostic": block(
            etat_des_lieux_le=DAYS,
            prospective=FLAGS,
            horizon_prospective=st.integers(1900, 2199),
            partage_avec=st.lists(TEXTS, max_size=14),
        ),
        "locaux": block(
            etat=st.sampled_from(PremisesState).map(str),
            adaptes=FLAGS,
            bureaux=COUNTS,
            surface_m2=NUMBERS,
            accessibles=FLAGS,
            disponibles_le=DAYS,
        ),
        "engagement_financier": block(
            delibere_le=DAYS,
            montant_annuel=NUMBERS,
            duree_annees=COUNTS,
            nature=st.sampled_from(CommitmentKind).map(str),
        ),
        "medecins_interesses": st.lists(DOCTORS, max_size=15),
        "pieces": st.lists(TEXTS, max_size=17),
    },
)


def told(made: Candidature, call: Criteria) -> Mapping[str, Any]:
    """Give all that a candidature says; a block that says nothing is no block, and declared facts count by value."""
    said = made.model_dump(by_alias=True)
    for key in ("diagnostic", "locaux", "engagement_financier"):
        if said[key] is not None and all(value is None for value in said[key].values()):
            said[key] = None
    known = {
        name: parse_fact(call.catalogue[PREFIX + name], raw) for name, raw in made.extra.items() if raw is not None
    }
    return {**said, "complements": known}


def come_back(made: Candidature, call: Criteria) -> list[Candidature]:
    return [
        read_one(form_workbook(call, made)),
        read_one(table_workbook(call, [made])),
        read_one(table_csv(call, [made]).encode("utf-8-sig"), "t.csv"),
    ]


@SLOW
@given(CANDIDATURES)
def test_a_candidature_comes_back_whole_from_a_form_and_from_tables(data: dict[str, Any]) -> None:
    made = Candidature.model_validate(data)
    for back in come_back(made, criteria()):
        assert told(back, criteria()) == told(made, criteria())


@SLOW
@given(CANDIDATURES)
def test_yaml_json_form_and_table_are_one_candidature(data: dict[str, Any]) -> None:
    written = yaml.safe_dump(data, allow_unicode=True, width=10**6)
    from_yaml, _ = build(Candidature, read_yaml(written, "f.yaml")[0][0])
    from_json, _ = build(Candidature, read_json(json.dumps(data), "f.json")[0][0])
    assert from_yaml is not None
    assert from_json == from_yaml
    assert told(read_one(form_workbook(criteria(), from_yaml)), criteria()) == told(from_yaml, criteria())


def declared(name: str) -> st.SearchStrategy[str]:
    return {
        "attestation": FLAGS,
        "gouvernance": st.sampled_from(["association", "Coopérative", "collectivité"]),
        "postes": st.integers(0, 200).map(str),
        "fabrique_numerique": FLAGS,
        "formation": FLAGS,
        "autofinancement": st.one_of(st.just("0.125"), st.integers(0, 100).map(lambda percent: f"{percent} %")),
        "subvention_demandee": st.integers(0, 150_000).map(lambda euros: f"{euros},50 €" if euros < 150_000 else "1 €"),
        "ouverture_le": DAYS,
    }[name]


@SLOW
@given(block(**{fact.name: declared(fact.name) for fact in other_criteria().facts}))
def test_the_facts_that_a_call_declares_come_back_by_value(extra: dict[str, str]) -> None:
    made = candidature(complements=extra)
    for back in come_back(made, other_criteria()):
        assert told(back, other_criteria()) == told(made, other_criteria())


@pytest.mark.parametrize(
    ("rules", "folder"),
    [
        (ROOT / "criteria.yaml", SAMPLES / "candidatures"),
        (SAMPLES / "autre-appel" / "criteria.yaml", SAMPLES / "autre-appel" / "candidatures"),
    ],
    ids=["ami", "autre-appel"],
)
def test_every_sample_gets_the_same_points_and_rank_from_yaml_forms_and_tables(
    rules: Path, folder: Path, tmp_path: Path
) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    files = [
        path for path in files if not any(each.refused for each in load_candidatures([path], lambda _: ()).entries)
    ]
    made = [entry.candidature for entry in load_candidatures(files, lambda _: ()).entries]
    call = policy(rules).criteria
    written = {
        "form": {f"{place}.xlsx": form_workbook(call, one) for place, one in enumerate(made)},
        "table": {"t.xlsx": table_workbook(call, made)},
        "csv": {"t.csv": table_csv(call, made).encode("utf-8-sig")},
    }
    wanted = results([path for path in files if load_candidatures([path], lambda _: ()).entries], rules)
    assert wanted
    for kind, contents in written.items():
        (tmp_path / kind).mkdir()
        for name, content in contents.items():
            (tmp_path / kind / name).write_bytes(content)
        assert results([tmp_path / kind], rules) == wanted


def results(paths: list[Path], rules: Path) -> list[Any]:
    evaluation = evaluate(paths, rules)
    ranked = {
        one.entry.reference: (
            one.rank,
            one.rank_best,
            one.rank_worst,
            one.status,
            one.card.total,
            one.card.low,
            one.card.high,
        )
        for one in evaluation.standings
    }
    aside = sorted((one.reference or "", one.status) for one in evaluation.set_aside)
    return [ranked, aside]
