#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "an answer that is absent meets no comparison: neither note >= 0 nor note < 10"
python_packages panzi-json-logic==1.0.1 zen-engine==2.1.3
node_packages json-logic-js@2.0.5
happens env/bin/python - <<'PY'
import json_logic
import zen

for operator, bound in ((">=", 0), ("<", 10), ("==", 0)):
    rule = {operator: [{"var": "note"}, bound]}
    print("json-logic (Python)  absent", operator, bound, "->", json_logic.jsonLogic(rule, {}))

TABLE = {
    "nodes": [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "t", "type": "decisionTableNode", "name": "t", "content": {
            "hitPolicy": "first",
            "inputs": [{"id": "n", "name": "note", "field": "note"}],
            "outputs": [{"id": "p", "name": "points", "field": "points"}],
            "rules": [
                {"_id": "1", "n": ">= 12", "p": "10"},
                {"_id": "2", "n": "", "p": "0"},
            ],
        }},
        {"id": "out", "type": "outputNode", "name": "out"},
    ],
    "edges": [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "t"},
        {"id": "b", "type": "edge", "sourceId": "t", "targetId": "out"},
    ],
}
decision = zen.ZenEngine().create_decision(TABLE)
for given in ({"note": 14}, {"note": "14"}, {"note": "12,5"}, {}):
    print("zen-engine", given, "->", decision.evaluate(given)["result"])
PY
happens node -e '
const logic = require("json-logic-js");
for (const [operator, bound] of [[">=", 0], ["<", 10], ["==", 0]])
  console.log("json-logic (JavaScript)  absent", operator, bound, "->", logic.apply({ [operator]: [{ var: "note" }, bound] }, {}));'
seen <<'END'
json-logic (Python)  absent >= 0 -> True
json-logic (Python)  absent < 10 -> True
json-logic (Python)  absent == 0 -> True
zen-engine {'note': 14} -> {'points': 10}
zen-engine {'note': '14'} -> {'points': 0}
zen-engine {'note': '12,5'} -> {'points': 0}
zen-engine {} -> {'points': 0}
json-logic (JavaScript)  absent >= 0 -> true
json-logic (JavaScript)  absent < 10 -> true
json-logic (JavaScript)  absent == 0 -> false
END
