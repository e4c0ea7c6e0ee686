//! A slow checker that restates the definitions one by one, and models to try it on.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test uses a part")]

pub mod cases;
pub mod definitions;
pub mod random;
