"""Dates that cannot be, told by themselves."""

from __future__ import annotations

import pytest
from tests.scoring.building import candidature, plain, policy

from ami_scoring.domain.candidature import Candidature
from ami_scoring.findings import Problem
from ami_scoring.scoring.checks.calendar import check_calendar
from ami_scoring.scoring.marks import wave_of

RULES = policy(
    "facts: [{name: debut, type: date, label: Début}, {name: note, type: integer, label: Note}]\n"
    "waves: [{id: v1, closes: '2024-06-30T12:00:00+02:00', zoning: z.csv}, {id: v2, closes: 2024-09-30, zoning: z.csv}]"
)


def told(changes: str) -> list[tuple[str, str, str]]:
    one = candidature(f"depose_le: 2024-06-01\n{changes}" if "depose_le" not in changes else changes)
    return [
        (each.code, ".".join(map(str, each.path)), "" if each.suggestion is None else plain(each.suggestion))
        for each in found_in(one)
    ]


def found_in(one: Candidature) -> list[Problem]:
    return list(check_calendar(one, RULES, wave_of(one.submitted_at, RULES)))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("depose_le: 1924-06-01", [("date-far-off", "depose_le", "Vouliez-vous dire 2024 ?")]),
        ("depose_le: 2124-06-01", [("date-far-off", "depose_le", "Vouliez-vous dire 2024 ?")]),
        ("complements: {debut: 1924-06-01}", [("date-far-off", "complements.debut", "Vouliez-vous dire 2024 ?")]),
        ("complements: {debut: 2121-06-01}", [("date-far-off", "complements.debut", "Vouliez-vous dire 2021 ?")]),
        ("locaux: {disponibles_le: 1949-12-31}", [("date-far-off", "locaux.disponibles_le", "")]),
        ("locaux: {disponibles_le: 1950-01-01}", []),
        ("locaux: {disponibles_le: 2070-01-01}", []),
        ("locaux: {disponibles_le: 2150-01-01}", []),
        ("complements: {debut: bientôt, note: 3, autre: 4}", []),
        ("complements: {debut: }", []),
        ("diagnostic: {etat_des_lieux_le: 2024-06-01}", []),
        ("diagnostic: {}\nlocaux: {}\nengagement_financier: {}", []),
    ],
)
def test_a_date_of_another_century_is_told_with_the_one_that_was_meant(
    changes: str, expected: list[tuple[str, str, str]]
) -> None:
    assert told(changes) == expected


@pytest.mark.parametrize("block", ["diagnostic: {etat_des_lieux_le", "engagement_financier: {delibere_le"])
def test_what_is_past_cannot_follow_the_deposit(block: str) -> None:
    assert [code for code, *_ in told(f"{block}: 2024-06-02}}")] == ["date-after-deposit"]


def test_a_deposit_of_another_century_blames_no_other_date() -> None:
    assert [path for _, path, _ in told("depose_le: 1924-06-01\ndiagnostic: {etat_des_lieux_le: 2024-05-01}")] == [
        "depose_le"
    ]


@pytest.mark.parametrize(
    ("submitted", "codes"),
    [
        ("2024-06-30", ["deposit-without-hour"]),
        ("2024-06-30T11:00:00+02:00", []),
        ("2024-06-29", []),
        ("2024-09-30", []),
        ("2024-10-01", []),
    ],
)
def test_a_day_without_an_hour_is_doubtful_on_the_day_of_a_closing_at_noon(submitted: str, codes: list[str]) -> None:
    found = found_in(candidature(f"depose_le: {submitted}"))
    assert [each.code for each in found] == codes
    for each in found:
        assert plain(each.message) == (
            "Ce dépôt est du jour de la clôture, sans heure : « v1 » clôt le 30 juin 2024 à 12 h 00. "
            "Il est tenu pour à temps."
        )
