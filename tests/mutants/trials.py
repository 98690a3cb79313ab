"""Try changes one by one: the tests that run what changes are run on it, in a copy of this process, until one fails.

It is a plugin of pytest: the tests are collected once, and run once as the code is, to see which lines each one runs.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from time import process_time
from typing import Final

import pytest
from coverage import Coverage

from .changes import Change

QUICK: Final = 0.25
"""Seconds of processor beyond which a test is shown only the changes that no quicker one may notice."""
PATIENCE: Final = 20
"""How many times longer than on the code as it is, a test may take before it counts as failed."""
AT_LEAST: Final = 3.0
"""Seconds of processor that any test may take."""
AT_MOST: Final = 120.0
"""Seconds, of whatever it is, that any test may take."""
MEMORY: Final = 4 * 2**30
"""Bytes that a copy may ask for, where a change never stops asking."""


class Trials:
    """What becomes of each change: the test that noticed it, or none."""

    def __init__(self, changes: Sequence[Change], processes: int, noticed_before: Mapping[str, str]) -> None:
        """Prepare to try changes; those noticed before are first shown to the test that did."""
        self._changes, self._processes, self._before = changes, processes, noticed_before
        self._told: list[pytest.TestReport] = []
        self._durations: dict[str, float] = {}
        self._reached: dict[str, dict[int, set[str]]] = {}
        self._running: dict[int, tuple[Change, Sequence[pytest.Item], int]] = {}
        self._kills: dict[str, Counter[str]] = defaultdict(Counter)
        self.noticed: dict[Change, str] = {}
        self.survivors: list[Change] = []

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what became of a part of a test."""
        self._told.append(report)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests once, then try every change."""
        session.config.pluginmanager.unregister(name="terminalreporter")
        items = {item.nodeid: item for item in session.items}
        self._observe(session.items)
        gc.collect()
        gc.freeze()  # copies share what they do not touch
        for done, change in enumerate(self._changes):
            while len(self._running) >= self._processes:
                self._gather()
            self._start(change, [items[name] for name in self._order(change)])
            if done % 100 == 0:
                print(f"… {done}/{len(self._changes)}", flush=True)
        while self._running:
            self._gather()
        return True

    def _observe(self, items: Sequence[pytest.Item]) -> None:
        """See which lines each test runs, with the fixtures that it asks for, and how long it takes."""
        watched = sorted({str(change.path) for change in self._changes})
        measure = Coverage(data_file=None, config_file=False, include=watched)
        with measure.collect():
            for item in items:
                measure.switch_context(item.nodeid)
                begun = process_time()
                if not self._passes(item, None):
                    pytest.exit(f"Ce test échoue sur le code tel qu'il est : {item.nodeid}", returncode=2)
                self._durations[item.nodeid] = process_time() - begun
        data = measure.get_data()
        for path in watched:
            lines = data.contexts_by_lineno(path)
            self._reached[path] = {line: {name for name in names if name} for line, names in lines.items()}

    def _passes(self, item: pytest.Item, following: pytest.Item | None) -> bool:
        self._told.clear()
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        return not any(report.failed for report in self._told)

    def _order(self, change: Change) -> list[str]:
        """Give the tests that may notice, the likeliest first."""
        reached, kills = self._reached[str(change.path)], self._kills[change.owner]
        names = _through(reached, change.lines) or _through(reached, change.body)
        names = {name for name in names if self._durations[name] < QUICK} or names
        first, room = self._before.get(f"{change.name} {change.told}"), f"/{change.path.parent.name}/"
        return sorted(
            names,
            key=lambda name: (name != first, -kills[name], room not in name, self._durations[name], name),
        )

    def _start(self, change: Change, items: Sequence[pytest.Item]) -> None:
        reading, writing = os.pipe()
        pid = os.fork()
        os.close(writing if pid else reading)
        if pid:
            self._running[pid] = change, items, reading
            return
        code = 1  # whatever happens to a copy, it must not go on as the first process
        try:
            code = int(not self._survives(change, items, writing))
        finally:
            os._exit(code)

    def _survives(self, change: Change, items: Sequence[pytest.Item], writing: int) -> bool:
        """In a copy: make the change, and say before each test which one it is."""
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nothing, stream)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        change.make()
        for place, (item, following) in enumerate(zip_longest(items, items[1:])):
            os.write(writing, place.to_bytes(4))
            signal.setitimer(signal.ITIMER_PROF, AT_LEAST + PATIENCE * self._durations[item.nodeid])
            signal.setitimer(signal.ITIMER_REAL, AT_MOST)
            if not self._passes(item, following):
                return False
        return True

    def _gather(self) -> None:
        pid, status = os.wait()
        change, items, reading = self._running.pop(pid)
        places = os.read(reading, 2**16)
        os.close(reading)
        if os.waitstatus_to_exitcode(status) == 0:
            self.survivors.append(change)
            print(f"{change.name} ({change.path.name}:{change.lines.start})\n{change.told}", flush=True)
        else:
            name = items[int.from_bytes(places[-4:])].nodeid
            self.noticed[change] = name
            self._kills[change.owner][name] += 1


def _through(reached: Mapping[int, Iterable[str]], lines: range) -> set[str]:
    return {name for line in lines for name in reached.get(line, ())}
