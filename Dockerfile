# gtr and nothing else. `docker build -t gtr .` builds it from source; a release takes the programs of its archives instead
# (`--build-context build=DIRECTORY`), so that image and archives hold the same bytes.
#   docker run --rm -v "$PWD:/data" gtr lint
FROM rust:1.95-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /source
COPY . .
RUN cargo build --locked --release --bins && cp target/release/gtr target/release/gtr-lint /

FROM scratch
COPY --from=build /gtr /gtr-lint /usr/local/bin/
COPY LICENSE /licenses/gtr
USER 65532:65532
WORKDIR /data
ENTRYPOINT ["/usr/local/bin/gtr"]
CMD ["lint"]
