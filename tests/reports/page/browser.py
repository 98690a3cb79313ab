"""A real browser, headless, with a folder of its own that is empty each time, and what pages are asked in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
IS_REQUIRED = os.environ.get("AMI_REQUIRE_CHROMIUM") == "1"  # noqa: TID251 - said by the CI
AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

needs_browser = pytest.mark.skipif(
    not IS_REQUIRED and (CHROMIUM is None or DRIVER is None), reason="chromium and chromedriver are not installed"
)


class Browser:
    """One browser, one page at a time."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        """Take a browser that runs."""
        self.driver = driver
        driver.execute_cdp_cmd("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        driver.execute_cdp_cmd("Performance.enable", {})

    def open(self, path: Path, hash_: str = "") -> None:
        """Open a page anew."""
        self.driver.get("about:blank")
        self.driver.get(path.as_uri() + hash_)
        # Of its first page, a browser that has just started may say too early that it is there.
        there = "return location.protocol === 'file:' && document.readyState === 'complete'"
        WebDriverWait(self.driver, 30).until(lambda driver: driver.execute_script(there))

    def run(self, script: str, *arguments: Any) -> Any:
        """Give what a script gives in the page."""
        return self.driver.execute_script(script, *arguments)

    def text(self, selector: str) -> str:
        """Give the text of an element as it is shown."""
        return str(self.run("return document.querySelector(arguments[0]).innerText", selector))

    def size(self, width: int, height: int) -> None:
        """Give the window a size."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )

    def likes(self, scheme: str, media: str = "") -> None:
        """Prefer light or dark, on a screen or on paper."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})

    def busy(self, action: Callable[[], object]) -> float:
        """Give the seconds that the page's main thread works for something; a page opened anew counts from nothing."""
        before = self._worked()
        action()
        after = self._worked()
        return after if after < before else after - before

    def _worked(self) -> float:
        found = self.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        return float(next(each["value"] for each in found if each["name"] == "TaskDuration"))

    @property
    def complaints(self) -> list[str]:
        """What the browser wrote in its console since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def violations(self) -> list[str]:
        """List what breaks a rule of accessibility, as axe-core finds it."""
        self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
        found = self.driver.execute_async_script(
            "const done = arguments[arguments.length - 1];"
            "axe.run(document, {resultTypes: ['violations']}).then((found) => done(found.violations.flatMap((each) =>"
            " each.nodes.map((node) => `${each.id}: ${node.html} ${node.failureSummary}`))));"
        )
        return list(found)


@contextmanager
def browsing(profile: Path) -> Iterator[Browser]:
    """Start a browser, and end it."""
    options = Options()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={profile}", "--window-size=1280,900"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
