"""The names of the doctors of one candidature, wherever else somebody wrote them: in a surface, a date, a reference."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from ami_scoring.domain.fields import fields
from ami_scoring.domain.primitives import SHORT, without_accents
from ami_scoring.patterns import late
from ami_scoring.sources.people.hidden import HIDDEN
from ami_scoring.sources.people.likely import is_about_people

_LETTER: Final = r"(?:[^\W\d_]|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2})[\u0300-\u036f]*"
_WORDS: Final = late(rf"\\[^ux]|((?:{_LETTER}){{3,}})")
"""Words of three letters or more, accents apart or together, escaped or not as JSON and YAML do."""
_ESCAPE: Final = late(r"\\[ux]([0-9a-fA-F]{2,4})")
_QUOTED: Final = late("«.*»", re.DOTALL)
_NOT_NAMES: Final = frozenset({"specialite", "temps_plein", "preuve"})
"""What is asked of a doctor that names nobody."""
_LONGEST_KEY: Final = 100
_MANY_KEYS: Final = 50
"""Keys beyond which those of a candidature are not those of others."""
_EVERYDAY: Final = """
    ans annee annees euro euros mois jours par habitant habitants bureaux metre metres carre carres
    les des une aux avec pour sans dans sur chez oui non docteur medecin medecins monsieur madame mme
    inconnu inconnue confirmer preciser communique null none true false
"""


class Names(NamedTuple):
    """The words of some names, in small letters, without accents; or, of `others`, any words but those."""

    words: frozenset[str] = frozenset()
    others: bool = False

    def are_in(self, text: str) -> bool:
        """Say whether a text has a word of one of the names."""
        if self.others:
            return not self.words.issuperset(_words_in(text))
        return bool(self.words) and not self.words.isdisjoint(_words_in(text))

    def masked(self, text: str) -> str:
        """Hide the words of the names in a text, whose other characters stay in place."""
        return _WORDS.sub(self._hidden, text) if self.words or self.others else text

    def masked_in_quotes(self, said: str) -> str:
        """Hide the words of the names in what a sentence quotes."""
        return _QUOTED.sub(lambda found: self.masked(found[0]), said) if self.words or self.others else said

    def _hidden(self, found: re.Match[str]) -> str:
        is_named = found[1] is not None and (_folded(found[1]) in self.words) is not self.others
        return HIDDEN * len(found[0]) if is_named else found[0]


NOBODY: Final = Names()


class _Last:
    """The names found last, and the data in which they were: several ask in turn for those of one candidature."""

    data: object = None
    names = Names()


def names_in(data: Any) -> Names:
    """Find the names of the doctors of a candidature in its data, whatever shape these have."""
    if not isinstance(data, dict):
        return Names()
    if data is not _Last.data:
        texts: list[str] = []
        for key in _of_doctors(tuple(data)) if len(data) <= _MANY_KEYS else filter(_is_of_doctors, data):
            _add_texts(data[key], texts)
        _Last.data, _Last.names = data, names_of(texts)
    return _Last.names


def names_of(texts: Iterable[str]) -> Names:
    """Make names of the texts that say them; a word of everyday answers names nobody."""
    words = {word for text in texts for word in _words_in(text)}
    if words:  # most candidatures name nobody
        words -= _everyday()
    return Names(frozenset(words)) if words else NOBODY


def all_but(texts: Iterable[str]) -> Names:
    """Take for a name every word but those of some texts: where people write of people, nothing else is shown."""
    return Names(frozenset(word for text in texts for word in _words_in(text)), others=True)


@lru_cache(maxsize=64)
def _of_doctors(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Keep the keys about doctors: most candidatures have the same ones."""
    return tuple(filter(_is_of_doctors, keys))


def _is_of_doctors(key: str) -> bool:
    return len(key) < _LONGEST_KEY and _is_a_key_of_theirs(key)


@lru_cache(maxsize=4_096)
def _is_a_key_of_theirs(key: str) -> bool:
    return without_accents(key).startswith("medecin") or is_about_people(key)


def _add_texts(data: Any, found: list[str]) -> None:
    if isinstance(data, str):
        found.append(data)
    elif isinstance(data, list):
        for each in data:
            _add_texts(each, found)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in _NOT_NAMES:
                _add_texts(value, found)


def words_in_quotes(said: str) -> frozenset[str]:
    """Give the words of what a sentence quotes, as names have theirs."""
    return frozenset(word for quoted in _QUOTED.findall(said) for word in _words_in(quoted))


def _words_in(text: str) -> tuple[str, ...]:
    return _few_words(text) if len(text) <= SHORT else _words_of(text)


def _words_of(text: str) -> tuple[str, ...]:
    return tuple(_folded(found[1]) for found in _WORDS.finditer(text) if found[1])


_few_words: Final = lru_cache(maxsize=4_096)(_words_of)
"""The same, of short texts, which come back."""


def _folded(word: str) -> str:
    if len(word) > 200:
        return word
    return without_accents(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), word))


@cache
def _everyday() -> frozenset[str]:
    """List the words of the keys and titles of a candidature, and those of ordinary answers."""
    said = " ".join((*fields(), *(field.title for field in fields().values())))
    return frozenset(re.findall(r"[a-z]{3,}", without_accents(said))) | {*_EVERYDAY.split()}
