"""The Markdown page of a ranking: what it says, and what no text of a file does in it."""

from __future__ import annotations

from hashlib import sha256
from html import escape
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from ami_scoring import Evaluation, __version__, evaluate
from ami_scoring.reports import tables
from ami_scoring.scoring.words import depends_on
from ami_scoring.scoring.words.closing import closing_sentences
from ami_scoring.scoring.words.reasons import standing_reasons

from .small_call import CRITERIA, FOUR, Call, candidature, zoned

TWO_PLACES = CRITERIA.replace("places: 1", "places: 2")
PAGE = """\
# Appel d'essai

Comité

{closing}

## Classement

| Rang | Rang possible | Référence | Porteur     | Commune | Département | Zone | Zonage / 30 | Bureaux / 20 | Total / 50 | Statut              |
| ---: | ------------: | --------- | ----------- | ------- | ----------- | ---- | ----------: | -----------: | ---------: | ------------------- |
|    1 |             1 | A-1       | Commune A-1 | Essai   | 09          | ZIP  |       30,00 |        13,33 |      43,33 | retenue, acquise    |
|    2 |         2 à 3 | A-2       | Commune A-2 | Essai   | 09          | ZAC  |       18,00 |         6,67 |      24,67 | retenue, provisoire |

**Sélection.** Places : 2 ; attribuées : 2 ; dernier total retenu : 24,67 ; total minimal : 10,00.

## Places provisoires

- **A-2** (Commune A-2, Essai) : {need}

## À compléter

- **A-3** (Commune A-3, Essai) : rang possible 1 à 3, total possible 13,33 à 43,33 ; {missing}

## Écartées

- **A-4** (Clinique, Essai) : inéligible ; condition non remplie : Le porteur est une commune

## Provenance

- ami-scoring {version}
- critères, édition 2026 : criteria.yaml `{criteria}`
- zonage, édition avril 2022 : z.csv `{zoning}`

<details>
<summary>SHA-256 des fichiers de candidatures</summary>

- dossiers/A-1.json `{a1}`
- dossiers/A-2.json `{a2}`
- dossiers/A-3.json `{a3}`
- dossiers/A-4.json `{a4}`

</details>
"""  # noqa: E501 - a table is as wide as it is


def test_a_markdown_page_says_the_ranking_the_cut_what_is_aside_and_where_all_of_it_comes_from(call: Call) -> None:
    evaluation = call(*FOUR, criteria=TWO_PLACES)
    held = evaluation.standings[2]
    files = {"criteria": "criteria.yaml", "zoning": "z.csv", **{f"a{n}": f"dossiers/A-{n}.json" for n in (1, 2, 3, 4)}}
    assert tables.markdown(evaluation) == PAGE.format(
        closing="\n\n".join(str(sentence) for sentence in closing_sentences(evaluation)),
        missing="; ".join(str(reason) for reason in standing_reasons(held, evaluation.criteria)),
        need="; ".join(str(need) for need in depends_on(evaluation.standings[1])),
        version=__version__,
        **{name: sha256(Path(path).read_bytes()).hexdigest() for name, path in files.items()},
    )


def test_a_markdown_page_says_what_top_leaves_out(four: Evaluation) -> None:
    text = tables.markdown(four, top=1)
    assert "| A-2 " not in text
    assert "Ne sont montrés que les rangs 1 à 1 : 1 sur 2 candidatures classées." in text
    assert "**A-3**" in text
    assert "**A-4**" in text


SECOND_WAVE = "zoning: z.csv}, {id: v2, label: Vague 2, closes: 2022-02-28, zoning: z.csv}]"
TWO_WAVES = CRITERIA.replace("zoning: z.csv}]", SECOND_WAVE)


def test_a_markdown_page_names_the_only_wave_or_each_one(call: Call) -> None:
    late = candidature("A-2", depose_le="2022-01-15")
    every = tables.markdown(call(candidature("A-1"), late, criteria=TWO_WAVES))
    assert "| A-2       | Commune A-2 | Essai   | 09          | Vague 2 |" in every
    only = tables.markdown(evaluate([Path("dossiers")], Path("criteria.yaml"), wave="v1"))
    assert "\nComité — Vague 1, close le 30 novembre 2021\n" in only
    assert "| Vague " not in only


def test_a_markdown_page_gives_no_range_where_only_a_condition_waits(call: Call) -> None:
    text = tables.markdown(call(candidature("A-1", porteur={"nom": "Essai"})))
    assert "- **A-1** (Essai, Essai) : rang possible 1, total possible 43,33 ; condition à vérifier : " in text


def test_a_markdown_page_says_what_is_left_to_decide_and_who_waits(call: Call) -> None:
    reserve = CRITERIA.replace("places: 1", "places: 3, reserve: 2")
    assert (
        "**Sélection.** Places : 3 ; attribuées : 1 ; dernier total retenu : 43,33 ; total minimal : 10,00 ; "
        "places restantes : 2 ; liste de réserve : 2." in tables.markdown(call(candidature("A-1"), criteria=reserve))
    )


def test_where_every_candidature_that_passes_has_a_place_there_is_no_last_one(call: Call) -> None:
    text = tables.markdown(call(*FOUR, criteria=CRITERIA.replace("places: 1", "places: all")))
    assert "**Sélection.** Places : toutes celles qui passent ; attribuées : 2 ; total minimal : 10,00." in text


def html(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


@pytest.mark.parametrize(
    "written",
    [
        "Essai | 99 | retenue",
        r"Essai \| 99",
        "<b>gras</b>",
        "<img src=x>",
        "[cliquez](https://exemple.invalid)",
        "![image](https://exemple.invalid/a.png)",
        "<https://exemple.invalid>",
        "**gras** _italique_ ~~barré~~ `code`",
        "&lt;b&gt; &amp;",
        "# Titre",
        "- puce",
        "1. numéro",
        "> citation",
        "```",
        "$x$ #1 \\",
        "</details>",
    ],
)
def test_no_text_of_a_file_acts_as_markup(call: Call, written: str) -> None:
    named = {"nom": written, "type": "commune"}
    ranked = candidature("A-1", porteur=named)
    held = candidature("A-2", porteur=named, implantation=zoned("09003"))
    refused = candidature("A-3", porteur=named | {"type": "autre"}, implantation=zoned("09002"))
    evaluation = call(ranked, held, refused)
    page = html(tables.markdown(evaluation))
    plain = html(tables.markdown(call(ranked | {"porteur": {"nom": "Essai", "type": "commune"}}, held, held)))
    text = escape(" ".join(written.split()))
    assert f"<td>{text}</td>" in page
    assert f"<strong>A-2</strong> ({text}, Essai)" in page
    assert f"<strong>A-3</strong> ({text}, Essai)" in page
    assert page.count("<td") == plain.count("<td")


@pytest.mark.parametrize("written", ["https://exemple.invalid", "www.exemple.invalid", "a@exemple.invalid", "@equipe"])
def test_no_bare_address_or_mention_survives_for_a_forge_to_link(call: Call, written: str) -> None:
    text = tables.markdown(call(candidature("A-1", porteur={"nom": f"Voir {written}", "type": "commune"})))
    assert written not in text


EXAMPLES = Path(__file__).parents[3] / "examples"


def example_page(name: str) -> str:
    folder = EXAMPLES / name
    marks = [path for path in [folder / "avis.yaml"] if path.exists()]
    page = tables.markdown(evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=marks))
    return page.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_page_shows_no_maximum_where_none_is_announced() -> None:
    head = next(line for line in example_page("creche-pessac").splitlines() if line.startswith("|"))
    assert "/ 0" not in head
    assert "| Famille |" in head


def test_a_page_names_the_files_of_opinions_apart() -> None:
    page = example_page("horizon-europe-etape-1")
    candidatures, opinions = page.split("SHA-256 des fichiers de candidatures")[1].split("SHA-256 des fichiers d'avis")
    assert "avis.yaml" not in candidatures
    assert "avis.yaml" in opinions


def test_a_page_shows_what_each_gets_of_a_budget() -> None:
    lines = example_page("agriculture-enveloppes").splitlines()
    head, first = (next(line for line in lines if word in line) for word in ("Porteur", "AGR-01"))
    place = [cell.strip() for cell in head.split("|")].index("Accordé (€)")
    assert first.split("|")[place].strip() == "20 000"
    assert any("Budget : 100 000 € accordés sur 100 000 €" in line for line in lines)
