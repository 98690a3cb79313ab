"""A candidature goes into an export of each shape, and its mapping gives the same candidature back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sources.mappings.shapes import SHAPES, Data, Shape, in_csv_of_2021

from ami_scoring.domain.candidature import ApplicantKind, Candidature, CommitmentKind, Evidence, PremisesState
from ami_scoring.domain.zoning import Zone
from ami_scoring.sources.doors.loaders import load_candidatures
from ami_scoring.sources.doors.mappings import load_mapping
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.mappings.columns import MappingFile
from ami_scoring.sources.mappings.quick import Quick
from ami_scoring.sources.mappings.reading import read_export

SLOW = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
WORDS = st.sampled_from(["Saint-Exemple", "Val d'Essai", "Élan ; vital", "ARS", "CPTS d'essai", "Œuvre", "a\nb"])
PIECES = st.lists(st.sampled_from(["délibération", "plan.pdf", "ARS", "CPTS", "hôpital"]), min_size=1, unique=True)
DAYS = st.dates().filter(lambda day: 1900 <= day.year <= 2199).map(str)
FLAGS = st.sampled_from(["oui", "non"])


def block(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields).filter(bool)


COMMUNES = st.lists(
    st.fixed_dictionaries(
        {"code_insee": st.integers(1000, 95999).map(lambda number: f"{number:05d}")},
        optional={"nom": WORDS, "population": st.integers(0, 10**6).map(str)},
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda commune: commune["code_insee"],
).map(lambda communes: [{**communes[0], "principale": "oui"}, *communes[1:]])
DOCTORS = st.fixed_dictionaries(
    {"specialite": WORDS},
    optional={
        "temps_plein": st.integers(0, 100).map(lambda hundredths: f"{hundredths} %"),
        "preuve": st.sampled_from(Evidence).map(str),
        "rpps": st.just("10101010105"),
    },
)
CANDIDATURES = st.fixed_dictionaries(
    {
        "depose_le": st.one_of(DAYS, st.just("2022-02-28T09:00:00+01:00")),
        "porteur": st.fixed_dictionaries({"nom": WORDS}, optional={"type": st.sampled_from(ApplicantKind).map(str)}),
        "implantation": st.fixed_dictionaries(
            {"communes": COMMUNES}, optional={"zone_declaree": st.sampled_from(Zone).map(str)}
        ),
    },
    optional={
        "diagnostic": block(
            etat_des_lieux_le=DAYS,
            prospective=FLAGS,
            horizon_prospective=st.integers(1900, 2199).map(str),
            partage_avec=PIECES,
        ),
        "locaux": block(
            etat=st.sampled_from(PremisesState).map(str),
            adaptes=FLAGS,
            bureaux=st.integers(0, 50).map(str),
            surface_m2=st.sampled_from(["180", "180,5", "1 250,25"]),
            disponibles_le=DAYS,
        ),
        "engagement_financier": block(
            montant_annuel=st.sampled_from(["0", "12 000,50 €", "60000"]),
            nature=st.sampled_from(CommitmentKind).map(str),
        ),
        "medecins_interesses": st.lists(DOCTORS, min_size=1, max_size=3),
        "pieces": PIECES,
    },
)


def mapping_of(shape: Shape, folder: Path) -> MappingFile:
    path = folder / "correspondance.yaml"
    path.write_text(shape.mapping, encoding="utf-8")
    loaded = load_mapping(path)
    assert not isinstance(loaded, list), [str(finding.message) for finding in loaded]
    return loaded


def load(shape: Shape, folder: Path) -> Loaded:
    mapping = mapping_of(shape, folder)
    path = folder / shape.name
    path.write_bytes(shape.data)
    return load_candidatures([path], lambda _: (), mapping_of=lambda _: mapping)


def numbered(made: Sequence[Data]) -> list[Data]:
    return [{"reference": f"AMI-{place}", **each} for place, each in enumerate(made, start=1)]


@pytest.mark.parametrize("make", SHAPES, ids=lambda make: make.__name__)
@SLOW
@given(made=st.lists(CANDIDATURES, min_size=1, max_size=3).map(numbered))
def test_a_candidature_comes_back_the_same_from_an_export_of_each_shape(
    make: Callable[[Sequence[Data]], Shape], made: list[Data], tmp_path: Path
) -> None:
    loaded = load(make(made), tmp_path)
    assert [str(each.message) for each in loaded.findings] == []
    assert [entry.candidature for entry in loaded.entries] == [Candidature.model_validate(each) for each in made]


@pytest.mark.parametrize(
    ("separator", "encoding", "said"),
    [(";", "utf-8-sig", []), (";", "cp1252", ["csv-windows-1252"]), ("\t", "utf-8", [])],
)
def test_an_export_saved_again_by_a_spreadsheet_reads_the_same(
    separator: str, encoding: str, said: list[str], tmp_path: Path
) -> None:
    (made,) = numbered(
        [
            {
                "depose_le": "2022-02-28",
                "porteur": {"nom": "Commune d'Œuvre"},
                "implantation": {"communes": [{"code_insee": "09001"}]},
            }
        ]
    )
    loaded = load(in_csv_of_2021([made], separator=separator, encoding=encoding), tmp_path)
    assert [each.code for each in loaded.findings] == said
    assert [entry.candidature for entry in loaded.entries] == [Candidature.model_validate(made)]


ODD = st.sampled_from(["-", "néant", "12 rue ; 3", "=1+1", " oui ", "83053270900019"])


@pytest.mark.parametrize("make", SHAPES, ids=lambda make: make.__name__)
@SLOW
@given(made=st.lists(CANDIDATURES, min_size=1, max_size=3).map(numbered), odd=ODD)
def test_rows_read_at_one_go_say_what_they_say_answer_by_answer(
    make: Callable[[Sequence[Data]], Shape], made: list[Data], odd: str, tmp_path: Path
) -> None:
    spoilt = {**made[0], "porteur": {**made[0]["porteur"], "nom": odd, "siren": odd}}
    shape = make([spoilt, *made[1:]])
    mapping = mapping_of(shape, tmp_path)
    quick, slow = read_with(shape, mapping), read_with(shape, mapping, at_once=False)
    assert quick == slow


def read_with(shape: Shape, mapping: MappingFile, *, at_once: bool = True) -> list[Any]:
    with pytest.MonkeyPatch.context() as patch:
        if not at_once:
            patch.setattr(Quick, "of", lambda *_: None)
        batches = list(read_export(shape.data, Path(shape.name), mapping) or [])
    documents = [document for some, _ in batches for document in some]
    places = [str(each.locate(("porteur", "nom"))) for each in documents]
    said = [each for _, findings in batches for each in findings]
    return [*((repr(each.data), each.line, each.path, each.findings, each.refused) for each in documents), places, said]
