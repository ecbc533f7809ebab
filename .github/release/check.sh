#!/usr/bin/env bash
# Whether this checkout can be released under a tag: `check.sh v1.2.3`. Prints what CHANGELOG.md says of the version.
set -euo pipefail
cd "$(dirname "$0")/../.."
tag=$1
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
fail() {
    echo "$1" >&2
    exit 1
}
[ "$tag" = "v$version" ] || fail "the tag is $tag, but Cargo.toml has version $version"
grep -q '^repository = "https://' Cargo.toml || fail "Cargo.toml names no repository; links to rules and cargo binstall need it"
for file in docs/pre-commit-mirror/pyproject.toml docs/examples/pre-commit-local.yaml; do
    grep -qF "gtr-lint==$version\"" "$file" || fail "$file is for another version"
done
notes=$(awk -v heading="## $version" '$0 == heading { inside = 1; next } /^## / { inside = 0 } inside' CHANGELOG.md)
[ -n "$notes" ] || fail "CHANGELOG.md has no section \`$version\`"
echo "$notes"
