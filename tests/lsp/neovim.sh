#!/usr/bin/env bash
# Runs neovim.lua in a headless Neovim: `tests/lsp/neovim.sh PROGRAM`.
set -eu
program=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
mkdir "$directory/.git"
cat > "$directory/review.md" <<'REVIEW'
# General Technical Review - Sample / Sandbox

## Day 0 - Planning Phase

### Scope

* Describe the project's vision and goals.
  * 😀 One place for all samples.
* 😀 Describe the target persona or user(s) for the project?

### Usability

* How should the target personas interact with your project?
  * By hand.
REVIEW
# nothing of the user's own: no configuration, no plug-ins, no swap file
XDG_CONFIG_HOME=$directory XDG_DATA_HOME=$directory XDG_STATE_HOME=$directory XDG_CACHE_HOME=$directory \
    GTR=$program GTR_FILE=$directory/review.md \
    timeout 60 nvim --headless -n -u NONE -c "luafile $here/neovim.lua"
