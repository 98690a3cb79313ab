"""A model that only pydantic knows how to fill is not read the short way."""

from __future__ import annotations

from typing import Any

import pytest

from ami_scoring.domain.modelling.markers import Field, field_validator, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.plain_reading import NotPlainError, PlainReader
from ami_scoring.domain.primitives import Text


class Checked(Model):
    name: Text

    @field_validator("name", mode="before")
    @classmethod
    def _same(cls, name: Any) -> Any:
        return name


class Prepared(Model):
    name: Text

    @model_validator(mode="before")
    @classmethod
    def _same(cls, data: Any) -> Any:
        return data


class Typed(Model):
    number: float


@pytest.mark.parametrize("model", [Checked, Prepared, Typed])
def test_what_pydantic_alone_fills_is_refused_at_once(model: type[Model]) -> None:
    with pytest.raises(TypeError):
        PlainReader(model)


class Nested(Model):
    rows: list[list[Text]] = Field(min_length=1)
    more: dict[str, Any] = Field({})


def test_lists_of_lists_are_read_and_an_element_that_is_refused_is_told_by_its_place() -> None:
    read = PlainReader(Nested)
    made, refused = read({"rows": [["a"], ["b", "c"]]})
    assert (made, refused) == (Nested(rows=[["a"], ["b", "c"]]), [])
    assert made.model_fields_set == {"rows"}


@pytest.mark.parametrize(
    "data", [None, {}, {"rows": None}, {"rows": []}, {"rows": "a"}, {"rows": [["a"]], "more": None}, {"lignes": []}]
)
def test_what_is_not_plain_is_left_to_the_model(data: Any) -> None:
    with pytest.raises(NotPlainError):
        PlainReader(Nested)(data)


def test_the_names_of_given_fields_are_kept_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ami_scoring.domain.plain_reading.MOST_REMEMBERED", 0)
    read = PlainReader(Nested)
    assert [read({"rows": [["a"]]})[0].model_fields_set for _ in range(2)] == [{"rows"}, {"rows"}]


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ami_scoring.domain.plain_reading.MOST_REMEMBERED", 2)

    class Named(Model):
        name: Text
        parts: list[Text] | None = None

    read = PlainReader(Named)
    for name in ("a", "b", "c", "d", "a", "x" * 100):
        assert read({"name": name, "parts": [name]}) == (Named(name=name, parts=[name]), [])


def test_the_place_of_a_refused_element_is_told_and_its_list_left_out() -> None:
    class Parts(Model):
        parts: list[Text] | None = None

    made, (refused,) = PlainReader(Parts)({"parts": ["a", "", "b"]})
    assert (made, refused.path, refused.error.type) == (Parts(), ("parts", 1), "text-empty")
    with pytest.raises(NotPlainError):
        PlainReader(Parts)({"parts": [[]]})
