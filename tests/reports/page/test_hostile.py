"""Names and texts that would be markup, scripts or tricks show as text, and the page's own policy refuses the rest."""

from __future__ import annotations

from pathlib import Path

from tests.reports.workbook import pools

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.reports.page import page

from .browser import Browser, needs_browser

ROOT = Path(__file__).parents[3]
NAMES = (
    "<script>document.title='pris'</script>",
    "</script><script>document.title='pris'</script>",
    "<!-- <script>",
    "<img src=x onerror=\"document.title='pris'\">",
    "\"'&lt;b&gt;",
    "{{ 7 * 7 }}{% raw %}",
    "a\u202egnihtyna\u2066\u200b",
    "mot\u2028suivant",
    "long " * 8_000,
)


def hostile() -> Evaluation:
    """Evaluate candidatures with such names, and each also as the name of its commune."""
    found = pools.pool(read_policy(ROOT / "criteria.yaml").criteria, len(NAMES) * 3, seed=8, missing=0)
    renamed = [
        one.scored._replace(
            entry=one.entry._replace(candidature=pools.candidature(one.entry.reference, name=name, commune=name))
        )
        for one, name in zip(found.standings, NAMES * 3, strict=False)
    ]
    return pools.evaluation_of(found.criteria, renamed)


def test_a_hostile_name_is_not_in_the_source_as_it_is() -> None:
    text = page(hostile(), lambda _: ())
    assert "document.title='pris'</script>" not in text
    assert 'onerror="' not in text
    assert not any(sign in text for sign in "\u202e\u2066\u200b\u2028")
    assert text.count("</script>") == 2


@needs_browser
def test_hostile_names_show_as_text(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(page(hostile(), lambda _: ()), encoding="utf-8")
    assert browser.complaints is not None
    browser.open(path)
    assert browser.run("return document.title") == "AMI « Ma santé, Ma Région »".replace("« ", "«\u00a0").replace(
        " »", "\u00a0»"
    )
    shown = browser.run("return [...document.querySelectorAll('#liste .porteur')].map((each) => each.textContent)")
    assert {NAMES[0], NAMES[1], NAMES[3], NAMES[4], NAMES[5]} <= set(shown)
    assert max(map(len, shown)) == 300
    assert browser.complaints == []


@needs_browser
def test_the_policy_of_the_page_refuses_what_is_not_its_own(browser: Browser, tmp_path: Path) -> None:
    """Even markup that came in by a fault of ours would run nothing, and ask nothing of the network."""
    path = tmp_path / "page.html"
    path.write_text(page(hostile(), lambda _: ()), encoding="utf-8")
    browser.open(path)
    browser.run(
        "const made = document.createElement('script'); made.textContent = \"document.title = 'pris'\";"
        "document.body.append(made);"
        "document.body.insertAdjacentHTML('beforeend', \"<p style='color:red' id='style-essai'>essai</p>\")"
    )
    assert browser.run("return document.title") != "pris"
    assert browser.run("return getComputedStyle(document.getElementById('style-essai')).color") != "rgb(255, 0, 0)"
    refusals = browser.complaints
    assert len(refusals) >= 2
    assert all("Content Security Policy" in each for each in refusals)
