#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a CSV reader that recognises dates takes 03/04/22 for a day of 2022, or leaves it as a text"
python_packages duckdb==2.0.1 polars==2.1.0 polars-runtime-32==2.1.0
happens env/bin/python - <<'PY'
import duckdb, polars

for others in (["05/06/2022"], ["25/06/2022"], ["06/25/2022"]):
    with open("deposits.csv", "w") as file:
        file.write("reference;depose_le\n" + "".join(f"A-{n};{day}\n" for n, day in enumerate(["03/04/2022", *others])))
    quack = duckdb.sql("SELECT depose_le FROM read_csv('deposits.csv')").fetchall()[0][0]
    bear = polars.read_csv("deposits.csv", separator=";", try_parse_dates=True)["depose_le"][0]
    print("03/04/2022 beside", *others, "| DuckDB", quack, "| Polars", bear)
with open("deposits.csv", "w") as file:
    file.write("reference;depose_le\nA-1;03/04/22\nA-2;05/06/22\n")
print("03/04/22 | DuckDB", duckdb.sql("SELECT depose_le FROM read_csv('deposits.csv')").fetchall()[0][0],
      "| Polars", polars.read_csv("deposits.csv", separator=";", try_parse_dates=True)["depose_le"][0])
PY
seen <<'END'
03/04/2022 beside 05/06/2022 | DuckDB 2022-04-03 | Polars 2022-04-03
03/04/2022 beside 25/06/2022 | DuckDB 2022-04-03 | Polars 2022-04-03
03/04/2022 beside 06/25/2022 | DuckDB 2022-03-04 | Polars 03/04/2022
03/04/22 | DuckDB 2003-04-22 | Polars 0022-04-03
END
