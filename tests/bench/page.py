"""How long the page takes to write beside JSON, and to open, filter and try in a browser, beside a plain sort.

In a browser, the work of the page's main thread; the first search and the first trial, which prepare what
the next ones use, are left out.
"""

from __future__ import annotations

import importlib.util
import statistics
import tempfile
from functools import partial
from pathlib import Path

from .generate import write_policy, write_yaml
from .table import Row, milliseconds, number
from .timing import AMI, Job, medians

PART = "Page"
POLICY = Path(__file__).parents[2] / "criteria.yaml"
FILES = 100
LISTED = 150
"""Candidatures of a whole call, of which the page is to be small enough for a telephone."""
FILTERED = """
const field = document.getElementById("cherche");
field.value = arguments[0];
field.dispatchEvent(new Event("input"));
return document.body.offsetHeight;
"""
TRIED = """
state.settings.weights.set("zonage", exact(arguments[0]));
tryAgain();
return document.body.offsetHeight;
"""
PLAIN = """
const found = JSON.parse(document.getElementById("donnees").textContent).ranked;
const rows = found.map((row) => ({ name: row.r, total: Number(row.T) }));
return rows.sort((a, b) => b.total - a.total).length;
"""


def measure(times: int) -> list[Row]:
    """Write the page of 100 candidatures and of one per commune; look at the second in a browser where there is one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_policy(folder, POLICY)
        write_yaml(folder / "cent", FILES)
        jobs = {kind: Job((AMI, "score", "cent", "-q", "-o", f"cent.{kind}")) for kind in ("html", "json")}
        found = medians(jobs, folder, times)
        write_yaml(folder / "appel", LISTED)
        call = medians({"page": Job((AMI, "score", "appel", "-q", "-o", "appel.html"))}, folder, 1)["page"]
        count = write_yaml(folder / "communes")
        whole = medians({"page": Job((AMI, "score", "communes", "-q", "-o", "communes.html"))}, folder, 1)["page"]
        page, plain = found["html"].seconds, found["json"].seconds
        size = (folder / "communes.html").stat().st_size / 1e6
        return [
            Row(
                PART,
                f"lire {FILES} candidatures et écrire leur page",
                milliseconds(page),
                f"en JSON : {milliseconds(plain)}",
                page / plain,
                "≤ 1,5 ×",
            ),
            Row(
                PART,
                f"taille de la page de {LISTED} candidatures",
                f"{number((folder / 'appel.html').stat().st_size / 1e6, 2)} Mo",
                f"lire et écrire : {milliseconds(call.seconds)}",
                target="≤ 1,2 Mo",
            ),
            Row(
                PART,
                f"lire {count} candidatures et écrire leur page",
                milliseconds(whole.seconds),
                f"{number(size, 1)} Mo ; mémoire : {number(whole.megabytes)} Mo",
            ),
            *_in_a_browser(folder / "communes.html", count, times),
        ]


def _in_a_browser(path: Path, count: int, times: int) -> list[Row]:
    if importlib.util.find_spec("selenium") is None:
        return []
    from tests.reports.page.browser import CHROMIUM, DRIVER, browsing  # noqa: PLC0415 - only where there is a browser

    if CHROMIUM is None or DRIVER is None:
        return [Row(PART, "ouvrir, filtrer, essayer", "pas mesuré", "ni chromium ni chromedriver ici")]
    opened, filtered, tried, plain = [], [], [], []
    with tempfile.TemporaryDirectory() as profile, browsing(Path(profile)) as browser:
        for place in range(times):
            browser.run("location.href = 'about:blank'")
            opened.append(browser.busy(lambda: browser.open(path)))
            plain.append(browser.busy(lambda: browser.run(PLAIN)))
            browser.run(FILTERED, "premier")
            filtered.append(browser.busy(lambda: browser.run(FILTERED, "essai 12")))
            browser.run(FILTERED, "")
            weights = [f"{12 + place}.5", f"{13 + place}.5"]
            browser.run(TRIED, weights[0])
            tried.append(browser.busy(partial(browser.run, TRIED, weights[1])))
    beside = f"relire le JSON et trier : {milliseconds(statistics.median(plain))}"
    figures = [
        ("ouvrir", opened, "< 1 000 ms"),
        ("filtrer", filtered, "< 50 ms"),
        ("essayer un poids", tried, "< 100 ms"),
    ]
    return [
        Row(PART, f"{what}, {count} candidatures", milliseconds(statistics.median(taken)), beside, target=target)
        for what, taken, target in figures
    ]
