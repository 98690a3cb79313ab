"""What is wrong in what a policy says identifies a candidature, and makes one of its versions count."""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.versions import APPLICANT, REFERENCE
from ami_scoring.findings import Problem
from ami_scoring.scoring.words import Path, error, repeated, unknown_fact


def check_identifiers(criteria: Criteria) -> Iterator[Problem]:
    """Check that what identifies a candidature is in its file, the same whatever its wave and whoever else applies."""
    names, section = criteria.versions.identified_by, ("versions", "identified_by")
    for place, name in enumerate(names):
        path: Path = (*section, place)
        if name == REFERENCE and len(names) > 1:
            yield error("identifier-unfit", path, "« reference » s'écrit seule : aucun dossier n'en remplace un autre.")
        elif name in {APPLICANT, REFERENCE}:
            continue
        elif name not in criteria.catalogue:
            yield unknown_fact(name, path)
        elif criteria.catalogue[name].computed:
            yield error("identifier-unfit", path, "« {fact} » est calculée : elle n'identifie personne.", fact=name)
    if criteria.versions.keeps_best:
        yield from _check_best(criteria)
    for place, first in repeated(names):
        path, other = (*section, place), (*section, first)
        yield error("name-twice", path, "« {name} » est déjà dit plus haut.", related=(other,), name=names[place])


def _check_best(criteria: Criteria) -> Iterator[Problem]:
    """Find where no version is the best: what each is worth depends on which count, or none replaces another."""
    path: Path = ("versions", "keep")
    if criteria.versions.each_alone:
        said = "« keep: best » n'a pas d'effet : chaque référence compte seule, aucun dossier n'en remplace un autre."
        yield error("key-without-effect", path, said, related=(("versions", "identified_by"),))
    if criteria.comparisons:
        said = (
            "La meilleure version ne se connaît pas : une règle compare les candidatures entre elles (« relative »), "
            "et le total de chacune dépend de celles qui comptent."
        )
        yield error("best-compared", path, said)
