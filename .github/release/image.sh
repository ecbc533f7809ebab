#!/usr/bin/env bash
# Builds the image of a release from the archives for Linux and pushes it: image.sh IMAGE VERSION ARCHIVES. Prints its
# name and digest as outputs of a step.
set -euo pipefail
image=$1
version=$2
archives=$(cd "$3" && pwd)
cd "$(dirname "$0")/../.."

docker buildx create --use >&2
tags=()
for pair in amd64:x86_64 arm64:aarch64; do
    platform=${pair%:*}
    name=gtr-lint-v$version-${pair#*:}-unknown-linux-musl
    work=$(mktemp -d)
    tar -xzf "$archives/$name.tar.gz" --strip-components 1 -C "$work" "$name/gtr" "$name/gtr-lint"
    docker buildx build --platform "linux/$platform" --build-context "build=$work" --tag "$image:$version-$platform" \
        --label org.opencontainers.image.version="$version" --label org.opencontainers.image.licenses=Apache-2.0 \
        --provenance false --push . >&2
    tags+=("$image:$version-$platform")
done
docker buildx imagetools create --tag "$image:$version" --tag "$image:latest" "${tags[@]}" >&2
echo "name=$image"
echo "digest=$(docker buildx imagetools inspect "$image:$version" --format '{{json .Manifest}}' | jq -r .digest)"
