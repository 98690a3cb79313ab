"""What other repositories use from this one: pre-commit hook, GitHub action, GitLab template, each run for real."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]

from ami_scoring import __version__

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("src", "requirements", "tools", "pyproject.toml", "README.md", "LICENSE")
DOORS = (".pre-commit-hooks.yaml", "action.yml")
UNREACHABLE = re.compile(r"NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError|Connection refused")
POLICY = (ROOT / "tests" / "rejected" / "appel.yaml").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
HERE = dict(os.environ) | {"PIP_NO_COMPILE": "1"}  # noqa: TID251 - what a shell would hand down; compiling is long

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX shells")


def run(*command: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command,
        cwd=cwd,
        env=HERE | dict(env or {}),
        check=False,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=300,
    )
    if done.returncode and UNREACHABLE.search(done.stdout + done.stderr):
        pytest.skip("the package registry cannot be reached")
    return done


def git(*arguments: str, cwd: Path) -> None:
    name = ("-c", "user.name=essai", "-c", "user.email=essai@example.invalid", "-c", "init.defaultBranch=main")
    done = run("git", *name, *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr


def commit(folder: Path) -> None:
    git("init", "--quiet", cwd=folder)
    git("add", "--all", "--force", cwd=folder)
    git("commit", "--quiet", "--message", "essai", cwd=folder)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a repository with what another one would fetch of this one."""
    folder = tmp_path_factory.mktemp("shipped")
    for name in SHIPPED + DOORS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    commit(folder)
    return folder


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """Give a repository of criteria, right for now."""
    folder = tmp_path / "un appel"
    (folder / "candidatures").mkdir(parents=True)
    (folder / "criteria.yaml").write_text(POLICY, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "rejected" / "zonage.csv", folder / "zonage.csv")
    return folder


def spoil(folder: Path) -> None:
    (folder / "criteria.yaml").write_text(POLICY.replace("total: 10", "total: 12"), encoding="utf-8")


def documents(name: str | Path) -> list[Any]:
    """Read the documents of one of our files, or of another given by its whole path."""
    read = yaml.safe_load_all((ROOT / name).read_text(encoding="utf-8"))
    # YAML 1.1 takes the key `on` for a boolean; no server does.
    return [{"on" if key is True else key: value for key, value in document.items()} for document in read]


def schema(name: str) -> Any:
    text = (files("check_jsonschema.builtin_schemas") / "vendor" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(text)


# pre-commit -----------------------------------------------------------------------------------------------------------


def test_the_hooks_are_what_pre_commit_expects() -> None:
    done = run(BIN / "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml", cwd=ROOT)
    assert done.returncode == 0, done.stdout


def test_the_hook_installs_once_and_refuses_a_policy_that_does_not_hold(
    shipped: Path, call: Path, tmp_path: Path
) -> None:
    revision = run("git", "rev-parse", "HEAD", cwd=shipped).stdout.strip()
    hooks = {"repo": str(shipped), "rev": revision, "hooks": [{"id": "ami-validate", "verbose": True}]}
    (call / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [hooks]}), encoding="utf-8")
    commit(call)
    env = {"PRE_COMMIT_HOME": str(tmp_path / "home"), "GIT_CONFIG_GLOBAL": os.devnull}
    hook = (BIN / "pre-commit", "run", "--files", "criteria.yaml")
    passed = run(*hook, cwd=call, env=env)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert "Installation d'ami" in passed.stdout
    spoil(call)
    refused = run(*hook, cwd=call, env=env)
    assert refused.returncode == 1
    assert "Installation d'ami" not in refused.stdout
    assert "criteria.yaml:14:3: erreur weights-sum" in refused.stdout


# GitHub ---------------------------------------------------------------------------------------------------------------


def test_the_action_is_what_github_expects() -> None:
    (action,) = documents("action.yml")
    jsonschema.Draft7Validator(schema("github-actions")).validate(action)


def test_no_input_of_the_action_is_pasted_into_a_shell() -> None:
    (action,) = documents("action.yml")
    assert all("${{" not in step.get("run", "") for step in action["runs"]["steps"])


def _steps() -> list[Any]:
    (action,) = documents("action.yml")
    return [step for step in action["runs"]["steps"] if "run" in step]


def _as_github_does(step: Any, cwd: Path, env: Mapping[str, str], inputs: Mapping[str, str]) -> Any:
    given = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], value)
        for name, value in step.get("env", {}).items()
    }
    bash = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"])
    return run(*bash, cwd=cwd, env={**env, **given})


def test_the_action_installs_and_annotates(shipped: Path, call: Path, tmp_path: Path) -> None:
    install, read = _steps()
    env = {
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_ACTION_PATH": str(shipped),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "PATH": f"{BIN}{os.pathsep}{HERE['PATH']}",
    }
    installed = _as_github_does(install, call, env, {})
    assert installed.returncode == 0, installed.stderr
    inputs = {"files": "  criteria.yaml \r\n\tcandidatures\n\n", "strict": "True", "sarif": "ami.sarif"}
    passed = _as_github_does(read, call, env, inputs)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    spoil(call)
    refused = _as_github_does(read, call, env, inputs)
    assert refused.returncode == 1
    assert "::error file=criteria.yaml,line=14,col=3,title=weights-sum (erreur)::" in refused.stdout
    assert "weights-sum" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert json.loads((call / "ami.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]


# Nothing is resolved: one version of ami, then the lock that it carries. The wheel's own tests install so for real.
LOCKED = "--no-deps --only-binary :all:"
FROM_LOCK = f"--require-hashes {LOCKED} --requirement {ROOT / 'src' / 'ami_scoring'}/runtime.lock"


def _without_pip(folder: Path) -> dict[str, str]:
    """Give an environment whose `python` only logs what pip is asked, with our `ami` installed already."""
    python = folder / "bin" / "python"
    python.parent.mkdir()
    pip = f'[ "$1" = -m ] || exec {shlex.quote(sys.executable)} "$@"\necho "$@" >> "$AMI_LOG"\n'
    python.write_text(f"#!/bin/sh\n{pip}", encoding="utf-8")
    python.chmod(0o755)
    return {"AMI_LOG": str(folder / "log"), "PATH": f"{python.parent}:{BIN}:{HERE['PATH']}"}


def _installed(folder: Path) -> list[str]:
    """Give what pip was asked to install, line by line."""
    return (folder / "log").read_text(encoding="utf-8").replace("-m pip install ", "").splitlines()


# GitLab ---------------------------------------------------------------------------------------------------------------


def _job(**inputs: str) -> Any:
    header, _ = documents("templates/ami-validate.yml")
    values = {name: spec["default"] for name, spec in header["spec"]["inputs"].items()} | inputs
    _, job = (ROOT / "templates" / "ami-validate.yml").read_text(encoding="utf-8").split("\n---\n")
    return yaml.safe_load(re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda found: values[found[1]], job))


def test_the_template_is_what_gitlab_expects() -> None:
    jsonschema.Draft7Validator(schema("gitlab-ci")).validate(_job())


def test_the_template_writes_the_report_that_it_declares(call: Path, tmp_path: Path) -> None:
    job = _job(files="criteria.yaml candidatures", options="--strict")["ami-validate"]
    env = _without_pip(tmp_path)
    script = ("bash", "-e", "-c", "\n".join(job["script"]))
    passed = run(*script, cwd=call, env=env)
    assert passed.returncode == 0, passed.stdout + passed.stderr
    assert _installed(tmp_path) == [f"--quiet {LOCKED} ami-scoring=={__version__}", f"--quiet {FROM_LOCK}"]
    spoil(call)
    refused = run(*script, cwd=call, env=env)
    assert refused.returncode == 1
    issues = json.loads((call / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert [issue["check_name"] for issue in issues] == ["weights-sum"]


# ami init -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("server", "file", "form"),
    [("github", ".github/workflows/ami.yml", "github-workflows"), ("gitlab", ".gitlab-ci.yml", "gitlab-ci")],
)
def test_the_pipeline_of_a_new_call_is_what_its_server_expects_and_passes(
    server: str, file: str, form: str, tmp_path: Path
) -> None:
    folder = tmp_path / "nouveau"
    created = run(sys.executable, "-m", "ami_scoring", "init", folder, "--ci", server, cwd=tmp_path)
    assert created.returncode == 0, created.stderr
    (pipeline,) = documents(folder / file)
    jsonschema.Draft7Validator(schema(form)).validate(pipeline)
    commands = commands_of(pipeline)
    assert any(command.startswith("ami validate") for command in commands)
    done = run("bash", "-e", "-c", "\n".join(commands), cwd=folder, env=_without_pip(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert _installed(tmp_path) == [f"{LOCKED} ami-scoring=={__version__}", FROM_LOCK]


# This project ---------------------------------------------------------------------------------------------------------

OWN = {".github/workflows/ci.yml": "github-workflows", ".gitlab-ci.yml": "gitlab-ci"}
OURS = ".venv/bin/ami "


def commands_of(pipeline: Any) -> list[str]:
    """List what a pipeline runs, in the syntax of either server."""
    jobs = pipeline.get("jobs", pipeline).values()
    steps = [step["run"] for job in jobs for step in job.get("steps", []) if "run" in step]
    return [*steps, *(line for job in jobs if isinstance(job, dict) for line in job.get("script", []))]


@pytest.mark.parametrize("name", OWN)
def test_our_pipelines_are_what_their_servers_expect(name: str) -> None:
    (pipeline,) = documents(name)
    jsonschema.Draft7Validator(schema(OWN[name])).validate(pipeline)


@pytest.mark.parametrize("name", OWN)
def test_each_of_our_pipelines_passes_the_validations_that_it_asks_of_us(name: str) -> None:
    (pipeline,) = documents(name)
    ours = [command for command in commands_of(pipeline) if command.startswith(OURS)]
    assert len(ours) >= 3
    for command in ours:
        asked = command.replace(OURS, f"{shlex.quote(sys.executable)} -m ami_scoring ")
        done = run("bash", "-e", "-c", asked, cwd=ROOT)
        assert done.returncode == 0, command + done.stdout + done.stderr
