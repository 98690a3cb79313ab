"""The doctors' zoning of one wave: which zone a commune, or a priority district inside it, belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from ami_scoring.domain.names import bare_name


class Zone(StrEnum):
    """A zone of the ARS's doctors' zoning, in order of priority: ZIP, then ZAC, then the rest."""

    ZIP = "ZIP"
    ZAC = "ZAC"
    ZAR = "ZAR"
    ZV = "ZV"
    HV = "HV"
    HZ = "HZ"


ZONE_LABELS: Mapping[Zone, str] = {
    Zone.ZIP: "zone d'intervention prioritaire",
    Zone.ZAC: "zone d'action complémentaire",
    Zone.ZAR: "zone d'appui régional",
    Zone.ZV: "zone de vigilance",
    Zone.HV: "hors vivier",
    Zone.HZ: "hors zonage",
}
PRIORITY: Mapping[Zone, int] = {Zone.ZIP: 0, Zone.ZAC: 1} | dict.fromkeys((Zone.ZAR, Zone.ZV, Zone.HV, Zone.HZ), 2)
"""How early a zone comes: only ZIP and ZAC are ranked by law, the others are alike."""


@dataclass(frozen=True)
class ZoningTable:
    """One edition of the zoning: INSEE codes of communes and codes of QPV, each with its zone."""

    edition: str
    source: str
    communes: Mapping[str, Zone]
    districts: Mapping[str, Zone]
    names: Mapping[str, str] = field(default_factory=dict)
    """The names of the communes, by INSEE code, where the table gives them."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Of the codes that are there by following mergers, what they became or come from: `devenue 12218`."""
    partly: Mapping[str, str] = field(default_factory=dict)
    """Of the communes that have no zone of their own, the label by which a part of each has one."""

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The INSEE code of each name, as `bare_name` writes it; of several that share it, the first."""
        return {bare_name(self.names[code]): code for code in sorted(self.names, reverse=True)}

    def of_commune(self, code_insee: str) -> Zone | None:
        """Give the zone of a commune, or None where the table does not hold it."""
        return self.communes.get(code_insee)

    def of_district(self, code_qpv: str) -> Zone | None:
        """Give the zone of a QPV, or None where the table does not hold it."""
        return self.districts.get(code_qpv)


NO_ZONING = ZoningTable("", "", {}, {})
"""For a wave whose policy reads no zone."""
