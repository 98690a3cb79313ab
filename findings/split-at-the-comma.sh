#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "who looks for the separator of a French table sees that its heading has semicolons only"
python_packages duckdb==2.0.1 clevercsv==0.8.5 chardet==7.7.0 packaging==26.4 regex==2026.11.19
node_packages papaparse@5.7.1
printf 'note A;note B\n12,5;13,5\n14,0;9,5\n' > marks.csv
printf 'commune;note\n"Albe";12,5\n"Bec";14,0\n' > quoted.csv
printf 'projet;montant\nHalle, toit;1200,50\nPont, quai;980,00\n' > amounts.csv
printf 'dossier;note A;note B\nA;12,5;13,5\nB;14,0;9,5\n' > named.csv
happens env/bin/python - <<'PY'
import csv

import clevercsv
import duckdb

for name in ("marks", "quoted", "amounts", "named"):
    with open(f"{name}.csv", newline="") as file:
        text = file.read()
    table = duckdb.sql(f"from '{name}.csv'")
    print(name, "-> csv", csv.Sniffer().sniff(text).delimiter, " clevercsv", clevercsv.Sniffer().sniff(text).delimiter)
    print("  DuckDB", table.columns, *table.fetchall())
PY
happens node -e '
const { parse } = require("./node_modules/papaparse");
const { readFileSync } = require("fs");
const separator = (name) => parse(readFileSync(`${name}.csv`, "utf8"), { skipEmptyLines: true }).meta.delimiter;
console.log("Papa Parse", ...["marks", "quoted", "amounts", "named"].map(separator));'
seen <<'END'
marks -> csv ;  clevercsv ;
  DuckDB ['column0', 'column1', 'column2'] (12, '5;13', 5) (14, '0;9', 5)
quoted -> csv ;  clevercsv ;
  DuckDB ['commune', 'note'] ('Albe', '12,5') ('Bec', '14,0')
amounts -> csv ;  clevercsv ;
  DuckDB ['Halle', 'toit;1200', '50'] ('Pont', ' quai;980', '00')
named -> csv ;  clevercsv ;
  DuckDB ['dossier', 'note A', 'note B'] ('A', '12,5', '13,5') ('B', '14,0', '9,5')
Papa Parse ; ; ; ;
END
