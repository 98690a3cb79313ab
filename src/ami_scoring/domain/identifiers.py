"""Codes that others give: communes (INSEE), priority districts (QPV), enterprises (SIREN), doctors (RPPS)."""

from __future__ import annotations

import re
from sys import intern
from typing import Annotated

from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import SPACES, Parsed, json_type, parse_text, shown, wrong_type
from ami_scoring.patterns import late

_CODE_INSEE = late(r"(?:\d{2}|2[AB])\d{3}", re.ASCII)
_SIRET = late(r"\d{14}", re.ASCII)
_SIREN = late(r"\d{9}", re.ASCII)
_SIREN_DIGITS = 9
_NO_NUMBER = late(r"0+", re.ASCII)
"""What people type to go on where a number is asked for; its key is right, and it is nobody's."""
_DOUBLED = {str(digit): sum(map(int, str(2 * digit))) for digit in range(10)}


def parse_commune_code(value: object) -> str:
    """Read an INSEE commune code: five characters, leading zero kept, `2A` and `2B` for Corsica."""
    if not isinstance(value, str):
        raise wrong_type(
            "code-insee-form", "Un code INSEE est un texte : écrivez-le entre guillemets ({found} a été lu).", value
        )
    if len(value) == 5 and value.isascii() and value.isdigit():
        return value
    code = value if value.isalnum() else SPACES.sub("", value)
    code = code.upper()
    if not _CODE_INSEE.fullmatch(code):
        raise RefusalError(
            "code-insee-form",
            "« {text} » n'est pas un code INSEE de commune : cinq caractères, par exemple 09001 (ni nom, ni SIREN).",
            {"text": shown(value)},
        )
    return code


def parse_qpv_code(value: object) -> str:
    """Read the code of a priority urban district: `QP` and six characters."""
    code = SPACES.sub("", parse_text(value)).upper()
    if not re.fullmatch(r"QP[0-9A-Z]{6}", code):
        raise RefusalError(
            "code-qpv-form",
            "« {text} » n'est pas un code de QPV : QP suivi de six caractères, par exemple QP031001.",
            {"text": shown(value)},
        )
    return code


def parse_siren(value: object) -> str:
    """Read a SIREN: nine digits of which the last is a Luhn key."""
    if type(value) is str and len(value) == _SIREN_DIGITS and value.isascii() and value.isdigit() and _has_key(value):
        return value
    text = value if isinstance(value, str) else shown(value)
    if isinstance(value, str) and not text.isalnum():
        text = SPACES.sub("", text).replace(".", "")
    if _NO_NUMBER.fullmatch(text):
        raise RefusalError(
            "siren-form",
            "« {text} » n'est le SIREN de personne : laissez la réponse vide si vous ne le connaissez pas.",
            {"text": shown(value)},
        )
    if (siren := siren_of_siret(value)) is not None:
        raise RefusalError(
            "siret-not-siren",
            "« {text} » est un SIRET, le numéro d'un établissement ; le SIREN en est le début : {siren}.",
            {"text": shown(value), "siren": siren},
        )
    if _SIRET.fullmatch(text):
        raise RefusalError(
            "siren-form",
            "« {text} » a quatorze chiffres, comme un SIRET, mais ses clés de contrôle sont fausses : recopiez-le ; "
            "le SIREN attendu en est les neuf premiers.",
            {"text": shown(value)},
        )
    if not _SIREN.fullmatch(text) or not _has_key(text):
        raise RefusalError(
            "siren-form",
            "« {text} » n'est pas un SIREN : neuf chiffres dont le dernier est une clé de contrôle. Recopiez-le.",
            {"text": shown(value)},
        )
    return text


def siren_of_siret(value: object) -> str | None:
    """Give the SIREN with which a SIRET begins; None for anything but fourteen digits whose two keys are right."""
    text = SPACES.sub("", value).replace(".", "") if isinstance(value, str) else ""
    if not _SIRET.fullmatch(text) or _NO_NUMBER.fullmatch(text):
        return None
    from stdnum.fr import siret  # noqa: PLC0415 - knows La Poste, whose establishments follow another rule

    return text[:9] if siret.is_valid(text) else None


def parse_rpps(value: object) -> str:
    """Read a doctor's RPPS number: eleven digits, the last a Luhn key. Never shown back: it is personal data."""
    from stdnum import luhn  # noqa: PLC0415

    text = SPACES.sub("", value) if isinstance(value, str) else ""
    if not re.fullmatch(r"\d{11}", text, re.ASCII) or not luhn.is_valid(text) or _NO_NUMBER.fullmatch(text):
        raise RefusalError(
            "rpps-form", "Ce numéro RPPS n'est pas valable : onze chiffres dont le dernier est une clé de contrôle."
        )
    return text


def _has_key(digits: str) -> bool:
    """Say whether the last of some digits, not all zeros, is the Luhn key of the others.

    Every other one is doubled, from the right.
    """
    # By python-stdnum, which takes any alphabet, the same costs three times as much, for each candidature.
    total = sum(map(int, digits[::-2])) + sum(map(_DOUBLED.__getitem__, digits[-2::-2]))
    return total % 10 == 0 and total > 0


def department_of(code_insee: str) -> str:
    """Give the département of a commune from its INSEE code: two characters, three overseas."""
    return intern(code_insee[:3] if code_insee.startswith(("97", "98")) else code_insee[:2])


CodeInsee = Annotated[
    str, Parsed(parse_commune_code), json_type("string", pattern=r"^\s*([0-9]\s*[0-9]|2\s*[ABab])(\s*[0-9]){3}\s*$")
]
CodeQpv = Annotated[str, Parsed(parse_qpv_code), json_type("string", pattern=r"^\s*[Qq]\s*[Pp](\s*[0-9A-Za-z]){6}\s*$")]
Siren = Annotated[str, Parsed(parse_siren), json_type("string", pattern=r"^[\s.]*[0-9]([\s.]*[0-9]){8}[\s.]*$")]
Rpps = Annotated[str, Parsed(parse_rpps), json_type("string", pattern=r"^\s*[0-9](\s*[0-9]){10}\s*$")]
