#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a date format marked as French ([\$-40C], [\$-fr-FR]) shows a French date, or an English one where French is not known"
needs soffice
python_packages xlsxwriter==3.3.1 ironcalc==0.9.1
happens env/bin/python - <<'PY'
import ironcalc, xlsxwriter

LOOKS = ["d mmmm yyyy", "[$-40C]d mmmm yyyy", "[$-fr-FR]d mmmm yyyy"]
book = xlsxwriter.Workbook("dates.xlsx")
sheet = book.add_worksheet("S")
for row, look in enumerate(LOOKS):
    sheet.write_number(row, 0, 44835, book.add_format({"num_format": look}))
book.close()
model = ironcalc.load_from_xlsx("dates.xlsx", "en", "UTC", "en")
print("1 October 2022 under", LOOKS)
print("IronCalc    ", [model.get_formatted_cell_value(0, row, 1) for row in range(1, 4)])
PY
shown_by_libreoffice dates.xlsx
happens echo "LibreOffice  [$(paste -sd, dates.csv | sed 's/,/, /g')]"
seen <<'END'
1 October 2022 under ['d mmmm yyyy', '[$-40C]d mmmm yyyy', '[$-fr-FR]d mmmm yyyy']
IronCalc     ['1 October 2022', '#VALUE!', '#VALUE!']
LibreOffice  [1 October 2022, 1 octobre 2022, 44835]
END
