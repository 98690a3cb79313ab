"""`docs/criteria.md` cannot go stale: its extracts validate, its sentences are real, its mistakes give their codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from ami_scoring.codes.catalogue import CODES
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.jury import Jury
from ami_scoring.domain.modelling.refusals import InvalidDataError
from ami_scoring.domain.rules import KINDS
from ami_scoring.findings import Severity
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.checks.examples import given_values
from ami_scoring.scoring.jury import check_jury
from ami_scoring.scoring.marks.engine import score
from ami_scoring.scoring.telling.marks import sentence

PAGE = Path(__file__).parent.parent / "docs" / "criteria.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCK = re.compile(r"^```yaml ?(.*)\n((?:.*\n)*?)```\n((?:> .*\n)*)", re.MULTILINE)
Data = dict[str, Any]


@dataclass(frozen=True)
class Extract:
    """One block of the page: what it is, its data, and the sentences quoted right under it."""

    mark: str
    data: Data
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.mark}: {', '.join(str(self.data.get(key, key)) for key in list(self.data)[:1])}"


def extracts() -> Iterator[Extract]:
    for mark, text, quoted in BLOCK.findall(TEXT):
        data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds plain data only
        yield Extract(mark.strip(), data, tuple(line.removeprefix("> ") for line in quoted.splitlines()))


EXTRACTS = [extract for extract in extracts() if extract.mark]
(POLICY,) = [extract.data for extract in EXTRACTS if extract.mark == "politique"]
DECLARED: Data = {
    key: value for extract in EXTRACTS if extract.mark == "déclarations" for key, value in extract.data.items()
}


def policy_with(data: Data) -> Data:
    """Put an extract in the policy of the page: a criterion alone, or whole keys."""
    if "label" not in data:
        own = {
            key: [*DECLARED.get(key, []), *data[key]] for key in DECLARED if key in data and data[key] != DECLARED[key]
        }
        return POLICY | DECLARED | data | own
    weight = data["weight"] if "weight" in data and data.get("bonus") != "oui" else "0"
    return POLICY | DECLARED | {"total": weight, "criteria": [data]}


def codes(data: Data) -> set[str]:
    try:
        criteria = Criteria.model_validate(policy_with(data))
    except InvalidDataError as error:
        return {each["type"] for each in error.errors()}
    return {problem.code for problem in check_criteria(criteria) if problem.severity is Severity.ERROR}


def of(prefix: str) -> pytest.MarkDecorator:
    found = [extract for extract in EXTRACTS if extract.mark.startswith(prefix)]
    return pytest.mark.parametrize("extract", found, ids=str)


def test_every_mark_of_an_extract_is_known() -> None:
    marks = {extract.mark.split("=")[0] for extract in EXTRACTS}
    assert marks == {"politique", "déclarations", "critère", "partie", "faute"}


@pytest.mark.parametrize("extract", [e for e in EXTRACTS if not e.mark.startswith("faute")], ids=str)
def test_an_extract_validates(extract: Extract) -> None:
    assert codes(extract.data) == set()


@of("critère")
def test_a_quoted_sentence_is_the_one_that_the_program_writes(extract: Extract) -> None:
    criteria = Criteria.model_validate(policy_with(extract.data))
    (criterion,) = criteria.criteria
    assert len(extract.sentences) <= len(criterion.examples)
    for quoted, example in zip(extract.sentences, criterion.examples, strict=False):
        names = [*criteria.catalogue]
        values, problems = given_values(example.given, names, (), criteria)
        assert not problems
        card = score(criteria, values)
        said = str(sentence(criterion, card.marks[criterion.id], card, criteria))
        assert quoted == said.replace("\u00a0", " ").replace("\u202f", " ")


@of("faute=")
def test_a_mistake_gives_its_code(extract: Extract) -> None:
    assert codes(extract.data) == {extract.mark.removeprefix("faute=")}


def test_every_kind_of_rule_has_a_section_and_an_example() -> None:
    titles = " ".join(re.findall(r"^### .*$", TEXT, re.MULTILINE))
    assert [kind for kind in KINDS if f"`{kind}`" not in titles] == []


def test_every_code_that_the_page_names_exists() -> None:
    named = {
        code
        for row in re.findall(r"(?:Fautes|^\| `).*", TEXT, re.MULTILINE)
        for code in re.findall(r"`([a-z]+(?:-[a-z]+)+)`", row)
    }
    assert named - set(CODES) == set()


def test_every_link_of_the_page_leads_somewhere() -> None:
    titles = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([^)]*)\)", TEXT)) - anchors == set()


def test_the_jury_of_its_page_holds() -> None:
    page = (PAGE.parent / "jury.md").read_text(encoding="utf-8")
    (text,) = [text for mark, text, _ in BLOCK.findall(page) if mark == "jury"]
    jury = Jury.model_validate(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - builds plain data only
    subjects = {"projet": "highest: 5", "innovation": "highest: 5, required: 2"}
    rules = [f"{{kind: judgement, on: {name}, {scale}}}" for name, scale in subjects.items()]
    text = f"id: a\nlabel: A\nweight: 10\nrule: {{kind: sum_of, rules: [{', '.join(rules)}]}}"
    data = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506
    assert list(check_jury(jury, Criteria.model_validate(policy_with(data)).judgements)) == []
