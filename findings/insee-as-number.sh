#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "strings_to_numbers of XlsxWriter turns texts that look like numbers to a Frenchman into numbers, and spares codes"
python_packages xlsxwriter==3.3.1 openpyxl==3.1.5 et-xmlfile==2.0.0
happens env/bin/python - <<'PY'
import openpyxl, xlsxwriter

TEXTS = ["01004", "2A004", "1E5", "1_000", "+33561000000", "12,5", "50%", "1 200", " 31555 ", "٣١"]
book = xlsxwriter.Workbook("codes.xlsx", {"strings_to_numbers": True})
sheet = book.add_worksheet()
for row, text in enumerate(TEXTS):
    sheet.write(row, 0, text)
book.close()
for text, (cell,) in zip(TEXTS, openpyxl.load_workbook("codes.xlsx").active.iter_rows()):
    print(repr(text), "->", repr(cell.value))
PY
seen <<'END'
'01004' -> 1004
'2A004' -> '2A004'
'1E5' -> 100000
'1_000' -> 1000
'+33561000000' -> 33561000000
'12,5' -> '12,5'
'50%' -> '50%'
'1 200' -> '1 200'
' 31555 ' -> 31555
'٣١' -> 31
END
