#!/usr/bin/env bash
# hack/verify-kep-gtr.sh for kubernetes/enhancements: checks the KEPs that a change touches against the template and the
# rules for kep.yaml. `make verify` runs it, since it runs every hack/verify-*.sh.
#
# In Prow the change is what lies between PULL_BASE_SHA and the checkout; elsewhere it is compared with origin's default
# branch. It prints findings, writes $ARTIFACTS/junit_gtr.xml for Spyglass, and is advice as long as GTR_FAIL_ON is never.
set -o errexit
set -o nounset
set -o pipefail

version=0.1.0
# From gtr-lint-v$version-x86_64-unknown-linux-musl.tar.gz.sha256 of that release.
sha256=
releases=https://github.com/OWNER/gtr/releases/download

if [[ ! ${sha256} =~ ^[0-9a-f]{64}$ ]]; then
    echo "error: the SHA-256 sum of gtr ${version} is not set in $0" >&2
    exit 2
fi
if [[ $(uname -sm) != "Linux x86_64" ]]; then
    echo "note: gtr is only downloaded on Linux x86_64; install it with 'cargo install gtr-lint' and run 'gtr lint --changed keps'"
    exit 0
fi

cd "$(git rev-parse --show-toplevel)"
artifacts=${ARTIFACTS:-$(mktemp -d)}
mkdir -p "${artifacts}"
work=$(mktemp -d)
trap 'rm -rf "${work}"' EXIT

name=gtr-lint-v${version}-x86_64-unknown-linux-musl
curl --fail --silent --show-error --location --retry 3 --output "${work}/gtr.tar.gz" "${releases}/v${version}/${name}.tar.gz"
echo "${sha256}  ${work}/gtr.tar.gz" | sha256sum --check --quiet
tar -xzf "${work}/gtr.tar.gz" -C "${work}"

"${work}/${name}/gtr-lint" lint --changed --fail-on "${GTR_FAIL_ON:-never}" \
    --output "junit=${artifacts}/junit_gtr.xml" keps
