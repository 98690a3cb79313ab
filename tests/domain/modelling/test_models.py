"""A model is declared without pydantic, and behaves as one of pydantic's."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Self

import pytest
from pydantic import TypeAdapter, ValidationError

from ami_scoring.domain.modelling.markers import (
    AfterValidator,
    BeforeValidator,
    Field,
    field_validator,
    model_validator,
)
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import InvalidDataError, RefusalError
from ami_scoring.domain.modelling.strict import mirror, strictly
from ami_scoring.domain.primitives import Text


class Room(Model):
    """A room."""

    name: Text = Field(alias="nom", title="Nom")
    code: Text | None = Field(None, title="Code", repr=False)
    doors: list[Text] = Field([], title="Portes", max_length=2)
    inside: list[Room] | None = Field(None, title="Pièces")
    _seen: tuple[str, ...] = ()

    @cached_property
    def letters(self) -> int:
        return len(self.name)


class Kitchen(Room):
    oven: Text = "à gaz"


def room(**more: Any) -> Room:
    return Room.model_validate({"nom": "A", **more})


def test_fields_come_in_their_order_those_of_the_class_above_first() -> None:
    assert list(Kitchen.model_fields) == ["name", "code", "doors", "inside", "oven"]
    assert (Room.model_fields["name"].alias, Room.model_fields["name"].title) == ("nom", "Nom")
    assert [name for name, info in Kitchen.model_fields.items() if info.is_required()] == ["name"]


def test_a_type_that_is_named_before_it_is_made_is_found() -> None:
    assert room(inside=[{"nom": "B"}]).inside == [Room.model_validate({"nom": "B"})]


def test_a_default_list_is_nobody_else_s() -> None:
    first, second = room(), Room.model_construct(name="A")
    assert first.doors == second.doors == []
    assert first.doors is not second.doors
    assert strictly(Room, {"nom": "A"}).doors is not strictly(Room, {"nom": "A"}).doors


def test_the_names_of_the_given_fields_are_kept() -> None:
    assert (
        room(doors=["a"]).model_fields_set
        == {"name", "doors"}
        == strictly(Room, {"nom": "A", "doors": ["a"]}).model_fields_set
    )
    assert room().model_copy(update={"code": "c"}).model_fields_set == {"name", "code"}
    assert Room.model_construct(name="A", unknown=1).model_fields_set == {"name"}


def test_what_is_made_without_looking_has_what_it_is_given_and_what_is_by_default() -> None:
    assert vars(Room.model_construct(code="c")) == {"code": "c", "doors": [], "inside": None}


def test_nothing_of_a_model_changes_once_it_is_made() -> None:
    made = room()
    with pytest.raises(AttributeError, match="frozen"):
        made.name = "B"
    with pytest.raises(AttributeError, match="frozen"):
        del made.name
    assert made == room()


def test_a_copy_with_other_values_leaves_behind_what_was_worked_out() -> None:
    made = room(nom="abc")
    assert made.letters == 3
    assert made.model_copy(update={"name": "ab"}).letters == 2
    assert "letters" in vars(made.model_copy())


def test_what_a_model_keeps_beside_its_fields_is_copied_and_compared() -> None:
    made = room()
    made._seen = ("x",)
    assert made != room()
    assert made.model_copy(update={"code": "c"})._seen == ("x",)
    assert room()._seen == ()


def test_equal_models_are_of_one_class_and_of_equal_fields() -> None:
    assert room() == room()
    assert room(code="c") != room()
    assert Kitchen.model_validate({"nom": "A"}) != room()
    assert hash(Kitchen.model_construct(name="A", doors=())) == hash(Kitchen.model_construct(name="A", doors=()))
    with pytest.raises(TypeError):
        hash(room())  # a list is in it


def test_a_model_is_copied_and_sent_as_it_is() -> None:
    made = room(doors=["a"], inside=[{"nom": "B"}])
    for other in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):  # noqa: S301 - our own
        assert (other, other.model_fields_set) == (made, made.model_fields_set)
    assert copy.deepcopy(made).doors is not made.doors


def test_what_is_private_is_not_printed() -> None:
    assert repr(room(code="secret")) == "Room(name='A', doors=[], inside=None)"


def test_a_model_gives_its_names_and_values() -> None:
    assert dict(room(code="c")) == {"name": "A", "code": "c", "doors": [], "inside": None}


def test_a_model_gives_its_data_back() -> None:
    made = room(inside=[{"nom": "B"}])
    assert made.model_dump(by_alias=True, exclude_unset=True) == {"nom": "A", "inside": [{"nom": "B"}]}
    assert made.model_dump(exclude_none=True) == {"name": "A", "doors": [], "inside": [{"name": "B", "doors": []}]}
    assert Room(**made.model_dump(by_alias=True)) == made


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, [("missing", ("nom",))]),
        ({"nom": "A", "autre": 1}, [("extra_forbidden", ("autre",))]),
        ({"name": "A"}, [("missing", ("nom",)), ("extra_forbidden", ("name",))]),
        ({"nom": "", "code": []}, [("text-empty", ("nom",)), ("text-expected", ("code",))]),
        ({"nom": "A", "doors": ["a", "b", "c"]}, [("too_long", ("doors",))]),
        ({"nom": "A", "inside": [{}]}, [("missing", ("inside", 0, "nom"))]),
        ({"nom": "A", "doors": None}, [("list_type", ("doors",))]),
        ("texte", [("model_type", ())]),
    ],
)
def test_every_mistake_is_told_with_its_place(data: Any, said: list[tuple[str, tuple[Any, ...]]]) -> None:
    with pytest.raises(InvalidDataError) as refused:
        Room.model_validate(data)
    assert [(each["type"], each["loc"]) for each in refused.value.errors()] == said
    assert refused.value.error_count() == len(said)


class Looked(Model):
    number: Annotated[int, BeforeValidator(int), AfterValidator(lambda n: n + 1)]
    _order: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _prepare(cls, data: Any) -> Any:
        return {**data, "number": data["number"] + "0"} if isinstance(data, dict) else data

    @model_validator(mode="wrap")
    @classmethod
    def _around(cls, data: Any, fill: Any) -> Self:
        made: Self = fill(data)
        made._order = (*made._order, "around")
        return made

    @model_validator(mode="after")
    def _finish(self) -> Self:
        if self.number > 100:
            raise RefusalError("too-much", "« {number} » dépasse {limit}.", {"number": self.number, "limit": 100})
        self._order = (*self._order, "after")
        return self

    @field_validator("number", mode="before")
    @classmethod
    def _trimmed(cls, value: Any) -> Any:
        return value.strip()


def test_validators_come_in_the_same_order_by_both_ways() -> None:
    quick, strict = Looked.model_validate({"number": " 4"}), strictly(Looked, {"number": " 4"})
    assert (quick.number, quick._order) == (strict.number, strict._order) == (41, ("around", "after"))


def test_our_refusals_keep_their_code_and_their_sentence_through_pydantic() -> None:
    with pytest.raises(InvalidDataError) as refused:
        Looked.model_validate({"number": "10"})
    (told,) = refused.value.errors()
    assert (told["type"], told["msg"]) == ("too-much", "« 101 » dépasse 100.")
    assert told["ctx"] == {"number": 101, "limit": 100}
    with pytest.raises(ValidationError):
        TypeAdapter(list[Looked]).validate_python([{"number": "10"}])


def test_braces_that_name_nothing_stay_in_a_sentence() -> None:
    assert RefusalError("a-b", "{fact: …} et {name}", {"name": "n"}).message() == "{fact: …} et n"
    assert str(RefusalError("a-b", "{name}")) == "{name}"


def test_what_is_a_model_already_is_taken_as_it_is() -> None:
    inner = room(code="c")
    made = room(inside=[inner])
    assert made.inside is not None
    assert made.inside[0] is inner


def test_the_schema_is_that_of_the_fields() -> None:
    told = mirror(Room).model_json_schema(by_alias=True)
    told = told["$defs"]["Room"] if "$defs" in told else told
    assert list(told["properties"]) == ["nom", "code", "doors", "inside"]
    assert (told["required"], told["additionalProperties"]) == (["nom"], False)
    assert told["properties"]["doors"]["maxItems"] == 2


def test_declaring_and_filling_a_model_does_not_load_pydantic() -> None:
    code = (
        "import sys; from ami_scoring.domain.criteria import Call\n"
        "assert Call.model_validate({'title': 'T', 'edition': 'E', 'authority': 'A'}).title == 'T'\n"
        "assert not any(name.startswith('pydantic') for name in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_a_mapping_that_nobody_changes_may_stand_beside_the_fields() -> None:
    class Named(Model):
        _names: MappingProxyType[str, str] = MappingProxyType({})

    assert Named()._names == {}
    assert list(Named.model_fields) == []
