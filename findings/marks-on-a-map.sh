#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a validator of tables that does not know the decimal comma takes a column of marks such as 12,5 for texts"
python_packages frictionless==5.21.0 attrs==26.1.0 chardet==7.7.0 humanize==4.17.0 isodate==0.7.2 jinja2==3.1.6 markupsafe==3.0.4 \
    jsonschema==4.26.0 jsonschema-specifications==2025.9.1 referencing==0.37.0 rpds-py==2026.9.1 marko==2.2.4 petl==1.7.30 \
    pydantic==2.14.4 pydantic_core==2.50.5 annotated-types==0.8.0 typing-inspection==0.4.5 python-dateutil==4.0.0 \
    python-slugify==9.2.0 text-unidecode==1.3 pyyaml==6.0.4 requests==2.34.2 certifi==2026.10.19.post1 charset-normalizer==3.5.3 \
    idna==3.20 urllib3==2.8.0 rfc3986==2.0.0 simpleeval==1.0.8 tabulate==0.10.0 typer==0.29.2 click==8.5.1 rich==15.0.0 \
    shellingham==1.5.4 markdown-it-py==4.3.0 mdurl==0.1.2 pygments==2.21.0 annotated-doc==0.0.7 typing_extensions==4.16.0 \
    validators==0.36.0
printf 'dossier;note;montant\nA;12,5;1200,50\nB;14,0;980,00\nC;9,75;12000,25\n' > marks.csv
printf 'dossier;note\nA;12,5\nB;14\nC;9,75\n' > whole.csv
{ echo 'dossier;note'; for n in $(seq 19); do echo "P$n;1$((n % 9)),5"; done; echo 'P20;14'; } > long.csv
happens env/bin/python -W ignore - <<'PY'
from frictionless import describe, extract, validate

for name in ("marks", "whole", "long"):
    fields = describe(f"{name}.csv").schema.fields
    report = validate(f"{name}.csv")
    told = ", ".join(f"{field.name} {field.type}" for field in fields)
    print(name, "->", told, "; valid", report.valid, *report.flatten(["cells", "note"]))
    if name != "long":
        for row in extract(f"{name}.csv")[name]:
            print("   ", *row.values())
PY
seen <<'END'
marks -> dossier string, note geopoint, montant string ; valid True
    A [12.0, 5.0] 1200,50
    B [14.0, 0.0] 980,00
    C [9.0, 75.0] 12000,25
whole -> dossier string, note string ; valid True
    A 12,5
    B 14
    C 9,75
long -> dossier string, note geopoint ; valid False [['P20', '14'], 'type is "geopoint/default"']
END
