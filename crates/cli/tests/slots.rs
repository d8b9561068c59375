//! Slots on the command line: their examples are asked for before anything is written.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const SHOP: &str = include_str!("../../../golden/shop/app.yaml");
const BODY: &str = include_str!("../../../golden/shop/slots/shipping_cost.py");

fn stratapi(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_stratapi"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The shop with this in the place of what fills its slot.
fn shop(body: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("app.yaml"), SHOP).unwrap();
    fs::create_dir(folder.path().join("slots")).unwrap();
    fs::write(folder.path().join("slots/shipping_cost.py"), body).unwrap();
    folder
}

#[test]
fn a_slot_that_fails_an_example_is_not_built() {
    let folder = shop(&BODY.replace("- BASE_GRAMS", "- BASE_GRAMS + 1"));
    let output = stratapi(folder.path(), &["build", "app.yaml", "--format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    let line = SHOP.lines().position(|line| line.contains("weight_grams: 2000")).unwrap() + 1;
    let place = format!("app.yaml:{line}:66: ");
    assert_eq!(err(&output), format!("{place}error[E0705]: `shipping_cost` gave 6.10\n"));
    assert!(!folder.path().join("shop").exists());
}

#[test]
fn a_value_of_another_type_and_an_error_fail_an_example() {
    let raises =
        BODY.replace("    further =", "    assert weight_grams < 2000, goods\n    further =");
    let table = [
        (raises.as_str(), "`shipping_cost` raised AssertionError: 99.99"),
        (&BODY.replace("return BASE +", "return 5 or BASE +"), "gave 5, which is of type `int`"),
        (
            &BODY.replace("FREE = Decimal(\"0.00\")", "FREE = Decimal(\"x\")"),
            "can't be loaded: Invalid",
        ),
    ];
    for (body, expected) in table {
        let folder = shop(body);
        let output = stratapi(folder.path(), &["build", "app.yaml", "--dry-run"]);
        assert_eq!(output.status.code(), Some(1), "{expected}");
        assert!(err(&output).contains(expected), "{expected}: {}", err(&output));
    }
}

#[test]
fn what_was_proved_is_not_asked_for_again() {
    let folder = shop(BODY);
    let build = |python: &str| {
        let output = stratapi(folder.path(), &["build", "app.yaml", "--python", python]);
        (output.status.code(), err(&output))
    };
    let (code, said) = build("python3");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Proved 1 slot"), "{said}");
    let text = SHOP.replace("title: Shop API", "title: The Shop");
    fs::write(folder.path().join("app.yaml"), text).unwrap();
    // Nothing is run, so that no Python is needed.
    let (code, said) = build("/no/such/python");
    assert_eq!(code, Some(0), "{said}");
    fs::write(folder.path().join("slots/shipping_cost.py"), format!("{BODY}\n# More.\n")).unwrap();
    let (code, said) = build("/no/such/python");
    assert_eq!(code, Some(5), "{said}");
    assert!(said.contains("E0907"), "{said}");
}
