#!/usr/bin/env bash
# Writes the pages of docs/models that list every model, from what the program says of itself.
set -euo pipefail

usage() {
    cat <<'END'
usage: scripts/model_pages.sh [--check]

  (no option)  writes docs/models/{behaviors,strategies,updates,sanctions,policies,networks,subjects}.md
  --check      writes nothing; exit code 1 when a page is not what the program says
END
}

check=false
case ${1-} in
    "") ;;
    --check) check=true ;;
    -h | --help) usage; exit 0 ;;
    *) echo "model_pages: unknown option $1" >&2; usage >&2; exit 2 ;;
esac

cd "$(dirname "${BASH_SOURCE[0]}")/.."
commonweal=${COMMONWEAL_BINARY:-build/release/bin/commonweal}
out=docs/models
if $check; then
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
fi

# One page: a title, what the models do, and each model as `describe` prints it.
# shellcheck disable=SC2016  # backquotes are Markdown's
page() { # LIST TITLE SENTENCE
    printf '# %s\n\n%s\n\nThis page is written by `scripts/model_pages.sh` from `commonweal describe`.\n' "$2" "$3"
    "$commonweal" list "$1" | while read -r name _; do
        printf '\n## %s\n\n```text\n' "$name"
        "$commonweal" describe "$name" | sed 's/[ \t]*$//'
        printf '```\n'
    done
}

page behaviors "Behavior rules" "A behavior rule decides how much an agent gives: \`[agents.<type>] behavior = \"...\"\`." > "$out/behaviors.md"
page strategies "Strategies" "A strategy is what an agent does in the games of the evolutionary models: \`[agents.<type>] strategy = \"...\"\`." > "$out/strategies.md"
page updates "Update rules" "An update rule says how strategies spread: \`[update] rule = \"...\"\`." > "$out/updates.md"
page sanctions "Sanction rules" "A sanction rule decides whom to give points in a laboratory, and how many: \`[sanction] rule = \"...\"\`. Points are given in the conditions that \`conditions\` of \`[sanction]\` names; an empty list means all of them. To play without sanctions, leave the table \`[sanction]\` out." > "$out/sanctions.md"
page policies "Policies" "A policy is an intervention in a service of many organizations: \`[[policy]] kind = \"...\"\`. Each says who pays, and at which value of its parameters it changes nothing, to the last bit." > "$out/policies.md"
page networks "Networks" "Who is tied to whom: \`[network] kind = \"...\"\`, or \`commonweal network describe NAME\`." > "$out/networks.md"
page subjects "Sources of subjects" "Whose schedules and beliefs the agents of a laboratory have: \`[subjects]\`." > "$out/subjects.md"

if $check; then
    for file in "$out"/*.md; do
        diff -u "docs/models/${file##*/}" "$file" > "$out/difference" || {
            head -n 20 "$out/difference"
            echo "docs/models/${file##*/} is not what the program says; scripts/model_pages.sh writes it anew"
            exit 1
        }
    done
fi
