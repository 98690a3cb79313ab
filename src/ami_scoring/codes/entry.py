"""What is known of one finding code: what it says, why it matters, a file that has it and the same file mended."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """The documentation of one stable code, in French, for the people who write the files."""

    code: str
    what: str
    """One sentence: what is wrong."""
    why: str
    """What would happen if it were let through."""
    wrong: str = ""
    """The shortest extract that has the mistake; empty where text cannot show it."""
    right: str = ""
    """The same extract, mended."""
    form: str = "yaml"
    """The language of the extracts: `yaml`, `json`, `csv`, `text`."""

    @property
    def markdown(self) -> str:
        """Write the entry as Markdown, without its title."""
        parts = [self.what, self.why]
        for title, extract in (("À corriger :", self.wrong), ("Corrigé :", self.right)):
            if extract:
                parts.append(f"{title}\n\n```{self.form}\n{extract.strip(chr(10))}\n```")
        return "\n\n".join(parts)
