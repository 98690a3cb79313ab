"""Codes of what candidatures have to do with one another: versions of one, and what looks like it."""

from __future__ import annotations

from typing import Final

from ami_scoring.codes.entry import Entry

ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "version-replaced",
        "Une candidature ne compte pas, parce qu'une autre version de la même compte.",
        "C'est l'effet de « versions », dans les critères : chacun peut le vérifier, et le contester.",
    ),
    Entry(
        "versions-unordered",
        "Deux versions de la même candidature sont du même jour, et l'une au moins ne dit pas son heure.",
        "Rien ne dit laquelle est la dernière : toutes attendent, sans rang ; leur nom n'en décide pas.",
        "reference: A-9\ndepose_le: 2022-09-12\n# et, du même porteur : A-10, du même jour",
        "reference: A-9\ndepose_le: 2022-09-12T09:00:00+02:00\n# et A-10, du même jour à 15 h",
    ),
    Entry(
        "version-doubtful",
        "Une candidature est peut-être une version d'une autre : ce qui l'identifie n'est pas tout dit.",
        "Personne ne peut dire de laquelle : elle est classée à part, et peut prendre une place de trop.",
        "porteur: {nom: Commune de Foix}   # deux porteurs de ce nom donnent chacun leur SIREN",
        'porteur: {nom: Commune de Foix, siren: "999001407"}',
    ),
    Entry(
        "carried-twice",
        "La même commune est portée par une commune et par un EPCI.",
        "C'est peut-être un seul projet, déposé deux fois ; les deux candidatures restent notées.",
    ),
    Entry(
        "siren-two-names",
        "Le même SIREN est donné sous plusieurs noms.",
        "L'un des dossiers porte sans doute le SIREN d'un autre, et l'un pourrait remplacer l'autre.",
        'porteur: {nom: Foix, siren: "999001407"}   # celui que donne aussi Pamiers',
        'porteur: {nom: Foix, siren: "999001894"}',
    ),
    Entry(
        "applicants-alike",
        "Pour une même commune, les noms des porteurs ne diffèrent que par une façon d'écrire.",
        "« Commune de », « Mairie de », un accent ou un point séparent deux versions qui n'en font peut-être qu'une.",
        "porteur: {nom: Commune de Foix}\n# et, pour la même commune :\n# porteur: {nom: Mairie de Foix}",
        "porteur: {nom: Commune de Foix}\n# et :\n# porteur: {nom: Commune de Foix}",
    ),
    Entry(
        "doctor-promised-twice",
        "Le même médecin est promis à plusieurs candidatures.",
        "Il compterait dans chacune. Il n'est reconnu qu'à son numéro RPPS ou à son nom, que personne ne montre.",
    ),
)
