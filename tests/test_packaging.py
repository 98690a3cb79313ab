"""What people install: the wheel, beside the locked dependencies, away from the source tree."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ami_scoring import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
DEV = [line for line in PROJECT["dependency-groups"]["dev"] if isinstance(line, str)]
BUILD = PROJECT["dependency-groups"]["build"]

DONE = 0
INPUT_HAS_ERRORS = 1
UNREACHABLE = re.compile(r"NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError|Connection refused")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, whatever its exit code, and keep what it said."""
    return subprocess.run(
        command, cwd=cwd, check=False, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=300
    )


def locked(lock: Path) -> dict[str, str]:
    """Read which version of each package a lock holds."""
    pins = re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pins}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the sdist, so that the sdist is proven complete, without any download."""
    dist = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", dist, cwd=ROOT)
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = dist.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def ami(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel and the locked dependencies in an empty environment; give the path of its `ami`."""
    env = tmp_path_factory.mktemp("installed") / "env"
    scripts = Path(sysconfig.get_path("scripts", "venv", vars={"base": str(env)}))
    pip = (sys.executable, "-m", "pip", "--python", env, "--disable-pip-version-check", "--no-input", "--retries", "1")
    created = run(sys.executable, "-m", "venv", "--without-pip", env, cwd=ROOT)
    assert created.returncode == 0, created.stderr
    installed = run(*pip, "install", "--no-index", "--no-deps", wheel, cwd=env)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    # As the GitLab template does: what goes with the wheel is in the lock that the wheel carries.
    (lock,) = env.rglob("ami_scoring/runtime.lock")
    locked = ("--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", lock)
    dependencies = run(*pip, "install", "--no-compile", *locked, cwd=env)
    if dependencies.returncode and UNREACHABLE.search(dependencies.stdout + dependencies.stderr):
        pytest.skip("the package registry cannot be reached")
    assert dependencies.returncode == 0, dependencies.stdout + dependencies.stderr
    return scripts / ("ami.exe" if sys.platform == "win32" else "ami")


def test_the_wheel_holds_the_typed_package_its_licence_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"ami_scoring", f"ami_scoring-{__version__}.dist-info"}
    assert {"ami_scoring/py.typed", "ami_scoring/runtime.lock"} <= set(names)
    assert f"ami_scoring-{__version__}.dist-info/licenses/LICENSE" in names


def test_the_installed_command_says_its_version(ami: Path, tmp_path: Path) -> None:
    shown = run(ami, "--version", cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (DONE, "")
    assert __version__ in shown.stdout


def test_the_installed_command_scores_the_samples_from_another_folder(ami: Path, tmp_path: Path) -> None:
    scored = run(ami, "score", ROOT / "samples/candidatures", "--criteria", ROOT / "criteria.yaml", cwd=tmp_path)
    assert scored.returncode in (DONE, INPUT_HAS_ERRORS), scored.stderr
    assert scored.stdout.strip()
    assert "Traceback" not in scored.stderr


def test_the_installed_command_writes_the_page_which_needs_files_beside_the_code(ami: Path, tmp_path: Path) -> None:
    options = ("--criteria", ROOT / "criteria.yaml", "-q", "-o", "page.html")
    written = run(ami, "score", ROOT / "samples/candidatures", *options, cwd=tmp_path)
    assert written.returncode in (DONE, INPUT_HAS_ERRORS), written.stderr
    assert "AMI-V1-01" in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("lock", "declared"),
    [("runtime.lock", RUNTIME), ("build.lock", BUILD), ("dev.lock", RUNTIME + BUILD + DEV)],
    ids=["runtime", "build", "dev"],
)
def test_every_declared_dependency_is_locked_at_a_version_it_allows(lock: str, declared: list[str]) -> None:
    pins = locked(ROOT / "requirements" / lock)
    wanted = [Requirement(line) for line in declared]
    astray = [str(need) for need in wanted if pins.get(canonicalize_name(need.name), "absent") not in need.specifier]
    assert not astray, "run `make lock`"


def test_locks_agree_with_each_other() -> None:
    runtime, build, dev = (locked(ROOT / "requirements" / f"{name}.lock") for name in ("runtime", "build", "dev"))
    assert runtime | build == {name: version for name, version in dev.items() if name in runtime | build}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_locks_name_no_registry_and_no_folder_of_whoever_made_them(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.findall(r".*(?:://|--(?:index|extra|find|trusted)|(?<![\w.])/\w).*", text)
