//! Slots from the file that fills one to the file of the project.

use stratapi_diagnostics::{SourceMap, render};
use stratapi_driver::{Build, Config, MemoryWorld, Silent, Stratum, compile_with};

const APPLICATION: &str = "stratapi: 1
app: {name: shop}
domain:
  entities:
    Parcel:
      attributes:
        grams: int(0..)
        price: decimal(12, 2) = 0 readonly
api:
  endpoints:
    weigh: {route: 'POST /parcels/{parcel_id}/weigh', flow: weigh}
behavior:
  flows:
    weigh:
      input: {parcel: Parcel}
      steps:
        - lock: parcel
        - slot: postage
          with: {grams: parcel.grams}
          as: price
        - set: {parcel.price: price}
        - return: parcel
  slots:
    postage:
      kind: business_rule
      input: {grams: int}
      output: decimal
      describe: Letters of up to 20 g cost 0.95, all others 1.10.
      examples:
        - {given: {grams: 20}, expect: '0.95'}
        - {given: {grams: 21}, expect: '1.10'}
";

const GOOD: &str = "\"\"\"Postage.\"\"\"

from decimal import Decimal


def postage(grams: int) -> Decimal:
    \"\"\"Return the postage of a letter.\"\"\"
    return Decimal(\"0.95\") if grams <= 20 else Decimal(\"1.10\")
";

/// Compiles the application with what fills its slot, and gives what was said.
fn compiled(body: Option<&[u8]>) -> (Option<Build>, String, String) {
    let mut world = MemoryWorld::new().with("shop/app.yaml", APPLICATION);
    if let Some(body) = body {
        world = world.with("shop/slots/postage.py", body);
    }
    let mut sources = SourceMap::default();
    let checked = compile_with(&world, &Config::new("shop/app.yaml"), &mut sources, &Silent);
    let help: Vec<String> = checked.diagnostics.iter().flat_map(|it| it.help.clone()).collect();
    (checked.value, render::short(&checked.diagnostics, &sources), help.join("\n"))
}

fn said(body: &str) -> (String, String) {
    let (build, said, help) = compiled(Some(body.as_bytes()));
    assert!(build.is_none(), "{body}");
    (said, help)
}

#[test]
fn what_fills_a_slot_is_copied_byte_for_byte() {
    let body = GOOD.replace("letter", "léttér");
    let (build, said, _) = compiled(Some(body.as_bytes()));
    let build = build.unwrap_or_else(|| panic!("{said}"));
    let path = "app/services/postage_business_rules.py";
    assert_eq!(build.tree.get(path).map(|file| file.text.as_str()), Some(body.as_str()));
    let planned = build.plan.files.iter().find(|file| file.path == path);
    assert_eq!(planned.map(|file| file.stratum), Some(Stratum::Llm));
    assert_eq!(build.summary.files.get(&Stratum::Llm), Some(&1));
    let origin = build.tree.get(path).and_then(|file| file.origins.get(5)).expect("an origin");
    assert_eq!(build.sources.file(origin.span.file).name, "shop/slots/postage.py");
    assert_eq!(build.sources.text(origin.span), "def postage(grams: int) -> Decimal:");
}

#[test]
fn a_slot_that_was_filled_otherwise_is_another_input() {
    let world = |body: &str| {
        MemoryWorld::new().with("app.yaml", APPLICATION).with("slots/postage.py", body)
    };
    let (first, other) = (world(GOOD), world(&GOOD.replace("20", "25")));
    let build = stratapi_driver::compile(&first, &Config::new("app.yaml")).value.expect("a build");
    assert!(build.inputs.hold_in(&first));
    assert!(!build.inputs.hold_in(&other));
}

#[test]
fn a_slot_that_nothing_fills_is_told_with_a_file_to_begin_with() {
    let (build, said, help) = compiled(None);
    assert!(build.is_none());
    let expected = "shop/app.yaml:24:5: error[E0701]: nothing fills the slot `postage`\n";
    assert_eq!(said, expected);
    let skeleton = "from decimal import Decimal\n\n\ndef postage(grams: int) -> Decimal:\n    raise NotImplementedError";
    assert!(help.ends_with(skeleton), "{help}");
    let (build, said, _) = compiled(Some(skeleton.as_bytes()));
    assert!(build.is_some(), "{said}");
}

#[test]
fn a_file_that_is_no_python_is_told_at_its_place() {
    let (said_of_it, _) = said("def postage(grams: int) -> Decimal:\n    return (\n");
    assert!(said_of_it.starts_with("shop/slots/postage.py:3:1: error[E0702]"), "{said_of_it}");
    let (said_of_it, _) = said("x = 1  # \u{202e}\n");
    assert!(said_of_it.starts_with("shop/slots/postage.py:1:10: error[E0702]"), "{said_of_it}");
    for body in ["(".repeat(300), "# long\n".repeat(20_000)] {
        let (said_of_it, _) = said(&body);
        assert!(said_of_it.starts_with("shop/slots/postage.py:1:1: error[E0702]"), "{said_of_it}");
    }
    let (build, said_of_it, _) = compiled(Some(b"x = '\xff'\n"));
    assert!(build.is_none());
    assert!(said_of_it.starts_with("shop/app.yaml:24:5: error[E0702]"), "{said_of_it}");
}

#[test]
fn another_signature_is_told_with_the_right_one() {
    let (said_of_it, help) = said(&GOOD.replace("grams: int", "grams: float"));
    let expected = "shop/slots/postage.py:6:20: error[E0703]: `grams` is `int` by the slot, and of another type here\n";
    assert_eq!(said_of_it, expected);
    assert_eq!(help, "write `def postage(grams: int) -> Decimal:`");
}

#[test]
fn code_that_could_do_harm_is_refused_at_its_place() {
    let body = GOOD.replace("\n\n\n", "\nimport os\n\n\n");
    let (said_of_it, help) = said(&body);
    let expected = "shop/slots/postage.py:4:8: error[E0704]: `os` can't be imported by a slot\n";
    assert_eq!(said_of_it, expected);
    assert!(help.starts_with("a slot may import "), "{help}");
}

#[test]
fn a_slot_has_a_name_that_means_nothing_else() {
    for name in ["sum", "class", "datetime", "selectinload", "test_it", "pytest"] {
        let text = APPLICATION.replace("postage", name);
        let (mut sources, world) = (SourceMap::default(), MemoryWorld::new().with("a.yaml", text));
        let plan = stratapi_driver::plan(&world, "a.yaml", &mut sources);
        let told = render::short(&plan.diagnostics, &sources);
        assert!(told.starts_with("a.yaml:24:5: error[E0402]"), "{name}: {told}");
    }
}

/// The signature is written twice: as text for people, and as a tree for tests and calls.
#[test]
fn types_are_the_same_in_the_signature_and_in_the_tests() {
    let types = [
        "string",
        "text?",
        "int",
        "bigint",
        "float",
        "decimal",
        "decimal(9, 3)?",
        "bool",
        "date",
        "time",
        "datetime?",
        "duration",
        "uuid",
        "email",
        "url",
        "ip",
    ];
    let values = [
        "a",
        "b",
        "1",
        "2",
        "0.5",
        "'1.50'",
        "null",
        "true",
        "2026-01-31",
        "'12:30:00'",
        "null",
        "PT1H30M",
        "0190b5f6-7a6c-7cc0-8000-000000000000",
        "a@example.com",
        "'https://example.com/'",
        "127.0.0.1",
    ];
    for (position, (ty, value)) in types.into_iter().zip(values).enumerate() {
        let text = format!(
            "stratapi: 1\napp: {{name: a}}\ndomain: {{entities: {{Note: {{attributes: {{body: text}}}}}}}}\n\
             behavior:\n  slots:\n    same{position}:\n      kind: business_rule\n      describe: The same.\n      \
             input: {{value: '{ty}'}}\n      output: '{ty}'\n      \
             examples: [{{given: {{value: {value}}}, expect: {value}}}]\n"
        );
        let (mut sources, world) = (SourceMap::default(), MemoryWorld::new().with("a.yaml", text));
        let plan = stratapi_driver::plan(&world, "a.yaml", &mut sources);
        let told = render::short(&plan.diagnostics, &sources);
        let plan = plan.value.unwrap_or_else(|| panic!("{ty}: {told}"));
        let made = stratapi_driver::artifact(&plan, "tests/unit/test_slots.py").expect("a test");
        let signature = stratapi_llm_stratum::signature(&plan.slots[0]);
        let (parameters, returned) = signature.split_once(") -> ").expect("a signature");
        let (_, parameters) = parameters.split_once('(').expect("parameters");
        let returned = returned.trim_end_matches(':');
        let expected =
            format!("def test_same{position}({parameters}, expect: {returned}) -> None:\n");
        assert!(made.text.contains(&expected), "{ty}: {signature}\n{}", made.text);
    }
}
