"""Where `ami explain` says that a fact was read."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from tests.sources.sheets import MINIMAL, blank_form, cells_by_key, filled, policy

from ami_scoring.domain.entries import Origin
from ami_scoring.evaluation.places import fact_places


def test_a_list_of_a_form_is_read_in_the_cells_of_its_elements(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(filled({**MINIMAL, "pieces.nombre": 2, "pieces.1": "plan des locaux", "pieces.3": "devis"}))
    origin = Origin(str(path), sha256(path.read_bytes()).hexdigest())
    places = fact_places(policy().criteria, origin, ["pieces", "locaux.bureaux"])
    cells = cells_by_key(blank_form())
    assert [place.cell for place in places["pieces"]] == [cells["pieces.1"], cells["pieces.3"]]
    assert places["locaux.bureaux"] == ()
