# The program alone, for CI jobs that run images:
#   docker run --rm --volume "$PWD:/work" ghcr.io/OWNER/docdrift check docs
FROM rust:1-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN cargo build --locked --profile dist --package docdrift \
  && python3 .ci/notices.py THIRD-PARTY-NOTICES

FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /source/target/dist/docdrift /usr/local/bin/docdrift
COPY --from=build /source/THIRD-PARTY-NOTICES /source/LICENSE-MIT /source/LICENSE-APACHE /usr/share/doc/docdrift/
WORKDIR /work
ENTRYPOINT ["docdrift"]
CMD ["--help"]
