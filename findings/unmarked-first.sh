#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "who has no mark comes last in a ranking from the best mark down, or has no rank, for every engine of tables"
python_packages polars==2.1.0 polars-runtime-32==2.1.0 typing_extensions==4.16.0 duckdb==2.0.1 narwhals==2.29.0 pyarrow==26.0.1 \
    numpy==2.4.6 pandas==3.1.1 python-dateutil==4.0.0 six==1.17.0
happens env/bin/python -W ignore - <<'PY'
import duckdb
import narwhals
import pandas
import polars
import pyarrow

NAMES, MARKS = list("ABCDE"), [14.0, float("nan"), None, 12.0, 14.0]
in_polars = polars.DataFrame({"name": NAMES, "mark": MARKS}, strict=False)
in_pandas = pandas.DataFrame({"name": NAMES, "mark": MARKS})
print("marks: A 14, B not a number (0/0, say), C none, D 12, E 14")
print("Polars, ranks from the best:", in_polars["mark"].rank("min", descending=True).to_list())
print("Polars, sorted from the best:", *in_polars.sort("mark", descending=True)["name"])
print("Polars, the three best:", *in_polars.top_k(3, by="mark")["name"])
for frame in ("in_polars", "in_pandas"):
    ranked = duckdb.sql(f"select name, rank() over (order by mark desc) as place from {frame} order by name")
    print(f"DuckDB, rank over {frame}:", [place for _, place in ranked.fetchall()])
print("DuckDB, arg_max over in_polars:", duckdb.sql("select arg_max(name, mark) from in_polars").fetchall()[0][0])
for told, column in (
    ("Polars", in_polars["mark"]),
    ("pandas", in_pandas["mark"]),
    ("pyarrow", pyarrow.chunked_array([MARKS])),
):
    print(f"narwhals over {told}:", narwhals.from_native(column, series_only=True).rank("min", descending=True).to_list())
PY
seen <<'END'
marks: A 14, B not a number (0/0, say), C none, D 12, E 14
Polars, ranks from the best: [2, 1, None, 4, 2]
Polars, sorted from the best: C B A E D
Polars, the three best: B A E
DuckDB, rank over in_polars: [2, 1, 5, 4, 2]
DuckDB, rank over in_pandas: [1, 4, 4, 3, 1]
DuckDB, arg_max over in_polars: B
narwhals over Polars: [2, 1, None, 4, 2]
narwhals over pandas: [1.0, nan, nan, 3.0, 1.0]
narwhals over pyarrow: [1, 4, None, 3, 1]
END
