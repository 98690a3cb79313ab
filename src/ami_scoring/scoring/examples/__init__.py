"""The policy's own tests: run, measured branch by branch, proposed where a branch has none."""

from ami_scoring.scoring.examples.coverage import Coverage, places_of
from ami_scoring.scoring.examples.places import place_word
from ami_scoring.scoring.examples.proposals import propose

__all__ = ["Coverage", "place_word", "places_of", "propose"]
