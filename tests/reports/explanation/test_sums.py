"""Whoever reads the explanation of a candidature can redo its total by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ami_scoring import Evaluation

from .explained import NUMBER, number, ranked, told

HEADING = re.compile(r" *(\d+(?:\.\d+)*)\. ")
SCORE = re.compile(rf" *[█▒░]{{20}} ({NUMBER}) points? sur ({NUMBER})")
GIVEN = re.compile(rf"→ ({NUMBER}) points?(?: \((.*)\))?$")
WEIGHED = re.compile(rf" *= note ({NUMBER}) sur ({NUMBER}), × poids ({NUMBER}) ÷ ({NUMBER}) = ({NUMBER}) points?$")
LINE = re.compile(
    rf"({NUMBER}) \+ \(({NUMBER}) − ({NUMBER})\) × \(({NUMBER}) − ({NUMBER})\) ÷ \(({NUMBER}) − ({NUMBER})\)"
)
SLICES = re.compile(rf"({NUMBER}) × ({NUMBER}) points?(?: [^,]*)?(?:, plafonné à ({NUMBER}))?")


def added(text: str) -> Fraction:
    return sum((number(part) for part in text.split(" + ")), Fraction(0))


def sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Give each criterion's number and its lines, its first being its score."""
    name, lines = "", list[str]()
    for line in text.splitlines():
        if line.startswith("Total"):
            break
        if found := HEADING.match(line):
            if name:
                yield name, lines
            name, lines = found[1], []
        elif name and line.strip():
            lines.append(line)
    yield name, lines


def test_the_total_is_the_sum_of_what_is_shown(evaluation: Evaluation) -> None:
    for standing in ranked(evaluation):
        text = told(evaluation, standing)
        scores = {name: number(found[1]) for name, lines in sections(text) if (found := SCORE.match(lines[0]))}
        (line,) = (line for line in text.splitlines() if line.startswith("Total : "))
        sum_, total = line.removeprefix("Total : ").split(" points")[0].split(" = ")
        assert added(sum_) == number(total) == Fraction(str(standing.card.total))
        assert [number(part) for part in sum_.split(" + ")] == [scores[name] for name in scores if "." not in name]
        for name, points in scores.items():
            below = [part for other, part in scores.items() if other.rpartition(".")[0] == name]
            assert not below or sum(below) == points


def test_each_subtotal_adds_up(evaluation: Evaluation) -> None:
    for standing in ranked(evaluation):
        text = told(evaluation, standing)
        scores = {name: number(found[1]) for name, lines in sections(text) if (found := SCORE.match(lines[0]))}
        for name, sum_, points in re.findall(rf"Sous-total ([\d.]+) : (.*) = ({NUMBER}) points?$", text, re.MULTILINE):
            assert added(sum_) == number(points) == scores[name]


def test_each_leaf_ends_with_the_points_that_it_gives(evaluation: Evaluation) -> None:
    for standing in ranked(evaluation):
        for name, lines in sections(told(evaluation, standing)):
            steps = [line for line in lines if re.match(r" *[✓✗?·=] ", line)]
            if not steps or not (score := SCORE.match(lines[0])):
                continue
            outer = min(len(line) - len(line.lstrip()) for line in steps)
            results = [line for line in steps if len(line) - len(line.lstrip()) == outer]
            last = (
                WEIGHED.match(results[-1])
                or GIVEN.search(results[-1])
                or re.search(rf"= ({NUMBER}) points?", results[-1])
            )
            if last is None:
                assert "non renseigné" in results[-1] or "non décidé" in results[-1], results
                assert number(score[1]) == 0
            else:
                points = last[5] if last.re is WEIGHED else last[1]
                assert number(points) == number(score[1]), (name, lines)


def test_each_sum_in_a_rule_can_be_redone(evaluation: Evaluation) -> None:
    redone = 0
    for standing in ranked(evaluation):
        for line in told(evaluation, standing).splitlines():
            if found := WEIGHED.match(line):
                mark, out_of, weight, by, points = map(number, found.groups())
                assert (mark * weight / by, out_of) == (points, by)
            elif (found := GIVEN.search(line)) and found[2] and (parts := LINE.fullmatch(found[2])):
                a, x, x0, b, a2, x1, x02 = map(number, parts.groups())
                assert ((a, x0), a + (x - x0) * (b - a) / (x1 - x0)) == ((a2, x02), number(found[1]))
            elif found and found[2] and (parts := SLICES.fullmatch(found[2])):
                full = number(parts[1]) * number(parts[2])
                assert min(full, number(parts[3]) if parts[3] else full) == number(found[1])
            elif found := re.match(rf" *· ({NUMBER}(?: \+ {NUMBER})+) = ({NUMBER}) points?$", line):
                assert added(found[1]) == number(found[2])
            elif found := re.match(
                rf" *· le (meilleur|moins bon) de ((?:{NUMBER}(?:, )?)+) → ({NUMBER}) points?$", line
            ):
                choose = max if found[1] == "meilleur" else min
                assert choose(map(number, re.split(", | et ", found[2]))) == number(found[3])
            else:
                continue
            redone += 1
    assert redone >= 4
