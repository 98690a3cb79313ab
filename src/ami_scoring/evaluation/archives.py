"""What goes in the archive of a call, under which name, and the inventory of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from ami_scoring import __version__
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.inventory import NAME, OUTPUTS, PIECES, READ_ME, SOURCES, Inventory, Listed, Role, Run
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable
from ami_scoring.reports.inventory import inventory_json, inventory_text
from ami_scoring.sources.files.archives import is_safe


class NotArchivedError(AmiScoringError):
    """Raised when an archive cannot hold what was read."""


class Layout:
    """Where each file that a run read stands in the archive: as they stood to one another."""

    def __init__(self, provenance: Provenance, paths: Sequence[Path]) -> None:
        """Look for the folder that holds all that was read, and the paths that were asked."""
        self.roles = {origin.path: role for role, origin in _origins(provenance)}
        folders = [os.path.dirname(_full(path)) for path in self.roles]  # noqa: PTH120 - as os.path compares them
        folders += [_full(str(path)) for path in paths if path.is_dir()]
        try:
            self.root = os.path.commonpath(folders)
        except ValueError:
            message = "les fichiers lus sont sur plusieurs disques : mettez-les dans un même dossier."
            raise NotArchivedError(message) from None

    def name_of(self, path: str | Path) -> str:
        """Give the name, in the archive, of a file or folder. Raises `NotArchivedError` where none can be given."""
        inside = Path(os.path.relpath(_full(str(path)), self.root)).as_posix()
        name = SOURCES if inside == "." else f"{SOURCES}/{inside}"
        if not is_safe(name):
            message = f"« {printable(str(path))} » a un nom qu'une archive ne peut pas garder partout : renommez-le."
            raise NotArchivedError(message)
        return name

    def sources(self) -> dict[str, bytes]:
        """Read again every file that the run read. Raises `NotArchivedError` where one cannot be."""
        try:
            return {self.name_of(path): Path(path).read_bytes() for path in self.roles}
        except OSError as error:
            named = printable(str(error.filename))
            raise NotArchivedError(f"« {named} » ne peut plus être lu : rien n'est archivé.") from error

    def role_of(self, name: str) -> Role:
        """Say what a file of the archive is."""
        return {self.name_of(path): role for path, role in self.roles.items()}[name]


def _full(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links keep the names that people gave


def _origins(provenance: Provenance) -> Iterator[tuple[Role, Origin]]:
    yield from ((Role.CANDIDATURE, each) for each in provenance.candidatures)
    yield from ((Role.ASSESSMENT, each) for each in provenance.assessments)
    yield from ((Role.MAPPING, each) for each in provenance.mappings)
    yield from ((Role.ZONING, each) for each, _ in provenance.zonings)
    if provenance.verifications is not None:
        yield Role.VERIFICATIONS, provenance.verifications
    yield from ((Role.AWARDED, each) for each in provenance.awarded)
    if provenance.decisions is not None:
        yield Role.DECISIONS, provenance.decisions
    yield Role.CRITERIA, provenance.criteria


def inventory_of(evaluation: Evaluation, run: Run, layout: Layout, files: Mapping[str, bytes]) -> Inventory:
    """List the files of an archive, in the order of their roles, then of their names."""
    roles = {layout.name_of(path): role for path, role in layout.roles.items()}
    listed = [
        Listed(path=name, role=roles.get(name) or _made(name), sha256=sha256(data).hexdigest(), size=len(data))
        for name, data in files.items()
    ]
    order = list(Role)
    decided = evaluation.decided
    return Inventory(
        schema="1",
        version=__version__,
        call=evaluation.criteria.call.title,
        edition=evaluation.criteria.call.edition,
        run=run,
        entries=0 if decided is None else len(decided.register.decisions),
        head=None if decided is None else decided.register.head,
        files=sorted(listed, key=lambda each: (order.index(each.role), each.path)),
    )


def _made(name: str) -> Role:
    return Role.OUTPUT if name.startswith(f"{OUTPUTS}/") else Role.PIECE


def with_inventory(inventory: Inventory, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Add the inventory to the files that it lists, for programs and for people."""
    return {
        **files,
        NAME: inventory_json(inventory).encode("utf-8"),
        READ_ME: inventory_text(inventory).encode("utf-8"),
    }


def piece_name(path: Path, inside: str | None = None) -> str:
    """Give the name, in the archive, of a file that was made apart, or of one `inside` a folder that is joined.

    Raises `NotArchivedError` where none can be given.
    """
    own = path.name or path.resolve().name
    name = f"{PIECES}/{own}" if inside is None else f"{PIECES}/{own}/{inside}"
    if not is_safe(name):
        shown = printable(str(path if inside is None else path / inside))
        message = f"« {shown} » a un nom qu'une archive ne peut pas garder partout : renommez-le."
        raise NotArchivedError(message)
    return name
