#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a text far down a column of numbers of a workbook is read as a text, or refused"
python_packages polars==2.1.0 polars-runtime-32==2.1.0 typing_extensions==4.16.0 fastexcel==0.21.0 openpyxl==3.1.5 et-xmlfile==2.0.0 \
    numpy==2.4.6 pandas==3.1.1 python-dateutil==4.0.0 six==1.17.0 pyarrow==26.0.1
happens env/bin/python - <<'PY'
import fastexcel
import pandas
import polars
from openpyxl import Workbook

for lines, place in ((1200, 900), (1200, 1150)):
    book = Workbook()
    book.active.append(["commune", "code", "note"])
    for line in range(1, lines + 1):
        book.active.append([f"Commune {line}", "2A999" if line == place else 9000 + line, "12,5" if line == place else 12])
    book.save("answers.xlsx")
    print(f"{lines} lines, texts at line {place}")
    of_polars = polars.read_excel("answers.xlsx")
    print("  Polars:", of_polars.row(place - 1), "of", of_polars.schema["code"], of_polars.schema["note"])
    of_fastexcel = fastexcel.read_excel("answers.xlsx").load_sheet(0).to_polars()
    print("  fastexcel:", of_fastexcel.row(place - 1), "of", of_fastexcel.schema["code"], of_fastexcel.schema["note"])
    print("  pandas:", tuple(pandas.read_excel("answers.xlsx").iloc[place - 1]))
PY
seen <<'END'
1200 lines, texts at line 900
  Polars: ('Commune 900', None, None) of Int64 Int64
  fastexcel: ('Commune 900', '2A999', '12,5') of String String
  pandas: ('Commune 900', '2A999', '12,5')
1200 lines, texts at line 1150
  Polars: ('Commune 1150', None, None) of Int64 Int64
  fastexcel: ('Commune 1150', None, None) of Float64 Float64
  pandas: ('Commune 1150', '2A999', '12,5')
END
