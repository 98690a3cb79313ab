"""The inventory of an archive: its files by their role."""

from ami_scoring.domain.chain import FIRST
from ami_scoring.domain.inventory import Inventory, Role


def test_files_are_found_by_their_role() -> None:
    files = [
        {"path": path, "role": role, "sha256": FIRST, "size": 1}
        for path, role in (("sources/criteria.yaml", "criteria"), ("sorties/a.json", "output"), ("pieces/b", "piece"))
    ]
    run = {"criteria": "sources/criteria.yaml", "candidatures": ["sources"]}
    read = Inventory.model_validate(
        {"schema": 1, "version": "1", "call": "Essai", "edition": "1", "run": run, "files": files}
    )
    assert [each.path for each in read.of_role(Role.OUTPUT, Role.PIECE)] == ["sorties/a.json", "pieces/b"]
