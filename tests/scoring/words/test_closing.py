"""How a report closes."""

from __future__ import annotations

import pytest
from tests.scoring.building import ORIGIN, plain, policy, scored

from ami_scoring.domain.scores import Cut, Evaluation, Provenance, SetAside, Standing, Status
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
        "1 place attribuée, dont 0 acquise.",
        "Critères : Appel, édition E1. Zonage : 2018, 2022.",
        "Hypothèses de travail.",
    ]


def test_one_candidature_is_counted_in_the_singular() -> None:
    assert closing([Status.UNREADABLE], DONE) == [
        "1 candidature lue : 1 illisible.",
        "1 place attribuée, dont 0 acquise.",
        "1 fichier illisible peut tenir une candidature : chaque rang possible descend d'une place.",
        "Critères : Appel, édition E1.",
    ]


@pytest.mark.parametrize(("left", "said"), [(1, "1 place reste à attribuer"), (2, "2 places restent à attribuer")])
def test_a_contested_cut_is_told_at_the_end(left: int, said: str) -> None:
    told = closing([Status.RESERVE] * 3, Cut(2, 0, 0, None, None, ("A", "B", "C"), left, at_stake=left))
    assert said in told[2]
    assert "A, B et C" in told[1]
