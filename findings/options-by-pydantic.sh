#!/usr/bin/env bash
. "$(dirname "$0")/setup.bash"
guess "a command line made with typer loads what its options need: texts, numbers and paths need nothing, absent ones still less"
cat > tool.py <<'PY'
import sys
from pathlib import Path
import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)

@app.command()
def score(files: list[Path] = typer.Argument(None), wave: str = None, top: int = None):
    loaded = len([name for name in sys.modules if name.split(".")[0] in {"pydantic", "pydantic_core"}])
    print(f"typer {sys.argv[1]}, {len(files or ())} paths: {'over 40' if loaded > 40 else loaded} modules of pydantic")

app(sys.argv[2:], standalone_mode=False)
PY
loaded_by_typer=(annotated-doc==0.0.7 markdown-it-py==4.3.0 mdurl==0.1.2 pygments==2.21.0 rich==15.0.0 shellingham==1.5.4)
loaded_by_pydantic=(annotated-types==0.8.0 pydantic-core==2.50.4 typing-extensions==4.16.0 typing-inspection==0.4.5)
python_packages typer==0.24.1 click==8.3.1 pydantic==2.14.3 "${loaded_by_typer[@]}" "${loaded_by_pydantic[@]}"
happens env/bin/python tool.py 0.24.1
happens env/bin/python tool.py 0.24.1 a.yaml
python_packages typer==0.29.2 pydantic==2.14.3 "${loaded_by_typer[@]}" "${loaded_by_pydantic[@]}"
happens env/bin/python tool.py 0.29.2
happens env/bin/python tool.py 0.29.2 a.yaml
seen <<'END'
typer 0.24.1, 0 paths: 0 modules of pydantic
typer 0.24.1, 1 paths: 0 modules of pydantic
typer 0.29.2, 0 paths: over 40 modules of pydantic
typer 0.29.2, 1 paths: over 40 modules of pydantic
END
