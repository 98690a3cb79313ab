#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "an engine that counts in decimals ties what is equal at least as often as binary floats do"
python_packages zen-engine==2.1.3 duckdb==2.0.1
happens env/bin/python - <<'PY'
import duckdb
import zen

for sum_, value in (("0.1+0.2", "0.3"), ("1/3*3", "1"), ("1/3+1/3+1/3", "1"), ("2/3+1/3", "1"), ("50/3*3", "50")):
    tie = f"{sum_}=={value}"
    shown = zen.evaluate_expression(sum_, {})
    print(f"{tie:16} zen-engine {zen.evaluate_expression(tie, {})!s:5} (shown {shown}), binary floats {eval(tie)}")
mark = 9007199254740993
print("handed", mark, "-> zen-engine gives back", zen.evaluate_expression("mark", {"mark": mark}))
for of in ("7.5::DECIMAL(10,2) / 3", "avg(7.5::DECIMAL(10,2))", "sum(7.5::DECIMAL(10,2))", "0.1 + 0.2"):
    print("DuckDB", of, "is", duckdb.execute(f"SELECT typeof({of})").fetchone()[0])
PY
seen <<'END'
0.1+0.2==0.3     zen-engine True  (shown 0.3), binary floats False
1/3*3==1         zen-engine False (shown 1.0), binary floats True
1/3+1/3+1/3==1   zen-engine False (shown 1.0), binary floats True
2/3+1/3==1       zen-engine True  (shown 1.0), binary floats True
50/3*3==50       zen-engine False (shown 50.00000000000001), binary floats True
handed 9007199254740993 -> zen-engine gives back 9007199254740992.0
DuckDB 7.5::DECIMAL(10,2) / 3 is DOUBLE
DuckDB avg(7.5::DECIMAL(10,2)) is DOUBLE
DuckDB sum(7.5::DECIMAL(10,2)) is DECIMAL(38,2)
DuckDB 0.1 + 0.2 is DECIMAL(3,1)
END
