# `just` lists the recipes.
default:
    @just --list

# Start the service on the embedded default.
run *args:
    cargo run -- {{args}}

# Lints and tests; installs what they need. With --no-install, names what is missing.
ready *args:
    bash .ci/run {{args}}

# Every test, or the parts that are named, such as `just test browsers`.
test *args:
    scripts/test {{args}}

# Take the pictures of the pre-built widgets in docs/images again (needs Chromium).
screenshots:
    scripts/screenshots

# List the globals of Chromium, Firefox and WebKit for the component checker.
browser-globals:
    cd tests/browser && node globals.mjs > ../../crates/adapter-oxc/src/check/browser-globals.txt

# Hold the service to its OpenAPI document with more requests than CI does, such as `just schemathesis 300 7`.
schemathesis examples='200' seed='1':
    scripts/schemathesis {{examples}} {{seed}}

# Measure sends a second against pgbench and others; see docs/performance.md.
bench *args:
    scripts/bench {{args}}

# Attack a release on both databases with hostile schemas, data and components; see docs/performance.md.
attack *args:
    scripts/attack {{args}}

# Fuzz the component check, the schema checkers and the parsers, for a number of seconds each (needs cargo-fuzz).
fuzz seconds="60" *targets:
    scripts/fuzz {{seconds}} {{targets}}

# Format, and fix what clippy can fix.
fix:
    cargo fmt --all
    cargo clippy --workspace --all-targets --fix --allow-dirty --allow-staged

# Regenerate docs/openapi.json from the handlers.
openapi:
    cargo run --quiet -- openapi > docs/openapi.json

# Check which crate depends on what, and under which license; `just deny advisories` checks for known vulnerabilities.
deny *checks:
    scripts/deny {{checks}}
