"""What people do with the page: read, sort, search, open, try, send, print; with a keyboard, and with any eyes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from selenium.webdriver.common.keys import Keys

from ami_scoring import evaluate
from ami_scoring.cli.app import run
from ami_scoring.reports.explanation import explanation, find

from .browser import AXE, Browser, needs_browser

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "samples" / "candidatures"
TRIAL = "#?w.zonage=12&places=10&minimum=40"
pytestmark = needs_browser
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="run: npm ci --prefix tests/reports/page")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the page of the samples, whole or to be published; that of one wave where a small one says as much."""
    folder, written = tmp_path_factory.mktemp("pages"), dict[str, Path]()

    def writing(public: str = "", part: str = "") -> Path:
        name = f"page-{public}-{part}.html"
        if name not in written:
            written[name] = folder / name
            options = ["--public", public] if public else []
            arguments = ["score", str(SAMPLES / part), "-c", str(ROOT / "criteria.yaml"), "-q", *options]
            assert run([*arguments, "-o", str(written[name])]) == 1  # some samples are unreadable on purpose
        return written[name]

    return writing


def references(browser: Browser) -> list[str]:
    """Give the candidatures in the order of the list."""
    return list(browser.run("return [...document.querySelectorAll('#liste th a')].map((each) => each.textContent)"))


def type_in(browser: Browser, selector: str, text: str) -> None:
    """Replace what a field holds."""
    field = browser.driver.find_element("css selector", selector)
    field.clear()
    field.send_keys(text)


def test_the_list_is_that_of_the_engine_and_the_console_is_silent(pages: Callable[..., Path], browser: Browser) -> None:
    evaluation = evaluate([SAMPLES], ROOT / "criteria.yaml")
    assert browser.complaints is not None
    browser.open(pages())
    assert references(browser) == [one.entry.reference for one in evaluation.standings]
    statuses = browser.run(
        "return [...document.querySelectorAll('#liste .statut')].map((e) => e.firstChild.nextSibling.data)"
    )
    assert statuses == [one.status.value for one in evaluation.standings]
    assert browser.complaints == []


def test_the_trial_of_nothing_is_the_evaluated_result_but_for_versions_that_are_not_here(
    pages: Callable[..., Path], browser: Browser
) -> None:
    browser.open(pages())
    same = browser.run(
        "const { placed } = tried(data, evaluated(policy));"
        "return placed.every((one, i) => one.row === data.ranked[i] && one.rank === one.row.k && one.best >= one.row.b"
        " && one.worst <= one.row.h && one.status === one.row.s && one.tied === !!one.row.e)"
    )
    assert same is True


def test_a_candidature_opens_at_its_address_into_its_whole_explanation(
    pages: Callable[..., Path], browser: Browser
) -> None:
    evaluation = evaluate([SAMPLES], ROOT / "criteria.yaml")
    browser.open(pages(), "#AMI-V4-11")
    assert browser.run("return document.activeElement.id") == "titre-dossier"
    shown = browser.text("#dossier-corps")
    told = explanation(evaluation, find(evaluation, "AMI-V4-11"), {}, width=10_000)
    lines = [line.strip(" █▒░") for line in told.splitlines()[5:-2]]
    assert len(lines) > 80
    assert [line for line in lines if _without_places(line) not in _without_places(shown)] == []
    assert "(ligne 11)" in shown.replace("\u00a0", " ")


def _without_places(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r" \(lignes?[^)]*\)", "", text))


def test_lines_are_sorted_searched_and_filtered(pages: Callable[..., Path], browser: Browser) -> None:
    browser.open(pages())
    browser.driver.find_element("css selector", "th[data-tri=department] button").click()
    departments = browser.run(
        "return [...document.querySelectorAll('#liste tr')].map((e) => e.children[3].textContent)"
    )
    assert departments == sorted(departments)
    type_in(browser, "#cherche", "SAINT flor")
    assert references(browser) == ["AMI-V3-02"]
    assert browser.text("#compte") == "Candidatures montrées : 1 sur 41."
    type_in(browser, "#cherche", "")
    browser.run("const e = document.getElementById('statut'); e.value = 'réserve'; e.dispatchEvent(new Event('input'))")
    assert len(references(browser)) == 6


def test_a_trial_shows_the_evaluated_result_beside_and_can_be_sent(
    pages: Callable[..., Path], browser: Browser
) -> None:
    browser.open(pages())
    browser.run("document.getElementById('essai').open = true")
    type_in(browser, "input[name='w.zonage']:not([type=range])", "12")
    type_in(browser, "input[name=places]:not([type=range])", "10")
    assert browser.text("#bandeau").startswith("ESSAI")
    assert "rang 1 · retenue · 93,00" in browser.text("#liste tr:first-child .avant")
    assert browser.run("return document.getElementById('adresse').getAttribute('href')") == "#?w.zonage=12&places=10"
    shown = references(browser)
    browser.open(pages(), "#?w.zonage=12&places=10")
    assert references(browser) == shown
    browser.driver.find_element("css selector", "#revenir").click()
    assert browser.text("#bandeau").startswith("Résultat évalué")


def test_what_is_not_a_number_is_said_and_changes_nothing(pages: Callable[..., Path], browser: Browser) -> None:
    browser.open(pages())
    browser.run("document.getElementById('essai').open = true")
    type_in(browser, "input[name=places]:not([type=range])", "douze")
    assert "Un nombre est attendu" in browser.text("#refus")
    assert browser.text("#bandeau").startswith("Résultat évalué")


def test_the_lines_of_a_trial_make_a_policy_that_gives_the_same(
    pages: Callable[..., Path], browser: Browser, tmp_path: Path
) -> None:
    """Written into the policy, as a person would, and read again by the engine."""
    browser.open(pages(), "#?w.zonage=12&w.locaux.calendrier=1/3&places=10&minimum=41,5&reserve=2")
    lines = yaml.safe_load(browser.run("return document.getElementById('lignes').textContent"))
    policy = yaml.load((ROOT / "criteria.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    _merge(policy, lines)
    for wave in policy["waves"]:
        wave["zoning"] = str(ROOT / wave["zoning"])
    for criterion in policy["criteria"]:
        _without_examples(criterion)
    policy.pop("examples", None)
    path = tmp_path / "criteria.yaml"
    path.write_text(yaml.safe_dump(policy, allow_unicode=True), encoding="utf-8")
    found = evaluate([SAMPLES], path)
    assert references(browser) == [one.entry.reference for one in found.standings]
    ranks = browser.run("return state.lines.map((line) => [line.rank, data.statuses[line.status]])")
    assert ranks == [[one.rank, one.status.value] for one in found.standings]


def _merge(old: dict[str, object], new: dict[str, object]) -> None:
    for key, value in new.items():
        before = old.get(key)
        if isinstance(value, list) and isinstance(before, list):
            for item in value:
                _merge(next(each for each in before if each["id"] == item["id"]), item)
        elif isinstance(value, dict) and isinstance(before, dict):
            _merge(before, value)
        else:
            old[key] = str(value)


def _without_examples(criterion: dict[str, object]) -> None:
    criterion.pop("examples", None)
    for child in criterion.get("criteria") or ():  # type: ignore[attr-defined]
        _without_examples(child)


def test_every_action_is_reached_with_the_keyboard(pages: Callable[..., Path], browser: Browser) -> None:
    browser.open(pages(part="vague-4"))
    browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    wanted = browser.run(
        "window.reached = new Set(); addEventListener('focusin', (event) => reached.add(event.target));"
        "return [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]"
        ".filter((each) => each.getClientRects().length).length"
    )
    page = browser.driver.switch_to
    page.active_element.send_keys(Keys.TAB * (wanted + 5))
    assert browser.run("return reached.size") >= wanted
    browser.run("document.querySelector('#liste a').focus()")
    page.active_element.send_keys(Keys.ENTER)
    assert browser.run("return document.body.className").split().count("ouvert") == 1
    page.active_element.send_keys(Keys.ESCAPE)
    assert browser.run("return document.activeElement.textContent") == "AMI-V4-05"


@needs_axe
@pytest.mark.parametrize(
    ("public", "hash_", "script", "width", "scheme", "media"),
    [
        ("", "", "", 360, "dark", ""),
        ("", "", "document.querySelectorAll('details').forEach((each) => { each.open = true })", 1920, "light", ""),
        ("", "#AMI-V4-11", "", 1280, "light", ""),
        ("", TRIAL, "", 1280, "dark", ""),
        ("", "", "", 1280, "light", "print"),
        ("classement", "", "", 1280, "light", ""),
    ],
    ids=["list", "unfolded", "opened", "trial", "print", "public"],
)
def test_no_rule_of_accessibility_is_broken(
    public: str,
    hash_: str,
    script: str,
    width: int,
    scheme: str,
    media: str,
    pages: Callable[..., Path],
    browser: Browser,
) -> None:
    browser.size(width, 900)
    browser.likes(scheme, media)
    browser.open(pages(public, "vague-4"), hash_)
    browser.run(script)
    found = browser.violations()
    browser.likes("light")
    browser.size(1280, 900)
    assert found == []


@needs_axe
def test_the_rules_of_accessibility_are_really_asked(pages: Callable[..., Path], browser: Browser) -> None:
    browser.open(pages(part="vague-4"))
    browser.run("document.querySelector('h1').innerHTML += '<img src=\"data:,\">'; document.documentElement.lang = ''")
    found = browser.violations()
    assert {"html-has-lang", "image-alt"} <= {each.split(":")[0] for each in found}


@needs_axe
def test_the_types_of_the_script_hold() -> None:
    compiler = AXE.parents[1] / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        ["node", str(compiler), "-p", str(Path(__file__).parent)],  # noqa: S607 - wherever it is installed
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout == ""
