#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a number format rounds as ROUND does, and the engines round alike"
needs soffice
python_packages xlsxwriter==3.3.1 ironcalc==0.9.1
happens env/bin/python - <<'PY'
import ironcalc, xlsxwriter

book = xlsxwriter.Workbook("share.xlsx")
sheet = book.add_worksheet("S")
for row, look in enumerate(["0%", "0.00"]):
    sheet.write_number(row, 0, 0.285, book.add_format({"num_format": look}))
sheet.write_formula(2, 0, "=ROUND(A1*100,0)", None, "")  # no result: to be computed
sheet.write_formula(3, 0, "=ROUND(A1,2)", None, "")
sheet.write_number(4, 0, 0.96, book.add_format({"num_format": "0.0"}))
book.close()
model = ironcalc.load_from_xlsx("share.xlsx", "en", "UTC", "en")
model.evaluate()
print("0.285 under 0%, under 0.00, ROUND(…*100,0), ROUND(…,2); 0.96 under 0.0")
print("IronCalc    ", [model.get_formatted_cell_value(0, row, 1) for row in range(1, 6)])
PY
shown_by_libreoffice share.xlsx
happens echo "LibreOffice  [$(paste -sd, share.csv | sed 's/,/, /g')]"
seen <<'END'
0.285 under 0%, under 0.00, ROUND(…*100,0), ROUND(…,2); 0.96 under 0.0
IronCalc     ['28%', '0.28', '29', '0.29', '0.0']
LibreOffice  [28%, 0.29, 28, 0.29, 1.0]
END
