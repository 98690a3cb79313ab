"""What is said, in French, of the JSON that is refused. Sound files never load it."""

from __future__ import annotations

import json

from ami_scoring.findings import Finding
from ami_scoring.messages import Message
from ami_scoring.sources.files.decoding import Source
from ami_scoring.sources.files.document import refusal
from ami_scoring.sources.text.json_decoders import is_bounded


def explain(error: json.JSONDecodeError, source: Source) -> Finding:
    """Say in French what the parser refused, where the author can see it."""
    text, at = source.text, error.pos
    before = text[:at].rstrip(" \t\r\n")
    if error.msg.startswith("Illegal trailing comma") or (before.endswith(",") and text[at : at + 1] in {"]", "}"}):
        at = at if text[at] == "," else len(before) - 1
        return _syntax(source, at, "Cette virgule n'est suivie de rien.", "Supprimez-la.")
    if at >= len(text):
        return _syntax(source, at, "Le texte s'arrête avant la fin du document.")
    if error.msg.startswith(("Expecting", "Extra")):
        for beginnings, sentence, suggestion in _WRITTEN:
            if text.startswith(beginnings, at):
                return _syntax(source, at, sentence, suggestion)
    for beginning, sentence, suggestion in _SAID:
        if error.msg.startswith(beginning):
            return _syntax(source, at, sentence, suggestion)
    return _syntax(source, at, "La syntaxe de JSON est incorrecte à cet endroit.")


def refuse_scalar(source: Source, word: str, at: int) -> Finding | None:
    """Say what is wrong with one key, text, number or word of a text that is otherwise sound, if anything is."""
    if word[0] == '"':
        return half_character(source, at) if _has_half(word) else None
    if word in {"NaN", "Infinity", "-Infinity"}:
        message = Message("« {word} » n'est pas un nombre.", {"word": word})
        return refusal("not-a-number", source.at(at), message, Message("Écrivez un nombre, ou null."))
    if word[0] in "-0123456789" and not is_bounded(word):
        message = Message("Ce nombre a trop de chiffres pour être une mesure ou un montant.")
        return refusal("number-too-long", source.at(at), message)
    return None


def half_character(source: Source, at: int) -> Finding:
    """Say that a text holds half of a character."""
    message = Message("Ce texte contient la moitié d'un caractère (« \\uD800 » à « \\uDFFF »).")
    return refusal("half-character", source.at(at), message, Message("Écrivez le caractère entier."))


_WRITTEN = (
    (("//", "/*", "#"), "JSON n'admet pas de commentaire.", "Supprimez-le."),
    (("'",), "JSON n'admet pas de guillemets simples.", 'Employez des guillemets doubles : ".'),
    (
        ("\u201c", "\u201d", "\u201e", "\u00ab"),
        "Ces guillemets sont typographiques.",
        'Employez des guillemets droits : ".',
    ),
    (("\u00a0", "\u202f"), "Une espace insécable n'est pas admise ici.", "Remplacez-la par une espace ordinaire."),
    (("True", "False", "None"), "JSON écrit true, false et null, en minuscules.", None),
)
"""What a broken text begins with, the sentence, and the way to mend it."""
_SAID = (
    ("Extra data", "Du texte suit la fin du document.", "Un seul document par fichier .json ; un par ligne en .jsonl."),
    ("Unterminated string", "Ce texte n'est jamais refermé : il manque un guillemet.", None),
    ("Invalid control", "Un retour à la ligne ou une tabulation coupe ce texte.", "Écrivez \\n ou \\t à la place."),
    ("Invalid \\", "« \\ » annonce un code, et celui-ci n'existe pas.", "Doublez la barre : \\\\."),
    ("Expecting property name", "Une clé entre guillemets doubles est attendue ici.", None),
    ("Expecting ','", "Une virgule manque avant ceci, ou un guillemet est de trop.", None),
    ("Expecting ':'", "Deux-points sont attendus après la clé.", None),
    ("Expecting value", "Une valeur est attendue ici.", "Un texte s'écrit entre guillemets doubles : \"."),
)
"""How the parser's own words begin, the sentence, and the way to mend it."""


def _syntax(source: Source, at: int, sentence: str, suggestion: str | None = None) -> Finding:
    return refusal("json-syntax", source.at(at), Message(sentence), Message(suggestion) if suggestion else None)


def _has_half(word: str) -> bool:
    return any("\ud800" <= char <= "\udfff" for char in json.loads(word))
