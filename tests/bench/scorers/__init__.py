"""The committee's barème as users of other tools would write it, each a script of its own.

`SCRIPT LINES ZONES` reads candidatures from a `.jsonl` file and zones from a CSV, and prints `reference`, a tab and the
total of each eligible candidature, best first. They are here to be timed: none explains a point, says what a missing
answer could change, refuses a wrong one, tells equals apart or gives places.
"""
