//! The stratapi command: arguments, terminal, processes, exit codes.
fn main() {}
