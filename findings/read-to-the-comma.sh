#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "in JsonLogic a text that no comparison takes for a number is not added as one either"
node_packages json-logic-js@2.0.5 json-logic-engine@5.0.7
python_packages panzi-json-logic==1.0.1
RULES='[["+", {"+": [{"var": "note"}, 14]}], ["*", {"*": [{"var": "note"}, 2]}], ["-", {"-": [{"var": "note"}, 1]}],
  [">= 10", {">=": [{"var": "note"}, 10]}], ["< 10", {"<": [{"var": "note"}, 10]}],
  ["if + 0 >= 10", {"if": [{">=": [{"+": [{"var": "note"}, 0]}, 10]}, "admis", "non"]}]]'
export RULES
happens node -e '
const logic = require("json-logic-js");
const { LogicEngine } = require("json-logic-engine");
const engine = new LogicEngine();
const stopping = (rule, given) => { try { return engine.run(rule, given); } catch { return "refused"; } };
for (const note of ["12.5", "12,5", "1 200", "14/20"])
  for (const [name, run] of [["json-logic-js", logic.apply], ["json-logic-engine", stopping]])
    console.log(JSON.stringify(note), name, ...JSON.parse(process.env.RULES).map(([told, rule]) => `${told}: ${run(rule, { note })};`));'
happens env/bin/python - <<'PY'
import json
import os

import json_logic

for note in ("12.5", "12,5", "1 200", "14/20"):
    told = (f"{name}: {json_logic.jsonLogic(rule, {'note': note})};" for name, rule in json.loads(os.environ["RULES"]))
    print(json.dumps(note), "panzi-json-logic", *told)
PY
seen <<'END'
"12.5" json-logic-js +: 26.5; *: 25; -: 11.5; >= 10: true; < 10: false; if + 0 >= 10: admis;
"12.5" json-logic-engine +: 26.5; *: 25; -: 11.5; >= 10: true; < 10: false; if + 0 >= 10: admis;
"12,5" json-logic-js +: 26; *: 24; -: NaN; >= 10: false; < 10: false; if + 0 >= 10: admis;
"12,5" json-logic-engine +: refused; *: refused; -: refused; >= 10: refused; < 10: refused; if + 0 >= 10: refused;
"1 200" json-logic-js +: 15; *: 2; -: NaN; >= 10: false; < 10: false; if + 0 >= 10: non;
"1 200" json-logic-engine +: refused; *: refused; -: refused; >= 10: refused; < 10: refused; if + 0 >= 10: refused;
"14/20" json-logic-js +: 28; *: 28; -: NaN; >= 10: false; < 10: false; if + 0 >= 10: admis;
"14/20" json-logic-engine +: refused; *: refused; -: refused; >= 10: refused; < 10: refused; if + 0 >= 10: refused;
"12.5" panzi-json-logic +: 26.5; *: 25.0; -: 11.5; >= 10: True; < 10: False; if + 0 >= 10: admis;
"12,5" panzi-json-logic +: nan; *: nan; -: nan; >= 10: False; < 10: False; if + 0 >= 10: non;
"1 200" panzi-json-logic +: nan; *: nan; -: nan; >= 10: False; < 10: False; if + 0 >= 10: non;
"14/20" panzi-json-logic +: nan; *: nan; -: nan; >= 10: False; < 10: False; if + 0 >= 10: non;
END
