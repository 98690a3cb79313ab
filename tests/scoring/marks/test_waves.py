"""Which wave a deposit falls in, and which version of a candidature counts."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.building import candidature, policy, scored

from ami_scoring.domain.dates import parse_moment
from ami_scoring.domain.scores import Scored, SetAside, Standing, Status
from ami_scoring.scoring.marks.waves import last_versions, wave_of, why_elsewhere, why_late, with_other_versions


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
    found = wave_of(parse_moment(submitted), policy())
    assert (found.id if found else None) == wave


def test_a_late_deposit_is_told_which_closing_it_missed() -> None:
    said = why_late(parse_moment("2022-09-30T22:30:00Z"), policy().waves[1])
    assert (
        str(said) == "déposée le 1er octobre 2022 à 00\u00a0h\u00a030, après la clôture du 30 septembre 2022 (Vague 2)"
    )


def test_a_deposit_of_another_wave_is_told_which() -> None:
    first, second = policy().waves
    said = why_elsewhere(parse_moment("2022-01-15"), first, second)
    assert str(said) == "déposée le 15 janvier 2022 : relève de v1, pas de Vague 2"


def version(reference: str, changes: str, *, firm: bool = True) -> Scored:
    one = scored(reference, 10 if firm else None)
    return one._replace(entry=one.entry._replace(candidature=candidature(f"{{reference: {reference}, {changes}}}")))


def kept_and_replaced(*versions: Scored) -> tuple[list[str], list[str]]:
    kept, replaced = last_versions(versions)
    return [one.entry.reference for one in kept], [f"{one.reference} {one.reasons[0]}" for one in replaced]


SAME = "porteur: {nom: Commune d'Essai, siren: '732829320'}"


def test_the_last_version_of_a_project_counts() -> None:
    versions = [version("A", f"{SAME}, depose_le: 2022-01-01"), version("B", f"{SAME}, depose_le: 2022-02-01")]
    expected = (["B"], ["A remplacée par B, déposée le 1er février 2022"])
    assert kept_and_replaced(*versions) == kept_and_replaced(*reversed(versions)) == expected


def test_the_last_complete_version_counts_before_a_later_one_that_is_not() -> None:
    versions = [
        version("A", f"{SAME}, depose_le: 2022-01-01"),
        version("B", f"{SAME}, depose_le: 2022-02-01", firm=False),
    ]
    assert kept_and_replaced(*versions) == (
        ["A"],
        ["B incomplète : c'est la version complète A, déposée le 1er janvier 2022, qui compte"],
    )


def test_without_a_complete_version_the_last_counts() -> None:
    versions = [
        version(name, f"{SAME}, depose_le: 2022-0{month}-01", firm=False) for name, month in (("A", 2), ("B", 1))
    ]
    assert kept_and_replaced(*versions)[0] == ["A"]


def test_on_one_day_the_hour_counts_then_the_reference() -> None:
    morning = version("B", f"{SAME}, depose_le: '2022-02-01T08:00:00+01:00'")
    evening = version("A", f"{SAME}, depose_le: '2022-02-01T20:00:00+01:00'")
    day = version("C", f"{SAME}, depose_le: 2022-02-01")
    assert kept_and_replaced(morning, day, evening)[0] == ["A"]
    twins = [version(name, f"{SAME}, depose_le: 2022-02-01") for name in ("A", "B")]
    assert kept_and_replaced(*twins)[0] == ["B"]


def test_in_the_hour_that_autumn_repeats_the_instant_counts() -> None:
    summer = version("A", f"{SAME}, depose_le: '2022-10-30T02:50:00+02:00'")
    winter = version("B", f"{SAME}, depose_le: '2022-10-30T02:10:00+01:00'")
    assert kept_and_replaced(summer, winter)[0] == ["B"]


def test_a_version_without_siren_stands_by_itself_where_two_applicants_bear_its_name() -> None:
    """Nobody can tell which of the two it comes from: neither is replaced, and it does not disappear."""
    first = version("A", "porteur: {nom: Foix, siren: '732829320'}")
    second = version("B", "porteur: {nom: Foix, siren: '356000000'}")
    neither = version("C", "porteur: {nom: Foix}, depose_le: 2022-09-02")
    again = version("D", "porteur: {nom: foix}, depose_le: 2022-09-03")
    assert kept_and_replaced(first, neither, second, again) == (
        ["A", "D", "B"],
        ["C remplacée par D, déposée le 3 septembre 2022"],
    )


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


NAMES, SIRENS = ["Foix", "FOIX", "Ville de Foix"], ["", ", siren: '732829320'", ", siren: '356000000'"]
VERSIONS = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from(SIRENS), st.sampled_from(["01", "02"]), st.integers(1, 3), st.booleans()
    ),
    max_size=7,
)


@given(VERSIONS, st.randoms(use_true_random=False))
def test_the_order_of_files_changes_neither_who_counts_nor_why(
    drawn: list[tuple[str, str, str, int, bool]], random: Random
) -> None:
    versions = [
        version(
            f"R{place}",
            f"porteur: {{nom: {name}{siren}}}, depose_le: 2022-09-0{day}, "
            f"implantation: {{communes: [{{code_insee: '090{commune}'}}]}}",
            firm=firm,
        )
        for place, (name, siren, commune, day, firm) in enumerate(drawn)
    ]
    shuffled = random.sample(versions, len(versions))
    kept, replaced = kept_and_replaced(*versions)
    told = kept_and_replaced(*shuffled)
    assert (sorted(kept), sorted(replaced)) == (sorted(told[0]), sorted(told[1]))
    assert len(kept) + len(replaced) == len(versions)


@pytest.mark.parametrize(
    ("one", "other", "projects"),
    [
        (SAME, SAME, 1),
        ("porteur: {nom: Foix}", "porteur: {nom: ' FOIX '}", 1),
        ("porteur: {nom: Foix, siren: '732829320'}", "porteur: {nom: Foix}", 1),
        ("porteur: {nom: Foix, siren: '732829320'}", "porteur: {nom: Ville de Foix, siren: '732829320'}", 1),
        ("porteur: {nom: Foix}", "porteur: {nom: Pamiers}", 2),
        ("porteur: {nom: Foix, siren: '732829320'}", "porteur: {nom: Foix, siren: '356000000'}", 2),
        (SAME, f"{SAME}, implantation: {{communes: [{{code_insee: '09002'}}]}}", 2),
    ],
)
def test_a_project_is_an_applicant_and_a_main_commune(one: str, other: str, projects: int) -> None:
    kept, replaced = last_versions([version("A", one), version("B", other)])
    assert (len(kept), len(replaced)) == (projects, 2 - projects)
    assert all(aside.status is Status.REPLACED for aside in replaced)
