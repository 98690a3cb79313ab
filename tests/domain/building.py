"""What the tests of the domain start from: one candidature, in one wave, with one small zoning table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from pydantic import ValidationError

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.facts import Case, Value
from ami_scoring.domain.modelling.refusals import InvalidDataError, RefusalError
from ami_scoring.domain.zoning import Zone, ZoningTable

ZONING = ZoningTable(
    edition="essai 2022",
    source="invention",
    communes={
        "09001": Zone.ZIP,
        "09002": Zone.ZAC,
        "09003": Zone.ZAR,
        "31001": Zone.HZ,
        "2A004": Zone.ZAC,
        "97411": Zone.ZV,
    },
    districts={"QP000001": Zone.ZIP, "QP000002": Zone.ZAC, "QP000003": Zone.HZ},
)
CLOSES_ON = date(2022, 9, 30)
CANDIDATURE = """
reference: A-1
depose_le: 2022-09-01
porteur: {nom: Commune d'Essai}
implantation: {communes: [{code_insee: "09002"}]}
"""


def read(text: str) -> Any:
    """Read YAML as the project does: every scalar is a text."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds plain data only


def candidature(changes: str = "") -> Candidature:
    """Make a candidature; `changes` are YAML that replaces whole top-level keys."""
    return Candidature.model_validate({**read(CANDIDATURE), **(read(changes) or {})})


def fact(name: str, changes: str = "") -> Value:
    """Read one fact of the catalogue from a candidature, at the closing of 30 September 2022."""
    return CATALOGUE[name].read(Case(candidature(changes), CLOSES_ON, ZONING))


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Expect the code of a sentence for people, whether a door or a whole model says it."""
    with pytest.raises((RefusalError, InvalidDataError, ValidationError)) as caught:
        yield
    error: Any = caught.value
    codes = [error.type] if isinstance(error, RefusalError) else [str(each["type"]) for each in error.errors()]
    assert code in codes
