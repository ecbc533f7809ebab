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
# the set-up is the page's own, that of the versions before 0.11; it finds the program in PATH
mkdir "$directory/bin"
ln -s "$program" "$directory/bin/gtr"
awk '/^```lua/ { block++; inside = 1; next } /^```/ { inside = 0 } inside && block == 2' \
    "$here/../../docs/editors.md" > "$directory/set-up.lua"
# nothing of the user's own: no configuration, no plug-ins, no swap file
XDG_CONFIG_HOME=$directory XDG_DATA_HOME=$directory XDG_STATE_HOME=$directory XDG_CACHE_HOME=$directory \
    PATH=$directory/bin:$PATH GTR_FILE=$directory/review.md \
    timeout 60 nvim --headless -n -u NONE -c "luafile $directory/set-up.lua" -c "luafile $here/neovim.lua"
