"""`.ci/run`: it installs what is missing with the rights that it finds, and lets no CI server skip its tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / ".ci" / "run"
NOBODY = 65534
LOGGED = '#!/bin/sh\necho "{name} $*" >> "$LOG"\n'
SUDO = LOGGED + 'shift\nexec "$@"\n'
APT = (
    LOGGED
    + """case "$*" in
*libreoffice*) ln -s /bin/true "${{0%/*}}/soffice" ;;
*chromium*) ln -s /bin/true "${{0%/*}}/chromium"; ln -s /bin/true "${{0%/*}}/chromedriver" ;;
esac
"""
)
MAKE = '#!/bin/sh\necho "make $* ${AMI_REQUIRE_LIBREOFFICE:-0}${AMI_REQUIRE_CHROMIUM:-0}" >> "$LOG"\n'

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="what installs system packages speaks to Debian"
)


@pytest.fixture
def machine() -> Iterator[Path]:
    """Give a folder with a copy of the script, and a `bin` with git, Python, make and nothing else, for any user."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for each in (folder, folder / "bin", folder / ".ci"):
            each.mkdir(exist_ok=True)
            each.chmod(0o777)
        shutil.copy(RUN, folder / ".ci" / "run")
        for tool in ("bash", "dirname", "env", "ln", "true"):
            found = shutil.which(tool)
            assert found
            (folder / "bin" / tool).symlink_to(found)
        for tool in ("git", "python3"):
            (folder / "bin" / tool).symlink_to("true")
        add(folder, "make", MAKE)
        yield folder


def add(folder: Path, name: str, script: str) -> None:
    path = folder / "bin" / name
    path.write_text(script.format(name=name) if name != "make" else script, encoding="utf-8")
    path.chmod(0o755)


def log_of(folder: Path, *, as_root: bool = False, **environment: str) -> list[str]:
    """Run the script; give what the tools were asked, in order."""
    is_root = os.geteuid() == 0
    if as_root and not is_root:
        pytest.skip("only root can be root")
    log = folder / "log"
    log.touch()
    log.chmod(0o666)
    done = subprocess.run(
        [folder / "bin" / "bash", folder / ".ci" / "run"],
        env={"PATH": str(folder / "bin"), "LOG": str(log), **environment},
        user=NOBODY if is_root and not as_root else None,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return log.read_text(encoding="utf-8").splitlines()


INSTALLED = "install -qq --yes --no-install-recommends libreoffice-calc poppler-utils"
BROWSER = "install -qq --yes --no-install-recommends chromium chromium-driver"
OTHER_BROWSER = "install -qq --yes --no-install-recommends firefox-esr"


def test_root_installs_libreoffice_and_a_browser_and_requires_their_tests(machine: Path) -> None:
    add(machine, "apt-get", APT)
    said = log_of(machine, as_root=True)
    update = "apt-get update -qq"
    installs = [line for each in (INSTALLED, BROWSER, OTHER_BROWSER) for line in (update, f"apt-get {each}")]
    assert said[:7] == [*installs, "make test 11"]


def test_whoever_has_sudo_without_a_password_does_the_same(machine: Path) -> None:
    add(machine, "apt-get", APT)
    add(machine, "sudo", SUDO)
    said = log_of(machine)
    assert f"sudo -n env DEBIAN_FRONTEND=noninteractive apt-get {INSTALLED}" in said
    assert "make test 11" in said


def test_without_rights_the_tests_are_skipped_at_home_and_required_of_a_server(machine: Path) -> None:
    add(machine, "apt-get", APT)
    add(machine, "sudo", "#!/bin/sh\nexit 1\n")
    assert log_of(machine)[0] == "make test 00"
    (machine / "log").unlink()
    assert log_of(machine, CI="true")[0] == "make test 11"


@pytest.mark.parametrize(("environment", "told"), [({}, "1 skipped"), ({"AMI_REQUIRE_LIBREOFFICE": "1"}, "1 failed")])
def test_without_libreoffice_its_tests_are_skipped_unless_required(
    environment: dict[str, str], told: str, tmp_path: Path
) -> None:
    tests = ROOT / "tests" / "reports" / "workbook" / "test_libreoffice.py"
    options = ("-q", "-p", "no:cacheprovider", "-k", "planted", f"--basetemp={tmp_path / 'temp'}")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, tests],
        cwd=ROOT,
        env={"PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(("environment", "told"), [({}, "1 skipped"), ({"AMI_REQUIRE_CHROMIUM": "1"}, "1 error")])
def test_without_a_browser_its_tests_are_skipped_unless_required(
    environment: dict[str, str], told: str, tmp_path: Path
) -> None:
    tests = ROOT / "tests" / "reports" / "page" / "test_hostile.py"
    options = ("-q", "-p", "no:cacheprovider", "-k", "refuses", f"--basetemp={tmp_path / 'temp'}")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, tests],
        cwd=ROOT,
        env={"PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told in done.stdout, done.stdout + done.stderr
