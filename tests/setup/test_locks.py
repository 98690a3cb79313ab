"""What a fresh machine installs: the locks, whole, whatever has been released since they were written."""

from __future__ import annotations

import json
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.setup.index import Pin, asked_by, pins, publish, rehashed

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
SETTINGS = (
    "PIP_",
    "MAKE",
    "MFLAGS",
    "PYTHON",
    "VIRTUAL_ENV",
)  # of whoever runs the tests
VERSIONS = ("3.11", "3.12", "3.13", "3.14")


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}  # noqa: TID251
    return subprocess.run(
        command,
        cwd=cwd,
        env=kept | environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=300,
    )


def _pythons() -> list[str]:
    """Give the Python of these tests, and each other version that starts here: each brings its own pip."""
    others = [f"python{version}" for version in VERSIONS if version != f"3.{sys.version_info.minor}"]
    able = ("-c", "import ensurepip, venv")
    return [
        sys.executable,
        *(each for each in others if shutil.which(each) and not run(each, *able, cwd=ROOT).returncode),
    ]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a checkout with nothing but the Makefile and the locks, beside an index with newer releases of every pin."""
    folder = tmp_path_factory.mktemp("fresh")
    hashes = publish(LOCKS, folder / "index")
    checkout = folder / "checkout"
    (checkout / "requirements").mkdir(parents=True)
    shutil.copy(ROOT / "Makefile", checkout)
    for lock in LOCKS:
        (checkout / "requirements" / lock.name).write_text(rehashed(lock, hashes), encoding="utf-8")
    return checkout


@pytest.mark.skipif(sys.platform == "win32", reason="no make there")
@pytest.mark.parametrize("python", _pythons(), ids=lambda python: Path(python).name)
def test_the_makefile_installs_every_lock_though_newer_releases_are_out(python: str, fresh: Path) -> None:
    shutil.rmtree(fresh / ".venv", ignore_errors=True)
    index = {"PIP_INDEX_URL": (fresh.parent / "index").as_uri(), "PIP_CONFIG_FILE": os.devnull}
    # The project itself is left out: what builds it is empty here.
    targets = ("--old-file=.venv/.project", ".venv/.runtime", ".venv/.dev", ".venv/.fuzz", ".venv/.mutants")
    done = run("make", f"PYTHON={python}", *targets, cwd=fresh, **index)
    assert done.returncode == 0, done.stdout + done.stderr
    inside = fresh / ".venv" / "bin" / "python"
    listed = run(inside, "-m", "pip", "list", "--format=json", cwd=fresh, **index)
    versions = {canonicalize_name(each["name"]): each["version"] for each in json.loads(listed.stdout)}
    told = run(inside, "-c", "import platform; print(platform.python_version())", cwd=fresh).stdout.strip()
    here = {"python_full_version": told, "python_version": told.rpartition(".")[0]}
    wanted = {pin.name: pin.version for lock in LOCKS for pin in pins(lock) if pin.holds(here)}
    assert {name: version for name, version in versions.items() if name in wanted} == wanted


def test_whoever_has_no_make_installs_with_the_same_options() -> None:
    (line,) = (each for each in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "LOCKED :=" in each)
    asked = line.partition("$(PIP) ")[2].split()
    words = runpy.run_path(str(ROOT / "tools" / "install.py"))["INSTALL_LOCKED"]
    assert [word for word in words if word != "--quiet"] == asked


# Without resolution, what a lock forgot would be missing: each is closed, on every Python and system it may meet ------

SYSTEMS = {
    "linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "darwin": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "win32": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
}


def _environment(version: str, system: str) -> dict[str, str]:
    return {"python_version": version, "python_full_version": f"{version}.4", **SYSTEMS[system]}


def _wanted(pin: Pin, extras: set[str], environment: dict[str, str]) -> list[Requirement]:
    """List what a pinned package asks for in an environment, with some of its extras."""
    asked = [Requirement(line) for line in asked_by(pin.name)]
    tried = [{"extra": extra} for extra in ("", *sorted(extras))]
    return [ask for ask in asked if not ask.marker or any(ask.marker.evaluate(environment | each) for each in tried)]


def _missing(lock: Path, environment: dict[str, str]) -> list[str]:
    """List what the packages of a lock ask for and the lock does not have, extras included."""
    there = {pin.name: pin for pin in pins(lock) if pin.holds(environment)}
    lacking, extras = set(), {name: set[str]() for name in there}
    waiting = list(there)
    while waiting:
        pin = there[waiting.pop()]
        for ask in _wanted(pin, extras[pin.name], environment):
            name = canonicalize_name(ask.name)
            if name not in there or there[name].version not in ask.specifier:
                lacking.add(f"{pin.name} asks for {ask}")
            elif not ask.extras <= extras[name]:
                extras[name] |= ask.extras
                waiting.append(name)
    return sorted(lacking)


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_has_all_that_its_packages_ask_for(lock: Path, version: str, system: str) -> None:
    assert not _missing(lock, _environment(version, system))


def test_a_lock_that_forgot_what_an_extra_asks_for_is_caught(tmp_path: Path) -> None:
    lock = tmp_path / "short.lock"
    kept = [pin for pin in pins(ROOT / "requirements" / "dev.lock") if pin.name != "coverage"]
    lock.write_text("".join(f"{pin.name}=={pin.version}\n" for pin in kept), encoding="utf-8")
    assert any(
        each.startswith("pytest-cov asks for coverage[toml]") for each in _missing(lock, _environment("3.11", "linux"))
    )
