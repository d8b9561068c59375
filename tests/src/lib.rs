//! Shared parts of the end-to-end tests.

pub mod random_ir;
