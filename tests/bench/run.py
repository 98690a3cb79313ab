"""Run with `make bench`: ratios and figures beside their targets. It reports, and never fails on a slow machine.

A new benchmark is a module with `measure(times) -> list[Row]`, listed in `MODULES`; `times` is how many runs a
median is made of.
"""

from __future__ import annotations

import argparse
import os
import platform

from . import beside, exports, findings, forms, page, rivals, robustness, sides, startup, validate, volume, workbook
from .table import layout

MODULES = (startup, beside, validate, volume, sides, findings, rivals, workbook, page, forms, exports, robustness)


def main() -> None:
    """Measure everything and print one table."""
    parser = argparse.ArgumentParser(prog="make bench", description="Mesure le temps que prend ami.")
    parser.add_argument("--quick", action="store_true", help="moins de courses : un ordre de grandeur")
    times = 1 if parser.parse_args().quick else 5
    print(f"Python {platform.python_version()}, {os.cpu_count()} processeurs, {platform.system()}.")
    print("Médianes de courses alternées, en temps de processeur : les rapports comptent plus que les durées.\n")
    print(layout(row for module in MODULES for row in module.measure(times)), end="")


if __name__ == "__main__":
    main()
