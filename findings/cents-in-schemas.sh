#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "multipleOf: 0.01 admits every amount written with two decimals, for every validator"
python_packages jsonschema==4.26.0 attrs==25.4.0 referencing==0.37.0 rpds-py==0.30.0 jsonschema-specifications==2025.9.1 \
    typing_extensions==4.15.0 jsonschema-rs==0.61.2 fastjsonschema==2.22.3
node_packages ajv@8.20.0 fast-deep-equal@3.1.3 fast-uri@3.1.0 json-schema-traverse@1.0.0 require-from-string@2.0.2
happens env/bin/python - <<'PY'
import fastjsonschema, jsonschema, jsonschema_rs

SCHEMA, AMOUNTS = {"type": "number", "multipleOf": 0.01}, [1.1, 4.35, 19.99, 1000.1, 12345.67]
quick = fastjsonschema.compile(SCHEMA)

def admits(amount):
    try:
        return quick(amount) is not None
    except fastjsonschema.JsonSchemaValueException:
        return False

print("amounts          ", AMOUNTS)
print("jsonschema       ", [jsonschema.Draft202012Validator(SCHEMA).is_valid(amount) for amount in AMOUNTS])
print("jsonschema-rs    ", [jsonschema_rs.is_valid(SCHEMA, amount) for amount in AMOUNTS])
print("fastjsonschema   ", [admits(amount) for amount in AMOUNTS])
PY
happens node -e '
const Ajv = require("ajv");
const validate = new Ajv().compile({ type: "number", multipleOf: 0.01 });
console.log("ajv              ", [1.1, 4.35, 19.99, 1000.1, 12345.67].map((amount) => validate(amount)).join(", "));'
seen <<'END'
amounts           [1.1, 4.35, 19.99, 1000.1, 12345.67]
jsonschema        [True, False, False, True, True]
jsonschema-rs     [True, True, True, True, True]
fastjsonschema    [True, True, True, True, True]
ajv               true, false, false, true, true
END
