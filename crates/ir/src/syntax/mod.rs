//! Text to tree: reads YAML, JSON and TOML alike, and joins the files of one application.
//! It knows no key but `include`.

mod decode;
mod include;
mod json;
mod node;
mod offsets;
mod reading;
mod scalar;
mod toml;
mod yaml;
mod yaml_errors;
mod yaml_input;

pub use include::parse;
pub use node::{Entry, Node, Text, Value};

#[cfg(test)]
mod tests;
