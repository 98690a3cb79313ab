#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "one pattern of one JSON Schema admits the same codes for every validator"
python_packages jsonschema==4.26.0 attrs==25.4.0 referencing==0.37.0 rpds-py==0.30.0 jsonschema-specifications==2025.9.1 \
    typing_extensions==4.15.0 jsonschema-rs==0.61.2 fastjsonschema==2.22.3
node_packages ajv@8.20.0 fast-deep-equal@3.1.3 fast-uri@3.1.0 json-schema-traverse@1.0.0 require-from-string@2.0.2
happens env/bin/python - <<'PY'
import fastjsonschema, jsonschema, jsonschema_rs

for pattern, code in ((r"^[0-9]{5}$", "31555\n"), (r"^\d{5}$", "٣١٥٥٥"), (r"^\w+$", "Été")):
    schema = {"type": "string", "pattern": pattern}
    try:
        quick = fastjsonschema.compile(schema)(code) == code
    except fastjsonschema.JsonSchemaValueException:
        quick = False
    print(pattern, ascii(code), "| jsonschema", jsonschema.Draft202012Validator(schema).is_valid(code),
          "| jsonschema-rs", jsonschema_rs.is_valid(schema, code), "| fastjsonschema", quick)
PY
happens node -e '
const Ajv = require("ajv");
for (const [pattern, code] of [["^[0-9]{5}$", "31555\n"], ["^\\d{5}$", "٣١٥٥٥"], ["^\\w+$", "Été"]])
  console.log(pattern, JSON.stringify(code), "| ajv", new Ajv().compile({ type: "string", pattern })(code));'
seen <<'END'
^[0-9]{5}$ '31555\n' | jsonschema True | jsonschema-rs False | fastjsonschema False
^\d{5}$ '\u0663\u0661\u0665\u0665\u0665' | jsonschema True | jsonschema-rs False | fastjsonschema True
^\w+$ '\xc9t\xe9' | jsonschema True | jsonschema-rs False | fastjsonschema True
^[0-9]{5}$ "31555\n" | ajv false
^\d{5}$ "٣١٥٥٥" | ajv false
^\w+$ "Été" | ajv false
END
