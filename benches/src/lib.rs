//! What Winset's speed is measured on: `cargo bench` for small cases, and for tables too large to list
//!
//! ```sh
//! cargo run --release -p winset-benches --bin table
//! ```

pub mod tables;
