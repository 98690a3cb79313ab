"""What stands in the place of what is not shown."""

from typing import Final

HIDDEN: Final = "·"
