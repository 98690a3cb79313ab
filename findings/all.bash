# Run every finding, or those that are named, and say which behave as they did. What it says is French, as all that make says.

set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
changed=() skipped=() same=0
[ $# -gt 0 ] || set -- $(cd "$here" && ls ./*.sh | sed 's|^\./||; s|\.sh$||')
for name in "$@"; do
    bash "$here/$name.sh"
    case $? in
        0) same=$((same + 1)) ;;
        77) skipped+=("$name") ;;
        *) changed+=("$name") ;;
    esac
    echo
done
echo "Surprises inchangées : $same."
[ ${#skipped[@]} -eq 0 ] || echo "Non refaites, faute d'un outil : ${skipped[*]}."
[ ${#changed[@]} -eq 0 ] || { echo "À revoir : ${changed[*]}." >&2; exit 1; }
