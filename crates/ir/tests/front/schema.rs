//! The published JSON Schema is the one that the tables of keys make, and it takes what loads.

use stratapi_ir::schema::json_schema;

const PUBLISHED: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../ir-schemas/stratapi-1.schema.json");

#[test]
fn the_published_schema_is_up_to_date() {
    let text = serde_json::to_string_pretty(&json_schema()).expect("JSON") + "\n";
    let published = std::fs::read_to_string(PUBLISHED).unwrap_or_default();
    if published != text && std::env::var_os("STRATAPI_BLESS").is_some() {
        std::fs::write(PUBLISHED, &text).expect("the schema is written");
        return;
    }
    assert!(published == text, "the schema has drifted: run `cargo xtask codegen`");
}

#[test]
fn what_loads_fits_the_schema() {
    let validator = jsonschema::validator_for(&json_schema()).expect("a schema");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../golden");
    for case in ["blog", "shop", "smallest", "obstacles", "relations", "features"] {
        let text = std::fs::read_to_string(format!("{folder}/{case}/app.yaml")).expect(case);
        let resolved = stratapi_ir::resolved(&crate::world::model(&text));
        for text in [text, resolved] {
            let value: serde_json::Value = serde_yaml::from_str(&text).expect(case);
            let errors: Vec<String> = validator
                .iter_errors(&value)
                .map(|e| format!("{}: {e}", e.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{case}: {errors:#?}");
        }
    }
    let unknown = serde_json::json!({"stratapi": 1, "app": {"name": "a"}, "domain": {"entities": {}}, "apis": {}});
    assert!(!validator.is_valid(&unknown));
}
