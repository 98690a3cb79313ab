"""Which files are versions of one candidature, and which of them counts."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.building import candidature, plain, policy, scored

from ami_scoring.domain.candidature import UNREAD
from ami_scoring.domain.entries import Refusal
from ami_scoring.domain.facts import MISSING, Opinions, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import SetAside, Status
from ami_scoring.exact import Fraction
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.marks.computing import add_computed
from ami_scoring.scoring.marks.engine import score
from ami_scoring.scoring.marks.identity import Identity, Register, identified, identifier, identities_of
from ami_scoring.scoring.marks.versions import Contenders, counting_versions, instant_of, is_before, is_complete


def version(reference: str, changes: str, *, firm: bool = True) -> Scored:
    one = scored(reference, 10 if firm else None)
    return one._replace(entry=one.entry._replace(candidature=candidature(f"{{reference: {reference}, {changes}}}")))


def _both(versions: Sequence[Scored]) -> tuple[list[Scored], list[SetAside]]:
    found = counting_versions(versions, [], policy())
    known = identified([one.entry for one in versions], policy())
    assert counting_versions(versions, [], policy(), known) == found
    return found.kept, found.aside


def refusal(one: Scored) -> SetAside:
    said = (Message("condition non remplie"),)
    return SetAside(Status.INELIGIBLE, said, one.entry.origin, one.entry.reference, one.entry, one)


def kept_and_replaced(*versions: Scored) -> tuple[list[str], list[str]]:
    kept, replaced = _both(versions)
    return [one.entry.reference for one in kept], [plain(f"{one.reference} {one.reasons[0]}") for one in replaced]


SAME = "porteur: {nom: Commune d'Essai, siren: '732829320'}"


def test_the_last_version_of_a_project_counts() -> None:
    versions = [version("A", f"{SAME}, depose_le: 2022-01-01"), version("B", f"{SAME}, depose_le: 2022-02-01")]
    expected = (["B"], ["A remplacée par B, déposée le 1er février 2022"])
    assert kept_and_replaced(*versions) == kept_and_replaced(*reversed(versions)) == expected


def test_a_day_without_an_hour_is_before_every_instant() -> None:
    hour = version("A", f"{SAME}, depose_le: '2022-01-01T00:00:01+00:00'")
    assert instant_of(hour) == 1640995201
    assert instant_of(version("B", f"{SAME}, depose_le: 2022-01-02")) < instant_of(hour)


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


def test_an_older_version_is_replaced_whatever_it_lacked_and_all_that_was_read_of_it_is_kept() -> None:
    older = version("A", f"{SAME}, depose_le: 2022-01-01", firm=False)
    newer = version("B", f"{SAME}, depose_le: 2022-02-01")
    found = counting_versions([older, newer], [], policy())
    (aside,) = found.aside
    assert plain(aside.reasons[0]) == "remplacée par B, déposée le 1er février 2022"
    assert (aside.origin, aside.entry, aside.scored) == (older.entry.origin, older.entry, older)
    assert aside.counting == (newer.entry,)
    assert found.contenders == [Contenders([older, newer], None)]


def test_a_refused_version_that_may_be_completed_may_yet_leave_no_other() -> None:
    first, second = (
        version("A", f"{SAME}, depose_le: 2022-01-01"),
        version("B", f"{SAME}, depose_le: 2022-02-01", firm=False),
    )
    found = counting_versions([first], [refusal(second)], policy())
    assert found.contenders == [Contenders([first], second.entry)]
    later = version("C", f"{SAME}, depose_le: 2022-03-01")
    assert counting_versions([later], [refusal(second)], policy()).contenders == [Contenders([later], None)]
    assert counting_versions([], [refusal(second)], policy()).contenders == [Contenders([], None)]
    assert counting_versions([first], [], policy()).contenders == [Contenders([first], None)]


def test_a_complete_version_that_is_refused_leaves_those_that_it_follows_no_chance() -> None:
    first, second = (version(name, f"{SAME}, depose_le: 2022-0{month}-01") for name, month in (("A", 1), ("B", 2)))
    third = version("C", f"{SAME}, depose_le: 2022-03-01", firm=False)
    assert counting_versions([first, third], [refusal(second)], policy()).contenders == [Contenders([third], None)]


def test_on_one_day_the_hour_counts() -> None:
    morning = version("B", f"{SAME}, depose_le: '2022-02-01T08:00:00+01:00'")
    evening = version("A", f"{SAME}, depose_le: '2022-02-01T20:00:00+01:00'")
    assert kept_and_replaced(morning, evening) == (
        ["A"],
        ["B remplacée par A, déposée le 1er février 2022 à 20 h 00 min 00 s"],
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2022-02-01", "2022-02-01"),
        ("2022-02-01", "'2022-02-01T20:00:00+01:00'"),
        ("'2022-02-01T20:00:00+01:00'", "'2022-02-01T19:00:00Z'"),
    ],
    ids=["two days", "a day and an hour", "the same instant"],
)
def test_where_the_order_is_unknown_every_last_version_is_held(first: str, second: str) -> None:
    older = version("Z", f"{SAME}, depose_le: 2022-01-31")
    twins = [version("A-9", f"{SAME}, depose_le: {first}"), version("A-10", f"{SAME}, depose_le: {second}")]
    kept, replaced = _both([older, *twins])
    said = (
        "version à départager : A-10 et A-9 sont du même jour (1er février 2022), "
        "et rien ne dit laquelle est la dernière"
    )
    assert [(one.entry.reference, [*map(str, one.pending)], one.is_firm) for one in kept] == [
        ("A-9", [said], False),
        ("A-10", [said], False),
    ]
    assert [[other.reference for other in one.unordered] for one in kept] == [["A-10"], ["A-9"]]
    assert [str(one.reasons[0]) for one in replaced] == ["remplacée par A-10 ou A-9, déposées le 1er février 2022"]
    assert [each.reference for each in replaced[0].counting] == ["A-10", "A-9"]


def test_a_complete_version_counts_before_another_of_the_same_day_that_is_not() -> None:
    twins = [version("A", SAME), version("B", SAME, firm=False)]
    assert kept_and_replaced(*twins)[0] == ["A"]


def test_a_complete_version_that_is_refused_counts_and_replaces_the_one_before() -> None:
    first, second = version("A", f"{SAME}, depose_le: 2022-06-10"), version("B", f"{SAME}, depose_le: 2022-06-12")
    third = version("C", f"{SAME}, depose_le: 2022-06-13", firm=False)
    found = counting_versions([first, third], [refusal(second)], policy())
    assert (found.kept, [each.status for each in found.aside]) == (
        [],
        [Status.REPLACED, Status.REPLACED, Status.INELIGIBLE],
    )
    assert [str(each.reasons[0]) for each in found.aside] == [
        "remplacée par B, déposée le 12 juin 2022, inéligible",
        "incomplète : c'est la version complète B, déposée le 12 juin 2022, inéligible, qui compte",
        "condition non remplie",
    ]
    assert [[one.entry.reference for one in group.eligible] for group in found.contenders] == [["C"]]
    assert found.aside[2].scored is None


def test_a_version_refused_for_want_of_an_answer_replaces_no_complete_one() -> None:
    first = version("A", f"{SAME}, depose_le: 2022-06-10")
    second = version("B", f"{SAME}, depose_le: 2022-06-12", firm=False)
    found = counting_versions([first], [refusal(second)], policy())
    assert [one.entry.reference for one in found.kept] == ["A"]
    assert [(each.reference, each.status) for each in found.aside] == [("B", Status.REPLACED)]


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
    kept, replaced = _both([version("A", one), version("B", f"{other}, depose_le: 2022-09-02")])
    assert (len(kept), len(replaced)) == (projects, 2 - projects)
    assert all(aside.status is Status.REPLACED for aside in replaced)


A = f"{SAME}, complements: {{projet: A}}"
PROJECTS = "facts: [{name: projet, type: text, label: Projet}]\n"


@pytest.mark.parametrize(
    ("identified_by", "one", "other", "projects"),
    [
        ("[porteur]", SAME, f"{SAME}, implantation: {{communes: [{{code_insee: '09002'}}]}}", 1),
        ("[implantation.code_insee]", "porteur: {nom: Foix}", "porteur: {nom: Pays de Foix}", 1),
        ("[reference]", SAME, SAME, 2),
        (
            "[porteur, complements.projet]",
            A,
            A.replace("A}", "a}"),
            1,
        ),
        (
            "[porteur, complements.projet]",
            A,
            A.replace("A}", "B}"),
            2,
        ),
        ("[porteur, complements.projet]", A, SAME, 2),
        ("[porteur, complements.projet]", SAME, SAME, 2),
    ],
)
def test_what_identifies_a_candidature_is_policy(identified_by: str, one: str, other: str, projects: int) -> None:
    two = [version("A", one), version("B", f"{other}, depose_le: 2022-09-02")]
    rules = policy(f"{PROJECTS}versions: {{identified_by: {identified_by}}}")
    assert len(counting_versions(two, [], rules).kept) == projects


def test_an_applicant_that_the_policy_does_not_read_identifies_nothing() -> None:
    rules = policy(f"{PROJECTS}versions: {{identified_by: [complements.projet]}}")
    assert identities_of([version("A", A).entry], rules) == [Identity("", "", ("a",))]


def test_what_identifies_candidatures_may_be_read_with_each_of_them() -> None:
    first, second = version("A", SAME).entry, version("B", A).entry
    identify = identifier(policy())
    assert identify is not None
    every = identified([first, second], policy())
    assert every == {id(first): identify(first), id(second): identify(second)}
    assert identified([first, second], policy(), every) is every
    assert identified([first, second], policy(), {id(second): identify(second)}) == every


def test_where_no_candidature_replaces_another_nothing_identifies_them() -> None:
    rules = policy("versions: {identified_by: [reference]}")
    assert identifier(rules) is None
    assert identified([version("A", SAME).entry], rules) == {}


def refused_at(key: str, one: Scored) -> Scored:
    """Refuse an answer of a candidature; what stands in the place of the code of a commune is no code."""
    finding = Finding("unknown-value", Severity.ERROR, Message("réponse refusée"), Location("dossier.yaml"))
    place = one.entry.candidature.place
    if key.startswith("implantation.communes"):
        communes = tuple(each.model_copy(update={"code_insee": UNREAD}) for each in place.communes)
        place = place.model_copy(update={"communes": communes})
    read = one.entry.candidature.model_copy(update={"place": place})
    return one._replace(entry=one.entry._replace(candidature=read, refused=(Refusal(key, finding),)))


@pytest.mark.parametrize("key", ["porteur.nom", "implantation.communes.code_insee"])
def test_a_candidature_whose_identity_is_refused_is_a_version_of_no_other(key: str) -> None:
    sure, *doubtful = version("A", SAME), refused_at(key, version("B", SAME)), refused_at(key, version("C", SAME))
    assert identities_of([one.entry for one in (sure, doubtful[0])], policy()) == [
        Identity("commune d'essai", "732829320", ("09001",)),
        Identity("commune d'essai", "732829320", None),
    ]
    assert len(counting_versions([sure, *doubtful], [], policy()).kept) == 3


def test_a_refusal_of_what_identifies_nothing_leaves_a_version_where_it_is() -> None:
    two = [version("A", SAME), refused_at("locaux.bureaux", version("B", f"{SAME}, depose_le: 2022-09-02"))]
    assert len(counting_versions(two, [], policy()).kept) == 1


JURY = """
computed:
  - {name: moyenne, label: Moyenne, rule: {kind: judgement, on: projet, highest: 50}}
  - {name: mixte, label: Mixte, sum_of: [calculs.moyenne, locaux.bureaux]}
criteria:
  - {id: projet, label: Projet, weight: 50, rule: {kind: judgement, on: projet, highest: 50}}
  - {id: mixte, label: Mixte, weight: 50, rule: {kind: per_unit, fact: calculs.mixte, points: 1, at_most: 50}}
"""
GIVEN: dict[str, Value] = {"avis.projet": Opinions((Fraction(20),)), "locaux.bureaux": 3}


@pytest.mark.parametrize(
    ("missing", "complete"),
    [
        ([], True),
        (["avis.projet"], True),
        (["locaux.bureaux"], False),
        (["avis.projet", "locaux.bureaux"], False),
    ],
)
def test_complete_speaks_of_what_the_applicant_owes(missing: list[str], complete: bool) -> None:
    rules = policy(JURY)
    values = {**GIVEN, **dict.fromkeys(["calculs.moyenne", "calculs.mixte", *missing], MISSING)}
    add_computed(rules, values)
    one = version("A", SAME)._replace(card=score(rules, values))
    assert (is_complete(one, rules), one.is_firm) == (complete, not missing)


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("2022-01-01", "2022-01-02", True),
        ("2022-01-02", "2022-01-01", False),
        ("2022-01-01", "2022-01-01", False),
        ("'2022-01-01T09:00+01:00'", "'2022-01-01T10:00+01:00'", True),
        ("'2022-01-01T10:00+01:00'", "'2022-01-01T09:00+01:00'", False),
        ("'2022-01-01T09:00+01:00'", "'2022-01-01T09:00+01:00'", False),
        ("2022-01-01", "'2022-01-01T10:00+01:00'", False),
        ("'2022-01-01T09:00+01:00'", "2022-01-01", False),
        ("'2022-01-02T09:00+01:00'", "'2022-01-01T10:00+01:00'", False),
        ("'2022-01-01T10:00+01:00'", "'2022-01-02T09:00+01:00'", True),
    ],
)
def test_a_day_without_an_hour_tells_nothing_of_that_day(first: str, second: str, *, before: bool) -> None:
    one, other = version("A", f"depose_le: {first}"), version("B", f"depose_le: {second}")
    assert is_before(one, other) is before


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_version_without_a_siren_is_of_the_only_one_that_bears_its_name(order: tuple[int, int]) -> None:
    versions = [Identity("essai", "", ()), Identity("essai", "990000002", ())]
    register = Register([versions[place] for place in order])
    assert {register.key(each) for each in versions} == {("990000002", ())}


def test_only_a_version_without_a_siren_may_come_from_any_of_several_that_bear_its_name() -> None:
    one, other, silent = (Identity("essai", siren, ()) for siren in ("732829320", "990000002", ""))
    assert [Register([one, other, silent]).is_doubtful(each) for each in (one, other, silent)] == [False, False, True]
    assert not Register([one, silent]).is_doubtful(silent)
