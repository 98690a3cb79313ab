"""Firefox, where the distribution has it, without the program that would drive it: it reports by itself.

It opens a page of a server of this machine, which shows the real page in a frame, asks it for trials, and sends back
what it found. The page in the frame is byte for byte the one that is written, with its policy.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest

FIREFOX: Final = next(
    (
        found
        for name in ("firefox-esr", "firefox")
        if (found := shutil.which(name)) and "snap" not in str(Path(found).resolve())
    ),
    None,
)
"""Not the one that Ubuntu wraps: it cannot have a profile in a temporary folder."""
IS_REQUIRED: Final = os.environ.get("AMI_REQUIRE_FIREFOX") == "1"  # noqa: TID251 - said by the CI
PATIENCE: Final = 120.0
"""Seconds in which it must have answered."""
ASKER: Final = """<!DOCTYPE html><html lang="fr"><title>Essai</title>
<iframe src="/page" width="1200" height="800"></iframe>
<script>
const TRIALS = __TRIALS__;
const frame = document.querySelector("iframe");
frame.addEventListener("load", () => {
  let answer;
  try {
    const page = frame.contentWindow;
    const data = JSON.parse(page.document.getElementById("donnees").textContent);
    const { policy } = data;
    const number = (points, scale) => {
      const { n, d } = page.ratio(BigInt(points), scale);
      return d === 1n ? `${n}` : `${n}/${d}`;
    };
    const trials = TRIALS.map((fields) => {
      const minimum = policy.minimum === null ? null : page.exact(policy.minimum);
      const settings = { weights: new Map(), places: policy.places, reserve: policy.reserve, minimum };
      for (const [name, text] of Object.entries(fields))
        if (!page.change(policy, settings, name, text)) throw Error(name + " " + text);
      const { placed, scale, isExact } = page.tried(data, settings);
      return [isExact, placed.map((one) => [
        one.row.r, one.total === null ? null : number(one.total, scale), number(one.least, scale),
        number(one.most, scale),
        one.rank, one.best, one.worst, one.tied, data.statuses[one.status],
        one.granted && number(one.granted.n, one.granted.d), isExact ? data.firmness[one.firmness] : null,
      ])];
    });
    const listed = [...page.document.querySelectorAll("#liste th a")].map((each) => each.textContent);
    page.location.hash = "#" + encodeURIComponent(listed[0]);
    setTimeout(() => {
      const opened = page.document.getElementById("dossier-corps").textContent;
      fetch("/found", { method: "POST", body: JSON.stringify({ trials, listed, opened }) });
    }, 500);
    return;
  } catch (error) {
    answer = { error: String(error) };
  }
  fetch("/found", { method: "POST", body: JSON.stringify(answer) });
});
</script></html>"""

needs_firefox = pytest.mark.skipif(not IS_REQUIRED and FIREFOX is None, reason="firefox is not installed")


def answers(page: Path, trials: Sequence[dict[str, str]], profile: Path) -> dict[str, Any]:
    """Give what Firefox says of a page: its list, a candidature opened, and the figures of each trial."""
    asker = ASKER.replace("__TRIALS__", json.dumps(list(trials)).replace("<", "\\u003c")).encode()
    found: list[dict[str, Any]] = []
    done = threading.Event()

    class Served(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(page.read_bytes() if self.path == "/page" else asker)

        def do_POST(self) -> None:
            found.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self._send(b"")
            done.set()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _send(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Served) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        command = (
            str(FIREFOX),
            "--headless",
            "--no-remote",
            "--profile",
            str(profile),
            f"http://127.0.0.1:{server.server_port}/",
        )
        profile.mkdir(exist_ok=True)
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            done.wait(PATIENCE)
            process.terminate()
        server.shutdown()
    return found[0] if found else {"error": f"no answer in {PATIENCE} seconds"}
