"""What a person sees in an editor, asked of the language server that VS Code, Neovim, Emacs and others run."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = Path(__file__).parent / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
POLICY = (ROOT / "tests" / "rejected" / "appel.yaml").read_text(encoding="utf-8")
LINE = f"# yaml-language-server: $schema={(ROOT / 'schemas').as_posix()}/"

pytestmark = [
    pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed"),
    pytest.mark.skipif(not SERVER.exists(), reason="run: npm ci --prefix tests/editors"),
]
WAIT = 20.0


class LanguageServer:
    """One server process; every question waits for its answer."""

    def __init__(self, command: list[str], folder: Path) -> None:
        """Start the server in a folder and greet it."""
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self._received: Queue[dict[str, Any]] = Queue()
        self._number = 0
        Thread(target=self._listen, daemon=True).start()
        capabilities = {
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
            },
            "workspace": {"configuration": True},
        }
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities})
        self._send({"method": "initialized", "params": {}})

    def diagnostics(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open a text as if the file held it, and give what is underlined."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        while True:
            message = self._next()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == path.as_uri():
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found

    def at(self, what: str, path: Path, line: int, character: int) -> Any:
        """Ask for the `hover` or the `completion` at a place, counted from 0."""
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
        return self.ask(f"textDocument/{what}", place)

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and give its result."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == self._number and "method" not in message:
                return message.get("result")

    def stop(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        try:
            message = self._received.get(timeout=WAIT)
        except Empty:
            raise AssertionError("the language server does not answer") from None
        if "method" in message and "id" in message:
            settings = [
                {"validate": True, "hover": True, "completion": True} if item.get("section") == "yaml" else {}
                for item in message.get("params", {}).get("items", [])
            ]
            self._send({"id": message["id"], "result": settings})
        return message

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while not stream.closed and (header := stream.readline()):
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._received.put(json.loads(stream.read(length)))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    started = LanguageServer(["node", str(SERVER), "--stdio"], tmp_path_factory.mktemp("editor"))
    yield started
    started.stop()


def criteria(text: str) -> str:
    return f"{LINE}criteria.schema.json\n{text}"


def candidature(text: str) -> str:
    return f"{LINE}candidature.schema.json\n{text}"


def place_of(text: str, word: str) -> tuple[int, int]:
    before = text[: text.index(word)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


@pytest.mark.parametrize("path", [ROOT / "criteria.yaml", ROOT / "samples" / "autre-appel" / "criteria.yaml"])
def test_the_committed_policies_have_nothing_underlined(path: Path, server: LanguageServer) -> None:
    assert server.diagnostics(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted((ROOT / "samples" / "candidatures" / "vague-1").glob("*.yaml")))
def test_the_committed_candidatures_have_nothing_underlined(path: Path, server: LanguageServer) -> None:
    assert server.diagnostics(path, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("label: Zonage", "labell: Zonage"),
        ("kind: lookup", "kind: tranches"),
        ("fact: zonage", "fact: zonnage"),
        ("otherwise: 0", "sinon: 0"),
    ],
)
def test_a_mistake_is_underlined_at_its_line(right: str, wrong: str, server: LanguageServer, tmp_path: Path) -> None:
    text = criteria(POLICY.replace(right, wrong))
    found = server.diagnostics(tmp_path / f"{wrong.partition(':')[0]}.yaml", text)
    assert place_of(text, wrong)[0] in {each["range"]["start"]["line"] for each in found}


def test_completion_offers_the_kinds_of_rule(server: LanguageServer, tmp_path: Path) -> None:
    before, _, _ = POLICY.partition("    rule:")
    text = criteria(f"{before}    rule:\n      kind: \n")
    path = tmp_path / "kinds.yaml"
    server.diagnostics(path, text)
    offered = server.at("completion", path, text.count("\n") - 1, len("      kind: "))
    assert {"lookup", "bands", "per_unit"} <= {item["label"] for item in offered["items"]}


def test_completion_offers_the_facts(server: LanguageServer, tmp_path: Path) -> None:
    text = criteria(POLICY.replace("fact: zonage", "fact: "))
    path = tmp_path / "facts.yaml"
    server.diagnostics(path, text)
    line, column = place_of(text, "fact: ")
    offered = server.at("completion", path, line, column + len("fact: "))
    assert {"locaux.bureaux", "porteur.type"} <= {item["label"] for item in offered["items"]}


def test_completion_offers_the_keys_of_a_candidature(server: LanguageServer, tmp_path: Path) -> None:
    text = candidature("reference: A-1\nlocaux:\n  \n")
    path = tmp_path / "keys.yaml"
    server.diagnostics(path, text)
    offered = server.at("completion", path, 3, 2)
    assert {"bureaux", "disponibles_le"} <= {item["label"] for item in offered["items"]}


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        (criteria(POLICY), "weight", "Poids"),
        (criteria(POLICY), "weight", "poids × note ÷"),
        (criteria(POLICY), "criteria:", "Critères"),
        (criteria(POLICY), "otherwise", "autre valeur"),
        (candidature("reference: A-1\nlocaux:\n  bureaux: 3\n"), "bureaux", "Nombre de bureaux de consultation"),
    ],
)
def test_hover_says_in_french_what_a_key_is(
    text: str, word: str, shown: str, server: LanguageServer, tmp_path: Path
) -> None:
    path = tmp_path / f"{word.strip(':')}.yaml"
    server.diagnostics(path, text)
    line, column = place_of(text, word if ":" not in word else f"\n{word}")
    hover = server.at("hover", path, line + (":" in word), 1 if ":" in word else column + 1)
    assert shown in json.dumps(hover, ensure_ascii=False)
