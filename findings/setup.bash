# What every finding needs. A script sources this file, says its guess, installs, runs, and ends with `seen`.
#
#   guess "…"                  what a good engineer would say before the run
#   python_packages name==1.2  pinned packages in a Python of their own, without what they would bring: env/bin/python
#   decision_packages …        the two libraries of decision by several criteria, with what they load, and what is named
#   node_packages name@1.2     pinned packages in node_modules, without what they would bring
#   needs program …            a program of this machine; without it the finding is skipped (77)
#   libreoffice option …      LibreOffice without a screen; `shown_by_libreoffice file` gives what a sheet shows, as CSV
#   happens command …          run it, show what it says and keep it
#   seen <<'END' … END         what it said when the finding was written: anything else is a failure (1)
#
# All happens in a temporary folder, which goes with the script.

set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

guess() {
    printf '%s\n  guess: %s\n' "$(basename "$0" .sh)" "$1"
}

needs() {
    for program in "$@"; do
        command -v "$program" >/dev/null || { printf '  skipped: no %s here\n' "$program"; exit 77; }
        case $program in
            node) printf '  with: node %s\n' "$(node --version)" ;;
            soffice) printf '  with: %s\n' "$(libreoffice --version)" ;;
        esac
    done
}

python_packages() {
    "${PYTHON:-python3}" -m venv env
    env/bin/python -m pip --disable-pip-version-check --no-input -qq install --no-deps --no-compile "$@" >&2
    printf '  with: %s, %s\n' "$(env/bin/python --version)" "$*"
}

decision_packages() {
    python_packages pymcdm==1.4.0 scikit-criteria==0.10 numpy==2.4.6 scipy==1.17.1 pandas==3.1.1 matplotlib==3.11.2 \
        contourpy==1.3.3 cycler==0.12.1 fonttools==4.68.0 kiwisolver==1.5.1 packaging==26.4 pillow==13.0.0 pyparsing==3.3.3 \
        python-dateutil==4.0.0 six==1.17.0 tabulate==0.10.0 deprecated==1.3.1 wrapt==2.5.2 custom-inherit==2.4.1 methodtools==0.4.7 \
        wirerope==1.0.0 networkx==3.6.1 seaborn==0.13.2 pulp==3.3.2 pyyaml==6.0.4 jinja2==3.1.6 markupsafe==3.0.4 \
        pyquery==2.0.1 scikit-learn==1.9.1 joblib==1.6.0 cloudpickle==3.1.3 threadpoolctl==3.8.0 narwhals==2.29.0 "$@"
}

node_packages() {
    needs node npm
    for package in "$@"; do
        name=${package%@*}
        mkdir -p "node_modules/$name"
        tar -xzf "$(npm pack --silent "$package")" -C "node_modules/$name" --strip-components=1
    done
    printf '  with: %s\n' "$*"
}

# Its own profile: neither the settings of whoever runs this nor an instance already open take part.
libreoffice() {
    soffice "-env:UserInstallation=file://$work/profile" --headless "$@" 2>/dev/null
}

# Its first sheet as comma-separated text, each cell as it is shown.
shown_by_libreoffice() {
    libreoffice --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true' --outdir "${2:-.}" "$1" >/dev/null
}

happens() {
    "$@" 2>&1 | tee -a happened | sed 's/^/  | /'
}

seen() {
    diff -u --label "as it was" --label "as it is" - happened || { echo "  CHANGED: $(basename "$0")"; exit 1; }
    echo "  as it was"
}
