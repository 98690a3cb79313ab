#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a float of a vectorised engine made for public money has some fifteen digits, and 59.9999999 is under 60"
python_packages openfisca-core==46.0.1 numpy==2.4.6 dpath==2.2.0 numexpr==2.14.2 sortedcontainers==2.4.0 PyYAML==6.0.4 \
    typing_extensions==4.16.0 psutil==7.2.2 StrEnum==0.4.15 pendulum==3.3.0 python-dateutil==2.9.0.post0 six==1.17.0 tzdata==2026.6
happens env/bin/python -W ignore - <<'PY'
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

town = build_entity(key="town", plural="towns", label="Town", is_person=True)


class total(Variable):
    value_type, entity, definition_period, label = float, town, DateUnit.YEAR, "Total"


class admitted(Variable):
    value_type, entity, definition_period, label = bool, town, DateUnit.YEAR, "At least 60"

    def formula(towns, period):
        return towns("total", period) >= 60


class left(Variable):
    value_type, entity, definition_period, label = float, town, DateUnit.YEAR, "Left of 20 million"

    def formula(towns, period):
        return 20_000_000 - towns("total", period)


system = TaxBenefitSystem([town])
for variable in (total, admitted, left):
    system.add_variable(variable)
given = {"A": 59.9999, "B": 59.9999999, "C": 16_777_217, "D": 12_345_678.9}
simulation = SimulationBuilder().build_from_entities(
    system, {"towns": {name: {"total": {"2026": value}} for name, value in given.items()}}
)
columns = [simulation.calculate(name, "2026") for name in ("total", "admitted", "left")]
print("kept as", columns[0].dtype)
for name, total_, admitted_, left_ in zip(given, *columns, strict=True):
    print(name, "given", given[name], "kept", float(total_), "admitted", bool(admitted_), "left", float(left_))
PY
seen <<'END'
kept as float32
A given 59.9999 kept 59.999900817871094 admitted False left 19999940.0
B given 59.9999999 kept 60.0 admitted True left 19999940.0
C given 16777217 kept 16777216.0 admitted True left 3222784.0
D given 12345678.9 kept 12345679.0 admitted True left 7654321.0
END
