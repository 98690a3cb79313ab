#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a reader of French dates that is given a quarter (T4 2022, 4e trimestre 2022) finds October to December, or nothing"
python_packages dateparser==1.5.0 python-dateutil==2.9.0.post0 six==1.17.0 pytz==2026.6 regex==2026.11.19 tzlocal==5.4.5
happens env/bin/python -W ignore - <<'PY'
from datetime import datetime

import dateparser
from dateutil.parser import ParserError, parse

FIRST = {"PREFER_DAY_OF_MONTH": "first", "RELATIVE_BASE": datetime(2022, 6, 1)}


def by_dateutil(text, fuzzy):
    try:
        return parse(text, dayfirst=True, fuzzy=fuzzy, default=datetime(2022, 6, 1)).date()
    except ParserError:
        return "refused"


for text in ("T1 2022", "T4 2022", "4T 2022", "2022-T4", "Q4 2022", "4e trimestre 2022", "2e semestre 2022", "vendredi 3 avril 2022"):
    read = dateparser.parse(text, languages=["fr"], settings=FIRST)
    print(f"{text}: dateparser {read.date() if read else 'nothing'}, dateutil {by_dateutil(text, False)}, fuzzy {by_dateutil(text, True)}")
print("3 April 2022 was a", datetime(2022, 4, 3).strftime("%A"))
PY
seen <<'END'
T1 2022: dateparser 2022-01-01, dateutil 2022-01-01, fuzzy 2022-01-01
T4 2022: dateparser 2022-04-01, dateutil 2022-04-01, fuzzy 2022-04-01
4T 2022: dateparser 2022-04-01, dateutil 2022-04-01, fuzzy 2022-04-01
2022-T4: dateparser 2022-04-01, dateutil 2022-04-01, fuzzy 2022-04-01
Q4 2022: dateparser 2022-12-01, dateutil refused, fuzzy 2022-04-01
4e trimestre 2022: dateparser nothing, dateutil refused, fuzzy 2022-04-01
2e semestre 2022: dateparser nothing, dateutil refused, fuzzy 2022-02-01
vendredi 3 avril 2022: dateparser 2022-04-03, dateutil refused, fuzzy 2022-03-01
3 April 2022 was a Sunday
END
