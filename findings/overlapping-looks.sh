#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "LibreOffice saves conditional formats as it read them, and shows every rule that holds, as Excel does"
needs soffice
python_packages xlsxwriter==3.3.1
happens env/bin/python - <<'PY'
import xlsxwriter

book = xlsxwriter.Workbook("looks.xlsx")
sheet = book.add_worksheet()
sheet.write(0, 0, 12)
bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "#FF0000"})
sheet.conditional_format("A1", {"type": "cell", "criteria": ">", "value": 10, "format": bold, "stop_if_true": True})
sheet.conditional_format("A1", {"type": "cell", "criteria": ">", "value": 5, "format": red})
sheet.write(1, 0, 12)
sheet.conditional_format("A2", {"type": "cell", "criteria": ">", "value": 10, "format": bold})
sheet.conditional_format("A2", {"type": "cell", "criteria": ">", "value": 5, "format": red})
book.close()
PY
libreoffice --convert-to xlsx --outdir again looks.xlsx >/dev/null
libreoffice --convert-to html --outdir again looks.xlsx >/dev/null
happens env/bin/python - <<'PY'
import re, zipfile

for path in ("looks.xlsx", "again/looks.xlsx"):
    xml = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    rules = [dict(re.findall(r'(priority|stopIfTrue)="([^"]*)"', rule)) for rule in re.findall(r"<cfRule[^>]*>", xml)]
    print(path, rules)
for cell in re.findall(r"<td.*?</td>", open("again/looks.html").read(), re.DOTALL):
    print("shown: bold" if "<b>" in cell else "shown: not bold", "and red" if "FF0000" in cell.upper() else "and not red")
PY
seen <<'END'
looks.xlsx [{'priority': '1', 'stopIfTrue': '1'}, {'priority': '2'}, {'priority': '3'}, {'priority': '4'}]
again/looks.xlsx [{'priority': '2'}, {'priority': '3'}, {'priority': '4'}, {'priority': '5'}]
shown: bold and not red
shown: bold and not red
END
