# Shortcuts; everything here is plain cargo.

# The Syria brief.
brief:
    cargo run --release -- brief cases/syria-2017

# All tests.
test:
    cargo test --workspace

# What CI runs.
ci:
    bash .ci/run

# Accept changed snapshots after reading them.
accept:
    INSTA_UPDATE=always cargo test --workspace
