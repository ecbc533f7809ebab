#!/usr/bin/env bash
# Builds the programs of a release so that the place where they are built leaves no trace in them:
#   build.sh TARGET
# Below CARGO_TARGET_DIR (target) as cargo does it. `.ci/reproducible` builds twice and compares.
set -euo pipefail
target=$1
cd "$(dirname "$0")/../.."
# as the compiler is given paths: with a drive letter on Windows
here() { pwd -W 2>/dev/null || pwd; }
root=$(here)
packages=$(cd "${CARGO_HOME:-$HOME/.cargo}" && here)
mkdir -p "${CARGO_TARGET_DIR:-target}"
out=$(cd "${CARGO_TARGET_DIR:-target}" && here)
export RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=$packages=/packages --remap-path-prefix=$root=/gtr --remap-path-prefix=$out=/target"
export SOURCE_DATE_EPOCH=0
cargo build --locked --release --bins --target "$target"
