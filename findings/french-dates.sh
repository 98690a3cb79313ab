#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a typst document whose language is French writes its dates in French"
python_packages typst==0.15.2
happens env/bin/python - <<'PY'
import json
import typst

with open("letter.typ", "w") as file:
    file.write('#set text(lang: "fr", region: "FR")\n')
    file.write('#metadata(datetime(year: 2026, month: 3, day: 1).display("[weekday] [day padding:none] [month repr:long] [year]")) <day>\n')
print(json.loads(typst.query("letter.typ", "<day>", field="value")))
PY
seen <<'END'
['Sunday 1 March 2026']
END
