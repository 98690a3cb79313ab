#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "in CEL a whole mark is compared and halved as 12.5 is, or refused, the same way by two libraries"
python_packages cel-python==0.5.0 google-re2==1.1.20251105 lark==1.3.1 pendulum==3.3.0 tzdata==2026.6 python-dateutil==4.0.0 six==1.17.0 \
    common-expression-language==0.10.0 regex==2026.11.19 typer==0.29.2 rich==15.0.0 pygments==2.21.0 prompt_toolkit==3.0.53 \
    shellingham==1.5.4 wcwidth==0.9.4 annotated-doc==0.0.7
happens env/bin/python - <<'PY'
import celpy
import cel


def of_celpy(text, given):
    environment = celpy.Environment()
    try:
        told = environment.program(environment.compile(text)).evaluate(celpy.json_to_cel(given))
    except celpy.CELEvalError:
        return "refused"
    return bool(told) if isinstance(told, celpy.celtypes.BoolType) else told


def of_cel(text, given):
    try:
        return cel.evaluate(text, given)
    except (TypeError, ValueError):
        return "refused"


for text, marks in (("note >= 12.0", (12, 12.5)), ("note >= 12", (12, 12.5)), ("note / 2.0", (7, 7.5)), ("note / 2", (7,)), ("note * 0.5", (7, 7.5))):
    for mark in marks:
        given = {"note": mark}
        print(f"{text}, note {mark}: cel-python {of_celpy(text, given)}, common-expression-language {of_cel(text, given)}")
PY
seen <<'END'
note >= 12.0, note 12: cel-python refused, common-expression-language True
note >= 12.0, note 12.5: cel-python True, common-expression-language True
note >= 12, note 12: cel-python True, common-expression-language True
note >= 12, note 12.5: cel-python True, common-expression-language True
note / 2.0, note 7: cel-python 3, common-expression-language refused
note / 2.0, note 7.5: cel-python 3.75, common-expression-language 3.75
note / 2, note 7: cel-python 3, common-expression-language 3
note * 0.5, note 7: cel-python refused, common-expression-language refused
note * 0.5, note 7.5: cel-python 3.75, common-expression-language 3.75
END
