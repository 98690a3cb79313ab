"""The limits of a policy that its parameters state: `minimum: {fact: parametres.seuil}`.

A parameter is known without any candidature, so that its value takes the place of its name before the policy is made.
Where a total must reach another number from one wave to the next, each value makes a floor of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import Any, Final

from ami_scoring.domain.computed import PARAMETERS, Parameter
from ami_scoring.domain.dates import parse_moment
from ami_scoring.domain.limits import Stated
from ami_scoring.domain.modelling.refusals import InvalidDataError, RefusalError
from ami_scoring.domain.primitives import shown
from ami_scoring.exact import Fraction, plain
from ami_scoring.messages import spell

Value = Fraction | date
UNREAD: Final = "limit-unread"
"""The refusal of a limit whose parameter is refused itself, where it stands: nothing more is to be said."""
_MOST_TOLD: Final = 20
"""Names or values of a list beyond which a sentence tells no more."""
_OF_BANDS: Final = ("from", "above", "below", "up_to")
_OF_THRESHOLDS: Final = ("at_least", "share")
_OF_SELECTION: Final = ("minimum_mark", "decides_from")
_ONE_A_WAVE: Final = (
    "Un total minimal (« minimum », « floors ») peut changer d'une vague à l'autre ; pour cette limite, écrivez un "
    "fichier de critères par vague."
)
_ROWS: Final = (
    "Écrivez une règle « cases » : une ligne par valeur, « if: {fact: …, is: …} », avec ses tranches (« rule »)."
)


def with_limits(data: Any) -> Any:
    """Give the data of a policy with what its parameters state in the place of their names; others are left alone.

    A limit that its parameter cannot state holds the refusal in its place, for the model to raise it there.
    """
    if not isinstance(data, dict):
        return data
    known = _Parameters(data)
    made = {**data, **{key: _in_rules(data[key], known) for key in ("criteria", "computed") if key in data}}
    if isinstance(data.get("waves"), list):
        made["waves"] = [_in_wave(each, known) for each in data["waves"]]
    if isinstance(data.get("selection"), dict):
        made["selection"] = _in_selection(data["selection"], known)
    return made


class _Parameters:
    """The parameters of a policy, and the days on which its waves close."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._raw: dict[str, Any] = {
            f"{PARAMETERS}{each['name']}": each
            for each in _blocks(data.get("parameters"))
            if isinstance(each.get("name"), str)
        }
        self._waves = data.get("waves")
        self._found: dict[str, dict[Value, list[str]] | RefusalError] = {}

    def label(self, name: str) -> str:
        """Give the words by which people know a parameter."""
        return str(self._raw[name]["label"])

    def over_waves(self, name: str) -> dict[Value, list[str]] | RefusalError:
        """Give what a parameter is worth when waves close, each value with its waves, or why nothing can be told."""
        if name not in self._found:
            self._found[name] = self._over_waves(name)
        return self._found[name]

    def _over_waves(self, name: str) -> dict[Value, list[str]] | RefusalError:
        return self._at(name, self._closings)

    def _at(self, name: str, closings: Iterable[tuple[str, date]]) -> dict[Value, list[str]] | RefusalError:
        if name not in self._raw:
            return _unknown(name, self._raw)
        try:
            parameter = Parameter.model_validate(self._raw[name])
        except InvalidDataError:
            return RefusalError(UNREAD, "« {name} » est à corriger.", {"name": name})
        found: dict[Value, list[str]] = {}
        for wave, day in closings:
            value = parameter.in_force(day)
            if value is None:
                said = "« {name} » n'a encore aucune valeur à la clôture de « {wave} »."
                mend = "Datez sa première valeur d'avant cette clôture, ou retirez-en la date."
                return RefusalError("limit-undated", said, {"name": name, "wave": wave, "mend": mend})
            found.setdefault(value, []).append(wave)
        return found or {parameter.values[-1].value: []}  # waves that nobody can read are refused on their own

    def single(self, name: str, otherwise: str) -> Stated | RefusalError:
        """Give the one value of a parameter; `otherwise` says how to write what changes from one wave to the next."""
        found = self.over_waves(name)
        if isinstance(found, RefusalError):
            return found
        if len(found) == 1:
            return Stated(next(iter(found)), name)
        said = "« {name} » change d'une vague à l'autre : {values}."
        told = [f"{spell(value)} pour {spell(waves[:_MOST_TOLD])}" for value, waves in found.items()]
        values = ", ".join([*told[:_MOST_TOLD], *(["…"] if len(told) > _MOST_TOLD else [])])
        return RefusalError("limit-varies", said, {"name": name, "values": values, "mend": otherwise})

    def of_wave(self, name: str, wave: Mapping[str, Any]) -> Stated | RefusalError:
        """Give what a parameter is worth when one wave closes, whatever it is worth when others do."""
        found = self._at(name, _closings([wave]))
        return found if isinstance(found, RefusalError) else Stated(next(iter(found)), name)

    @cached_property
    def _closings(self) -> tuple[tuple[str, date], ...]:
        return tuple(_closings(self._waves))


def _closings(waves: Any) -> Iterator[tuple[str, date]]:
    for wave in _blocks(waves):
        try:
            moment = parse_moment(wave.get("closes"))
        except RefusalError:
            continue
        yield _called(wave), moment.date() if isinstance(moment, datetime) else moment


def _called(wave: Mapping[str, Any]) -> str:
    return str(wave.get("label") or wave.get("id"))


def _unknown(name: str, known: Iterable[str]) -> RefusalError:
    said = "« {name} » n'est pas un paramètre de l'appel."
    few = list(islice(known, _MOST_TOLD))
    names = ", ".join(few) or "aucun n'est déclaré (« parameters »)"
    mend = f"Une limite est un nombre, ou un paramètre de l'appel : {names}."
    context = {"name": shown(name), "mend": mend, "known": few}
    return RefusalError("limit-unknown", said, context)


def _in_wave(wave: Any, known: _Parameters) -> Any:
    name = _name(wave.get("budget")) if isinstance(wave, dict) else None
    return wave if name is None else {**wave, "budget": known.of_wave(name, wave)}


def _in_selection(selection: dict[str, Any], known: _Parameters) -> dict[str, Any]:
    made = {**selection, **_in_block(selection, _OF_SELECTION, known, _ONE_A_WAVE)}
    thresholds, floors, minimum = (selection.get(name) for name in ("thresholds", "floors", "minimum"))
    if isinstance(thresholds, list):
        made["thresholds"] = [_in_block(each, _OF_THRESHOLDS, known, _ONE_A_WAVE) for each in thresholds]
    listed = [_by_wave(each, known) for each in floors] if isinstance(floors, list) else []
    total = minimum if isinstance(minimum, dict) and "at_least" in minimum else {"at_least": minimum}
    first, *others = _by_wave(total, known)
    if others:
        del made["minimum"]
        listed = [*listed, [first, *others]]
    elif isinstance(minimum, dict):
        made["minimum"] = first if total is minimum else first["at_least"]
    if listed:  # the first of each keeps the place that it has in the file
        made["floors"] = [first for first, *_ in listed] + [each for _, *others in listed for each in others]
    return made


def _by_wave(floor: Any, known: _Parameters) -> list[Any]:
    """Give a floor, or one for each value of the parameter that states it: each holds where the parameter has it."""
    name = _name(floor.get("at_least")) if isinstance(floor, dict) else None
    found = known.over_waves(name) if name is not None else None
    if name is None or not isinstance(found, dict) or len(found) == 1 or any(isinstance(each, date) for each in found):
        return [_in_block(floor, ("at_least",), known, _ONE_A_WAVE)]
    label = floor.get("label") or known.label(name)
    return [
        {
            **floor,
            "label": f"{label}, {spell(waves)}",
            "when": _worth(name, value, floor),
            "at_least": Stated(value, name),
        }
        for value, waves in found.items()
        if isinstance(value, Fraction)
    ]


def _worth(name: str, value: Fraction, floor: dict[str, Any]) -> dict[str, Any]:
    test = {"fact": name, "is": plain(value)}
    return {"all": [floor["when"], test]} if "when" in floor else test


def _in_rules(node: Any, known: _Parameters) -> Any:
    """Put numbers in the place of names in the bands of every rule, however deep it stands."""
    if isinstance(node, list):
        return [_in_rules(each, known) for each in node]
    if not isinstance(node, dict):
        return node
    made = {key: _in_rules(value, known) for key, value in node.items()}
    if node.get("kind") == "bands" and isinstance(node.get("bands"), list):
        made["bands"] = [_in_block(band, _OF_BANDS, known, _ROWS) for band in node["bands"]]
    return made


def _in_block(block: Any, keys: Iterable[str], known: _Parameters, otherwise: str) -> Any:
    """Put numbers in the place of the names that some keys of a block hold."""
    if not isinstance(block, dict):
        return block
    named = {key: name for key in keys if (name := _name(block.get(key))) is not None}
    return {**block, **{key: known.single(name, otherwise) for key, name in named.items()}}


def _name(value: Any) -> str | None:
    """Give the name that stands in the place of a number: `{fact: parametres.seuil}`."""
    name = value["fact"] if isinstance(value, dict) and value.keys() == {"fact"} else None
    return name if isinstance(name, str) else None


def _blocks(listed: Any) -> list[dict[str, Any]]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
