#!/usr/bin/env bash
# Downloads a released archive of gtr, verifies it and puts the program on the PATH. Part of action.yml; `.ci/action`
# tests it. Everything comes from the environment:
#   INPUT_VERSION, INPUT_SHA256, INPUT_ATTESTATION, INPUT_BASE_URL   the action's inputs
#   ACTION_REPOSITORY   the repository whose releases hold the archives
#   RUNNER_OS, RUNNER_ARCH, RUNNER_TEMP, GITHUB_*   what every runner sets
set -euo pipefail

# fail WHAT HELP: ends the step. Both come from inputs, which must not become a workflow command of their own.
fail() {
    local text="$1; $2"
    text=${text//'%'/%25}
    text=${text//$'\r'/%0D}
    text=${text//$'\n'/%0A}
    echo "::error title=gtr could not be installed::$text"
    exit 2
}

version=${INPUT_VERSION:-}
if [ -z "$version" ]; then
    # An action that is pinned to a commit still knows which release it belongs to.
    version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)
fi
version=${version#v}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] ||
    fail "\`$version\` is no version" "write one in full, such as 0.1.0"

case "${RUNNER_OS:-}-${RUNNER_ARCH:-}" in
    Linux-X64) target=x86_64-unknown-linux-musl archive=tar.gz ;;
    Linux-ARM64) target=aarch64-unknown-linux-musl archive=tar.gz ;;
    macOS-X64) target=x86_64-apple-darwin archive=tar.gz ;;
    macOS-ARM64) target=aarch64-apple-darwin archive=tar.gz ;;
    Windows-X64 | Windows-ARM64) target=x86_64-pc-windows-msvc archive=zip ;;
    *) fail "there is no archive for ${RUNNER_OS:-an unknown system} on ${RUNNER_ARCH:-an unknown processor}" \
        "build gtr with \`cargo install gtr-lint\` and run it yourself" ;;
esac

expected=${INPUT_SHA256:-}
expected=$(tr 'A-F' 'a-f' <<<"$expected")
[[ -z $expected || $expected =~ ^[0-9a-f]{64}$ ]] ||
    fail "the input sha256 is no SHA-256 sum" "it has 64 hexadecimal digits"

case "${INPUT_ATTESTATION:-false}" in
    true | false) ;;
    *) fail "the input attestation is neither true nor false" "write one of them" ;;
esac

base=${INPUT_BASE_URL:-}
if [ -z "$base" ]; then
    [[ ${ACTION_REPOSITORY:-} =~ ^[0-9A-Za-z._-]+/[0-9A-Za-z._-]+$ ]] ||
        fail "the repository of this action is not known" "give base-url"
    base=${GITHUB_SERVER_URL:-https://github.com}/$ACTION_REPOSITORY/releases/download
fi
# Plain HTTP is for a server on the same machine: tests, and mirrors behind a proxy of the runner's own.
case "$base" in
    https://*) protocols='=https' ;;
    http://127.0.0.1:* | http://localhost:*) protocols='=http,https' ;;
    *) fail "\`$base\` is no https:// address" "give base-url as one" ;;
esac

name=gtr-lint-v$version-$target
url=${base%/}/v$version/$name.$archive
work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/gtr.XXXXXX")

# fetch URL FILE: a file that is not there ends the step, and so does anything else but success.
fetch() {
    local status
    status=$(curl --silent --show-error --location --retry 3 --max-time 300 --proto "$protocols" \
        --proto-redir "$protocols" --write-out '%{http_code}' --output "$2" -- "$1") ||
        fail "cannot download $1" "is the address right, and can the runner reach it?"
    case "$status" in
        200) ;;
        404) fail "there is no $1" "is $version a released version?" ;;
        *) fail "the server answered $status for $1" "try again later" ;;
    esac
}

sum() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi <"$1" | cut -d ' ' -f 1
}

fetch "$url" "$work/$name.$archive"
if [ -z "$expected" ]; then
    fetch "$url.sha256" "$work/sum"
    read -r expected _ <"$work/sum" || true
    [[ $expected =~ ^[0-9a-f]{64}$ ]] ||
        fail "$url.sha256 holds no SHA-256 sum" "do not use this archive, and tell the project"
fi
actual=$(sum "$work/$name.$archive")
[ "$actual" = "$expected" ] ||
    fail "$url has the SHA-256 sum $actual and not $expected" "do not use this archive, and tell the project"

if [ "${INPUT_ATTESTATION:-false}" = true ]; then
    gh attestation verify "$work/$name.$archive" --repo "$ACTION_REPOSITORY" ||
        fail "$url was not built by the release workflow of $ACTION_REPOSITORY" "do not use it, and tell the project"
fi

case "$archive" in
    zip) unzip -q "$work/$name.zip" -d "$work" ;;
    *) tar -xzf "$work/$name.tar.gz" -C "$work" ;;
esac
program=$work/$name/gtr
[ "$archive" != zip ] || program=$program.exe
reported=$(env -u GH_TOKEN "$program" --version) || fail "the program does not start on this runner" "report it to the project"
rm -f "$work/$name.$archive"
echo "installed $reported"

echo "$work/$name" >>"$GITHUB_PATH"
{
    echo "gtr-path=$program"
    echo "gtr-version=${reported##* }"
} >>"$GITHUB_OUTPUT"
