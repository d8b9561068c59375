//! The JSON Schema that the tables of keys make takes what loads. `cargo xtask codegen --check` says
//! whether the published one is that.

use stratapi_ir::schema::json_schema;

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
