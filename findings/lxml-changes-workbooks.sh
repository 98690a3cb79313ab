#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "what openpyxl writes does not depend on which other packages are installed beside it"
python_packages openpyxl==3.1.5 et-xmlfile==2.0.0
cat > book.py <<'PY'
import hashlib
import sys
import zipfile

from openpyxl import Workbook
from openpyxl.xml import LXML

book = Workbook()
book.active["A1"] = "=12*1000"
book.active["A2"] = "Ariège"
book.save("book.xlsx")
with zipfile.ZipFile("book.xlsx") as archive:
    sheet = archive.read("xl/worksheets/sheet1.xml")
formula = sheet[sheet.index(b"<c r=\"A1\"") : sheet.index(b"</c>") + 4].decode()
print(sys.argv[1], "| through lxml:", LXML, "|", formula, "|", hashlib.sha256(sheet).hexdigest()[:12])
PY
happens env/bin/python book.py "alone"
env/bin/python -m pip --disable-pip-version-check --no-input -qq install --no-deps lxml==6.1.3 >&2
happens env/bin/python book.py "lxml beside"
OPENPYXL_LXML=False happens env/bin/python book.py "told not to"
seen <<'END'
alone | through lxml: False | <c r="A1"><f>12*1000</f><v /></c> | 1b58c0e51f89
lxml beside | through lxml: True | <c r="A1"><f>12*1000</f><v></v></c> | f2c803c05d71
told not to | through lxml: False | <c r="A1"><f>12*1000</f><v /></c> | 1b58c0e51f89
END
