"""Everything that `ami score` imports to score YAML files into a pipe, and why: each import is paid at each start.

Of ours, module by module, under the reason of their room; of the libraries, package by package. The standard library is
not listed: what it loads depends on the version of Python, and the libraries ask for nearly all of it.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from .test_startup import CANDIDATURE, POLICY, held_back, imported

LIBRARIES: Final = {
    "typer": "the command line",
    "annotated_doc": "typer's own",
    "shellingham": "named by typer, and put off: no run of ours looks for the shell",
    "yaml": "libyaml's parser, for criteria",
    "quicktions": "exact numbers, three times as fast as `fractions`",
}
OURS: Final = {
    "": ("the floors", "cli domain evaluation exact findings messages patterns processes reports scoring sources"),
    "cli": (
        "one command, its options, its streams, its exit code and its closing sentence",
        """app commands exit_codes formats french guarding later launch options plain_values running sharing streams
        telling writing""",
    ),
    "evaluation": (
        "from files to results, in the light of opinions",
        "admitting checked hearing judging mappings meanwhile policy run",
    ),
    "reports": ("the list that goes into a pipe", "tables"),
    "reports.tables": ("its rows", "cells flat one_a_line parts rows"),
    "domain": (
        "the models of candidatures, criteria, zoning tables and results, and the doors of their values",
        """budgets candidature catalogue comparisons composing computed conditions contours criteria dates
        declared entries evaluated extractors facts fields identifiers limits measures modelling names placeholders
        plain_reading plausible primitives quantities reach rows rules scores selection simple_rules
        spellings standings stating ties verified versions waves words zoning""",
    ),
    "domain.modelling": (
        "what models are declared with, and the walk that fills them",
        "markers models refusals walking",
    ),
    "scoring": ("the rooms that every score goes through", "checks firmness marks places values words"),
    "scoring.checks": (
        "criteria and candidatures are checked before they are scored",
        """bands budgets calendar candidatures categories conditions contradictions criteria declarations doctors
        doubles examples identifiers places plausible reading replaced rules selection sizes ties verifications
        words""",
    ),
    "scoring.marks": (
        "from facts to marks",
        """adding alike comparing completions computing conditions doubted eligibility engine identity joint pools
        possible reading remembering rules unknowns verifying versions waves withheld""",
    ),
    "scoring.places": (
        "from marks to ranks and places",
        """allocation awarded beyond caps claims covering demands deposits doubts holding keys levels numbering
        own_orders parting purses ranking reasons rivals selection settling""",
    ),
    "scoring.firmness": (
        "whether a place is firm, said beside each",
        "ends judging unread versions",
    ),
    "scoring.values": ("the values that checks and intervals try", "boundaries compared proposed"),
    "scoring.words": (
        "what the list says of each",
        "budgets checked closing decimals firm numbering problems reasons refusals shared units wording",
    ),
    "sources": ("the rooms of readers", "doors files people spreadsheets text"),
    "sources.doors": (
        "the strict doors, and what is told of the files beside",
        """branches discreet documents editions heard held loaders mending pieces placeholders refusals room sharing
        single zoning_table zonings""",
    ),
    "sources.files": ("which files, and their text", "decoding document folders signatures system"),
    "sources.people": ("no name in what is told", "hidden likely names personal"),
    "sources.spreadsheets": ("a zoning table is a CSV", "csv_encoding"),
    "sources.text": (
        "YAML, and what is wrong in any text",
        "garbled located_yaml ordinary plain_yaml references suggestions unseen yaml_places",
    ),
}
ADDED: Final = """
`ami score` imports modules that are not in the list: {names}.
Every start pays for them, whoever asks for nothing of theirs. Import them where they are needed, inside the function,
as `cli/commands.py` does; if every run needs them, add them here, under their room, and see what `make bench` says."""
GONE: Final = "`ami score` no longer imports these: take them out of the list, so that they do not come back unseen."


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Score one sound candidature, and name what that imports."""
    folder = tmp_path_factory.mktemp("appel")
    (folder / "dossiers").mkdir()
    (folder / "dossiers" / "a.yaml").write_text(CANDIDATURE, encoding="utf-8")
    (folder / "criteria.yaml").write_text(POLICY, encoding="utf-8")
    return imported(["score", "dossiers"], folder)


def test_scoring_imports_our_modules_of_the_list_and_no_other(modules: frozenset[str]) -> None:
    listed = {
        ".".join(filter(None, ("ami_scoring", room, name)))
        for room, (_, names) in OURS.items()
        for name in names.split()
    }
    found = {name for name in modules if name.startswith("ami_scoring.")}
    assert not found - listed, ADDED.format(names=", ".join(sorted(found - listed)))
    assert not listed - found, GONE


def test_named_tuples_of_the_list_evaluate_their_annotations(modules: frozenset[str]) -> None:
    """Postponed, each is compiled: a third of what such a class costs."""
    specs = [find_spec(name) for name in modules if name.startswith("ami_scoring")]
    texts = {spec.origin: Path(spec.origin).read_text(encoding="utf-8") for spec in specs if spec and spec.origin}
    named = {name for name, text in texts.items() if "(NamedTuple" in text}
    assert {name for name in named if "from __future__ import annotations" in texts[name]} == set()
    assert len(named) > 30


def test_scoring_imports_the_libraries_of_the_list_and_no_other(modules: frozenset[str]) -> None:
    known = {*sys.stdlib_module_names, "ami_scoring", *LIBRARIES}
    found = {name.partition(".")[0] for name in modules}
    more = {
        name
        for name in found - known - {"pydantic"}
        if not name.startswith(("_cython", "cython_runtime", "_sysconfigdata"))
    }
    assert not more, ADDED.format(names=", ".join(sorted(more)))
    assert set(LIBRARIES) <= found, GONE


def test_pydantic_is_not_loaded_where_nothing_is_refused(modules: frozenset[str]) -> None:
    """The stand-in for its finder of plugins is there, should it come."""
    assert held_back(modules, "pydantic.main pydantic_core annotated_types") == []


def test_what_libraries_import_without_need_is_not_read(modules: frozenset[str]) -> None:
    assert held_back(modules, "socket hmac random tempfile json http asyncio logging") == []


def hold(code: str, folder: Path) -> None:
    """Run a program of assertions in a process of its own, where nothing is loaded yet."""
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_a_module_that_is_put_off_is_whole_at_its_first_use(tmp_path: Path) -> None:
    code = (
        "import sys; from ami_scoring.cli.later import put_off; put_off(); import secrets, ssl\n"
        "assert '_ssl' not in sys.modules\n"
        "assert len(secrets.token_bytes(4)) == 4 and ssl.OPENSSL_VERSION and '_ssl' in sys.modules"
    )
    hold(code, tmp_path)


def test_an_expression_that_is_put_off_is_whole_at_its_first_use(tmp_path: Path) -> None:
    code = (
        "from ami_scoring.cli.later import PATTERNS, put_off; put_off(); import platform, re, sys, textwrap, yaml\n"
        "from fractions import Fraction\n"
        "assert yaml.reader.re is not re and sys.modules['re'] is re and isinstance(re.compile('a'), re.Pattern)\n"
        "assert PATTERNS <= {*sys.modules}\n"
        "text = 'a: 1\\nb: 2021-01-02\\nc: oui\\nd: [yes, 0x1F, 1.5e+3, 2021-01-02T03:04:05Z]'\n"
        "assert yaml.load(text, yaml.SafeLoader) == yaml.load(text, yaml.CSafeLoader)\n"
        "assert yaml.load(text, yaml.SafeLoader)['d'][:2] == [True, 31]\n"
        "try:\n"
        "    yaml.load('a: \\x01', yaml.SafeLoader)\n"
        "except yaml.reader.ReaderError:\n"
        "    pass\n"
        "else:\n"
        "    raise AssertionError\n"
        "assert Fraction('3/4') == Fraction(3, 4) and platform.python_version_tuple() and platform.platform()\n"
        "assert textwrap.wrap('un, deux et trois', 8) == ['un, deux', 'et trois']\n"
        "assert textwrap.dedent('  a\\n  b') == 'a\\nb'\n"
    )
    hold(code, tmp_path)
