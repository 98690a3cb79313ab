#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "whether a month has passed from 31 January to 28 February is one answer, the same backwards, and EDATE and DATEDIF agree"
needs soffice
python_packages python-dateutil==4.0.0 pendulum==3.3.0 tzdata==2026.6 duckdb==2.0.1 openpyxl==3.1.5 et_xmlfile==2.0.0 ironcalc==0.9.1
happens env/bin/python - <<'PY'
from datetime import date

import duckdb
import ironcalc
import pendulum
from dateutil.relativedelta import relativedelta
from openpyxl import Workbook

PAIRS = [
    (date(2021, 1, 31), date(2021, 2, 28)),
    (date(2021, 1, 30), date(2021, 2, 28)),
    (date(2020, 2, 29), date(2021, 2, 28)),
    (date(2021, 8, 31), date(2022, 2, 28)),
]


def months(of):
    return of.years * 12 + of.months


sheet = (book := Workbook()).active
for row, (start, end) in enumerate(PAIRS, 1):
    there, back = relativedelta(end, start), relativedelta(start, end)
    shown = pendulum.instance(end) - pendulum.instance(start)
    sub = duckdb.execute("select datesub('month', ?, ?)", [start, end]).fetchone()[0]
    print(start, "->", end)
    print(f"  dateutil {months(there)} there, {months(back)} back; DuckDB datesub {sub};", end=" ")
    print(f"pendulum in_months {shown.in_months()}, with {shown.remaining_days} days")
    serials = [(day - date(1899, 12, 30)).days for day in (start, end)]
    sheet.append([*serials, f'=DATEDIF(A{row},B{row},"m")', f"=(EDATE(A{row},C{row}+1)<=B{row})*1"])
book.save("months.xlsx")
model = ironcalc.load_from_xlsx("months.xlsx", "en", "UTC", "en")
model.evaluate()
for row in range(1, len(PAIRS) + 1):
    print("IronCalc     DATEDIF", *(model.get_formatted_cell_value(0, row, column) for column in (3, 4)))
PY
shown_by_libreoffice months.xlsx
happens sed -E 's/^[0-9]+,[0-9]+,(.*),(.*)$/LibreOffice  DATEDIF \1 \2/' months.csv
seen <<'END'
2021-01-31 -> 2021-02-28
  dateutil 1 there, 0 back; DuckDB datesub 1; pendulum in_months 1, with 0 days
2021-01-30 -> 2021-02-28
  dateutil 1 there, 0 back; DuckDB datesub 1; pendulum in_months 0, with 1 days
2020-02-29 -> 2021-02-28
  dateutil 12 there, -11 back; DuckDB datesub 12; pendulum in_months 11, with 2 days
2021-08-31 -> 2022-02-28
  dateutil 6 there, -5 back; DuckDB datesub 6; pendulum in_months 6, with 0 days
IronCalc     DATEDIF 0 1
IronCalc     DATEDIF 0 1
IronCalc     DATEDIF 11 1
IronCalc     DATEDIF 5 1
LibreOffice  DATEDIF 0 1
LibreOffice  DATEDIF 0 1
LibreOffice  DATEDIF 11 1
LibreOffice  DATEDIF 5 1
END
