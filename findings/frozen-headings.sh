#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a workbook converted from .xlsx to .xlsx by LibreOffice keeps its frozen headings and its hidden gridlines"
needs soffice
python_packages openpyxl==3.1.5 et-xmlfile==2.0.0
happens env/bin/python - <<'PY'
from openpyxl import Workbook

book = Workbook()
sheet = book.active
for row in range(1, 40):
    sheet.append([f"Dossier {row}", row])
sheet.freeze_panes, sheet.sheet_view.showGridLines, sheet.print_title_rows = "B2", False, "1:1"
book.save("headings.xlsx")
PY
libreoffice --convert-to xlsx --outdir again headings.xlsx >/dev/null
happens env/bin/python - <<'PY'
from openpyxl import load_workbook

for path in ("headings.xlsx", "again/headings.xlsx"):
    sheet = load_workbook(path).active
    print(path, "| frozen at", sheet.freeze_panes, "| gridlines", bool(sheet.sheet_view.showGridLines),
          "| printed on each page", sheet.print_title_rows)
PY
seen <<'END'
headings.xlsx | frozen at B2 | gridlines False | printed on each page $1:$1
again/headings.xlsx | frozen at None | gridlines True | printed on each page $1:$1
END
