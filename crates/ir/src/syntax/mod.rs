//! Text to tree: reads YAML, JSON and TOML alike, and joins the files of one application.
//! It knows no key but `include`.

mod node;

pub use node::{Entry, Node, Text, Value};
