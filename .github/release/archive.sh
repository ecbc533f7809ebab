#!/usr/bin/env bash
# Packs built programs into the archive that a release has for a target, with its SHA-256 sum beside it:
#   archive.sh TARGET PROGRAMS OUT
# PROGRAMS is the directory with gtr and gtr-lint, built for TARGET. A machine that can run them adds manual pages and
# completions. gtr-lint.cdx.json in it lists the packages that the programs are built from. action.yml and the metadata
# for cargo-binstall in Cargo.toml know these names too.
set -euo pipefail
target=$1
programs=$(cd "$2" && pwd)
mkdir -p "$3"
out=$(cd "$3" && pwd)
cd "$(dirname "$0")/../.."

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
name=gtr-lint-v$version-$target
ending=
case "$target" in *-windows-*) ending=.exe ;; esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/$name"
"$(command -v python3 || command -v python)" .github/release/sbom "$target" >"$work/$name/gtr-lint.cdx.json"
cp "$programs/gtr$ending" "$programs/gtr-lint$ending" LICENSE README.md CHANGELOG.md "$work/$name/"
if "$programs/gtr$ending" --version >/dev/null 2>&1; then
    mkdir "$work/$name/man" "$work/$name/completions"
    "$programs/gtr$ending" man --quiet --directory "$work/$name/man"
    for shell in bash elvish fish powershell zsh; do
        "$programs/gtr$ending" completions "$shell" >"$work/$name/completions/gtr.$shell"
    done
fi

cd "$work"
case "$target" in
    *-windows-*)
        archive=$name.zip
        if command -v zip >/dev/null; then zip -qr "$archive" "$name"; else 7z a -bso0 "$archive" "$name"; fi
        ;;
    *)
        archive=$name.tar.gz
        tar -cf - "$name" | gzip -9n >"$archive"
        ;;
esac
sum() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi <"$1" | cut -d ' ' -f 1
}
echo "$(sum "$archive")  $archive" >"$archive.sha256"
mv "$archive" "$archive.sha256" "$out/"
echo "$out/$archive"
