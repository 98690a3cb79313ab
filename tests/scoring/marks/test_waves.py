"""Which wave a deposit falls in, and what is told of the others."""

from __future__ import annotations

import pytest
from tests.scoring.building import candidature, plain, policy, scored

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.dates import parse_moment
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import SetAside, Standing, Status
from ami_scoring.scoring.marks.waves import wave_finder, wave_of, why_elsewhere, why_late, with_other_versions


@pytest.mark.parametrize(
    ("submitted", "wave"),
    [
        ("2021-01-01", "v1"),
        ("2022-02-28", "v1"),
        ("2022-02-28T22:59:59Z", "v1"),
        ("2022-02-28T23:30:00Z", "v2"),
        ("2022-03-01", "v2"),
        ("2022-09-30", "v2"),
        ("2022-10-01", None),
    ],
)
def test_a_deposit_falls_in_the_first_wave_still_open(submitted: str, wave: str | None) -> None:
    moment, find = parse_moment(submitted), wave_finder(policy())
    for found in (wave_of(moment, policy()), find(moment), find(moment)):
        assert (found.id if found else None) == wave


def test_a_late_deposit_is_told_which_closing_it_missed() -> None:
    said = why_late(parse_moment("2022-09-30T22:30:00Z"), policy().waves[1])
    assert (
        str(said) == "déposée le 1er octobre 2022 à 00\u00a0h\u00a030, après la clôture du 30 septembre 2022 (Vague 2)"
    )


@pytest.mark.parametrize(
    ("submitted", "told"),
    [
        ("12:00:30+02:00", "à 12 h 00 min 30 s, après la clôture du 30 juin 2024 à 12 h 00 min 00 s"),
        ("12:00:00.25+02:00", "à 12 h 00 min 00,25 s, après la clôture du 30 juin 2024 à 12 h 00 min 00 s"),
        ("12:00:59+02:00", "à 12 h 00 min 59 s, après la clôture du 30 juin 2024 à 12 h 00 min 00 s"),
        ("12:01:00+02:00", "à 12 h 01, après la clôture du 30 juin 2024 à 12 h 00"),
        ("12:01:30+02:00", "à 12 h 01, après la clôture du 30 juin 2024 à 12 h 00"),
    ],
)
def test_seconds_are_told_where_they_decide(submitted: str, told: str) -> None:
    noon = Wave(id="v", closes=parse_moment("2024-06-30T12:00:00+02:00"))
    assert plain(why_late(parse_moment(f"2024-06-30T{submitted}"), noon)) == f"déposée le 30 juin 2024 {told} (v)"


def test_a_deposit_of_another_wave_is_told_which() -> None:
    first, second = policy().waves
    said = why_elsewhere(parse_moment("2022-01-15"), first, second)
    assert str(said) == "déposée le 15 janvier 2022 : relève de v1, pas de Vague 2"


def version(reference: str, changes: str, *, firm: bool = True) -> Scored:
    one = scored(reference, 10 if firm else None)
    return one._replace(entry=one.entry._replace(candidature=candidature(f"{{reference: {reference}, {changes}}}")))


SAME = "porteur: {nom: Commune d'Essai, siren: '732829320'}"


def test_alone_in_its_wave_a_candidature_is_told_of_its_versions_in_the_others() -> None:
    ranked = [
        Standing(version(name, changes), Status.SELECTED, 1, 1, 2)
        for name, changes in (("A", f"{SAME}, depose_le: 2022-01-01"), ("B", "porteur: {nom: Foix}"))
    ]
    entries = [
        version("D", f"{SAME}, depose_le: 2022-09-03").entry,
        version("C", f"{SAME}, depose_le: 2022-09-02").entry,
        version("E", "porteur: {nom: Tarbes}, depose_le: 2022-09-02").entry,
    ]
    aside = [SetAside(Status.OTHER_WAVE, (), each.origin, each.reference, each) for each in entries]
    late = SetAside(Status.LATE, (), entries[0].origin, "L", version("L", f"{SAME}, depose_le: 2023-01-01").entry)
    told = with_other_versions(ranked, [late, *aside], policy())
    assert [[str(each) for each in one.elsewhere] for one in told] == [
        [
            "une autre version existe : C, déposée le 2 septembre 2022 (Vague 2)",
            "une autre version existe : D, déposée le 3 septembre 2022 (Vague 2)",
        ],
        [],
    ]
    assert [one._replace(elsewhere=()) for one in told] == ranked


def test_versions_of_one_day_are_told_by_their_hour_those_without_one_first() -> None:
    moments = {"A": "2022-09-02T15:00:00+02:00", "B": "2022-09-02T09:00:00+02:00", "C": "2022-09-02"}
    entries = [version(name, f"{SAME}, depose_le: '{moment}'").entry for name, moment in moments.items()]
    aside = [SetAside(Status.OTHER_WAVE, (), each.origin, each.reference, each) for each in entries]
    (told,) = with_other_versions([Standing(version("Z", SAME), Status.SELECTED, 1, 1, 1)], aside, policy())
    assert [str(each).split(", ")[0] for each in told.elsewhere] == [
        f"une autre version existe : {name}" for name in "CBA"
    ]


def test_a_version_replaced_in_the_wave_that_is_evaluated_is_not_told_as_of_another() -> None:
    older = version("A", f"{SAME}, depose_le: 2022-01-01").entry
    aside = [SetAside(Status.REPLACED, (), older.origin, older.reference, older)]
    (told,) = with_other_versions([Standing(version("Z", SAME), Status.SELECTED, 1, 1, 1)], aside, policy())
    assert told.elsewhere == ()
