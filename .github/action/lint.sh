#!/usr/bin/env bash
# Runs `gtr lint` once with what the action's inputs say and writes its outputs. Part of action.yml; `.ci/action`
# tests it. Everything comes from the environment: GTR_PROGRAM, INPUT_*, and what every runner sets.
set -euo pipefail

# given NAME: an input that is `true`. Any other word but `false` is a mistake that must not pass for one of them.
given() {
    local variable=INPUT_$1
    case "${!variable:-false}" in
        true) return 0 ;;
        false) return 1 ;;
        *)
            echo "::error title=gtr::the input $1 is neither true nor false"
            exit 2
            ;;
    esac
}

counts=$(mktemp "${RUNNER_TEMP:-/tmp}/gtr-counts.XXXXXX")
arguments=(lint --format "${INPUT_FORMAT:-github}" --fail-on "${INPUT_FAIL_ON:-error}" --output "json=$counts")
if given CHANGED; then arguments+=(--changed); fi
if given STRICT; then arguments+=(--strict); fi
[ -z "${INPUT_LEVEL:-}" ] || arguments+=("--level=$INPUT_LEVEL")
[ -z "${INPUT_CONFIG:-}" ] || arguments+=("--config=$INPUT_CONFIG")
[ -z "${INPUT_BASELINE:-}" ] || arguments+=("--baseline=$INPUT_BASELINE")
[ -z "${INPUT_SARIF:-}" ] || arguments+=(--output "sarif=$INPUT_SARIF")
[ -z "${INPUT_JUNIT:-}" ] || arguments+=(--output "junit=$INPUT_JUNIT")
if given SUMMARY && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
    arguments+=(--output "markdown=$GITHUB_STEP_SUMMARY")
    if [ -n "${GITHUB_REPOSITORY:-}" ] && [ -n "${GITHUB_SHA:-}" ]; then
        arguments+=(--link-base "${GITHUB_SERVER_URL:-https://github.com}/$GITHUB_REPOSITORY/blob/$GITHUB_SHA")
    fi
fi
while IFS= read -r argument; do
    [ -z "$argument" ] || arguments+=("${argument%$'\r'}")
done <<<"${INPUT_ARGS:-}"

# What follows `--` is never an option, whatever a file is called.
arguments+=(--)
while IFS= read -r path; do
    [ -z "$path" ] || arguments+=("${path%$'\r'}")
done <<<"${INPUT_PATHS:-.}"

code=0
"$GTR_PROGRAM" "${arguments[@]}" || code=$?

# count WORD: that number of the summary at the end of the JSON, nothing when there is none.
count() {
    sed -n '/^  "summary": {/,$ s/^ *"'"$1"'": \([0-9][0-9]*\),\{0,1\}$/\1/p' "$counts"
}
{
    echo "errors=$(count error)"
    echo "warnings=$(count warning)"
    echo "notes=$(count note)"
} >>"$GITHUB_OUTPUT"
rm -f "$counts"
exit "$code"
