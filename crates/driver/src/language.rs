//! What there is to say about the language itself and about one text in it.

use stratapi_diagnostics::{Checked, SourceMap};
use stratapi_ir::World;
use stratapi_ir::syntax::{Node, Value};

/// An application with every default filled in, as YAML that compiles to the same files.
pub fn resolved(world: &dyn World, entry: &str, sources: &mut SourceMap) -> Checked<String> {
    stratapi_ir::load(world, entry, sources).and_then(|ir| Checked::ok(stratapi_ir::resolved(&ir)))
}

/// The JSON Schema of the language.
pub fn schema() -> serde_json::Value {
    stratapi_ir::schema::json_schema()
}

/// The name that an application says it has, as text. It need not be a good one: nothing is checked.
pub fn name(world: &dyn World, entry: &str) -> Option<String> {
    let parsed = stratapi_ir::syntax::parse(world, entry, &mut SourceMap::default());
    let get = |node: &Node, key: &str| match &node.value {
        Value::Map(entries) => {
            entries.iter().find(|entry| entry.key.value == key).map(|entry| entry.value.clone())
        }
        _ => None,
    };
    match get(&get(&parsed.value?, "app")?, "name")?.value {
        Value::Text(text) => Some(text.value),
        _ => None,
    }
}
