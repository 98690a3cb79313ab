"""How a report closes."""

from __future__ import annotations

import pytest
from tests.scoring.building import ORIGIN, plain, policy, scored

from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.standings import Cut, Firmness, SetAside, Standing, Status
from ami_scoring.scoring.words import NEVER_DECIDES, floor_word, result_words, status_words
from ami_scoring.scoring.words.closing import closing_sentences


def closing(statuses: list[Status], cut: Cut, editions: tuple[str, ...] = (), notice: str = "") -> list[str]:
    call = f"call: {{title: Appel, edition: E1, authority: Comité{f', notice: {notice}' if notice else ''}}}"
    ranked = {Status.SELECTED, Status.RESERVE, Status.NOT_SELECTED, Status.TO_COMPLETE}
    standings = tuple(Standing(scored("A", 1), status, 1, 1, 1) for status in statuses if status in ranked)
    aside = tuple(SetAside(status, (), ORIGIN) for status in statuses if status not in ranked)
    provenance = Provenance("0", ORIGIN, tuple((ORIGIN, edition) for edition in editions), ())
    evaluation = Evaluation(policy(call), None, standings, aside, cut, (), provenance)
    return [plain(message) for message in closing_sentences(evaluation)]


DONE = Cut(2, 1, 0, None, None)


def test_a_report_ends_with_counts_editions_and_the_notice() -> None:
    statuses = [Status.SELECTED, Status.SELECTED, Status.RESERVE, Status.NOT_SELECTED, Status.LATE, Status.OTHER_WAVE]
    assert closing(statuses, DONE, ("2018", "2022"), "Hypothèses de travail.") == [
        "6 candidatures lues : 2 retenues, 1 en réserve, 1 non retenue, 1 hors délai, 1 d'une autre vague.",
        "1 place attribuée, provisoire.",
        "Critères : Appel, édition E1. Zonage : 2018, 2022.",
        "Hypothèses de travail.",
    ]


def test_one_candidature_is_counted_in_the_singular() -> None:
    assert closing([Status.UNREADABLE], DONE) == [
        "1 candidature lue : 1 illisible.",
        "1 fichier illisible peut tenir une candidature : chaque rang possible descend d'une place.",
        "Critères : Appel, édition E1.",
    ]


@pytest.mark.parametrize(("left", "said"), [(1, "1 place reste à attribuer"), (2, "2 places restent à attribuer")])
def test_a_contested_cut_is_told_at_the_end(left: int, said: str) -> None:
    told = closing([Status.RESERVE] * 3, Cut(2, 0, 0, None, None, ("A", "B", "C"), left, at_stake=left))
    assert told[1] == "aucune place attribuée sur 2."
    assert said in told[2]
    assert "A, B et C" in told[2]


@pytest.mark.parametrize(
    ("firm", "selected", "said"),
    [
        (0, 0, "aucune place attribuée sur 3"),
        (1, 1, "1 place attribuée sur 3, acquise"),
        (0, 2, "2 places attribuées sur 3, aucune acquise"),
        (1, 2, "2 places attribuées sur 3, dont 1 acquise"),
        (2, 3, "3 places attribuées, dont 2 acquises"),
        (3, 3, "3 places attribuées, toutes acquises"),
    ],
)
def test_places_and_those_that_are_firm_are_counted(firm: int, selected: int, said: str) -> None:
    given = [Firmness.FIRM] * firm + [Firmness.PROVISIONAL] * (selected - firm)
    one = Standing(scored("A", 1), Status.SELECTED, 1, 1, 1)
    standings = tuple(one._replace(firmness=firmness) for firmness in given)
    cut = Cut(3, selected, 0, None, None, places_left=3 - selected)
    evaluation = Evaluation(policy(), None, standings, (), cut, (), Provenance("0", ORIGIN, (), ()))
    assert [str(each) for each in result_words(evaluation)] == [said]


@pytest.mark.parametrize(
    ("at_stake", "said"),
    [
        (0, "le reste du budget à départager entre 2 ex æquo"),
        (1, "1 place à départager entre 2 ex æquo"),
        (2, "2 places à départager entre 2 ex æquo"),
    ],
)
def test_what_is_to_settle_is_told_with_the_result(at_stake: int, said: str) -> None:
    cut = Cut(3, 0, 0, None, None, ("A", "B"), 3, at_stake=at_stake, unsettled=("C",))
    evaluation = Evaluation(policy(), None, (), (), cut, (), Provenance("0", ORIGIN, (), ()))
    assert [str(each) for each in result_words(evaluation)][1:] == [said, "1 dossier peut encore changer la liste"]


def test_where_people_decide_of_every_place_open_files_move_ranks_alone() -> None:
    cut, read = Cut(None, 0, 0, None, None, unsettled=("A", "B")), Provenance("0", ORIGIN, (), ())
    evaluation = Evaluation(policy("selection: {decides_from: never}"), None, (), (), cut, (), read)
    assert [str(each) for each in result_words(evaluation)] == [
        NEVER_DECIDES,
        "2 dossiers peuvent encore changer les rangs",
    ]


@pytest.mark.parametrize(
    ("selection", "floor"),
    [
        ("minimum: 30", "un minimum"),
        ("minimum_mark: 20", "un minimum"),
        ("floors: [{label: F, when: {fact: zonage, is: ZIP}, at_least: 5}]", "un minimum"),
        ("thresholds: [{criterion: zonage, at_least: 5}]", "un seuil"),
        ("decides_from: 30", "un seuil"),
        ("minimum: 30, decides_from: 40", "un minimum ou un seuil"),
        ("reserve: 1", ""),
    ],
)
def test_what_a_place_may_fall_under_is_named(selection: str, floor: str) -> None:
    asked = policy(f"selection: {{places: 1, {selection}}}").selection
    assert floor_word(asked, deciding=True) == floor
    assert floor_word(policy("selection: {places: 1, decides_from: 30}").selection) == ""


def test_a_status_is_told_with_how_firm_it_is() -> None:
    one = Standing(scored("A", 1), Status.SELECTED, 1, 1, 1, firmness=Firmness.FIRM)
    out = one._replace(status=Status.NOT_SELECTED, firmness=Firmness.IMPOSSIBLE)
    assert [status_words(each) for each in (one, out)] == ["retenue, acquise", "non retenue"]
