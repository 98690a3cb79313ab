#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "the same COUNTIF over the same cells counts the same in .xlsx and in .ods"
needs soffice
python_packages xlsxwriter==3.3.1 odfpy==1.4.1 defusedxml==0.7.1
happens env/bin/python - <<'PY'
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

COMMUNES = ["Albe", "Albe 12e", "albe"]
CRITERIA = ["Albe", "Alb*", "Alb.", "A.b.*"]

book = xlsxwriter.Workbook("count.xlsx")
sheet = book.add_worksheet("S")
for row, (commune, criterion) in enumerate(zip(COMMUNES + [""], CRITERIA)):
    sheet.write_string(row, 0, commune)
    sheet.write_formula(row, 1, f'=COUNTIF($A$1:$A$3,"{criterion}")', None, "")  # no result: to be computed
book.close()

document = OpenDocumentSpreadsheet()
table = Table(name="S")
for commune, criterion in zip(COMMUNES + [""], CRITERIA):
    row = TableRow()
    text = TableCell(valuetype="string")
    text.addElement(P(text=commune))
    row.addElement(text)
    row.addElement(TableCell(formula=f'of:=COUNTIF([.$A$1:.$A$3];"{criterion}")'))
    table.addElement(row)
document.spreadsheet.addElement(table)
document.save("count.ods")
print("over", COMMUNES, "with criteria", CRITERIA)
PY
for kind in xlsx ods; do
    shown_by_libreoffice "count.$kind" "$kind"
    happens echo "$kind: $(cut -d, -f2 "$kind/count.csv" | tr '\n' ' ')"
done
seen <<'END'
over ['Albe', 'Albe 12e', 'albe'] with criteria ['Albe', 'Alb*', 'Alb.', 'A.b.*']
xlsx: 2 3 0 0 
ods: 2 0 2 3 
END
