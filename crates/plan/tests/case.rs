//! Names on the wire in the case of the API.

#[expect(dead_code, reason = "other tests need more of it")]
mod documents;

use documents::{entities, ir};
use stratapi_diagnostics::Code;
use stratapi_ir::model::ApplicationIr;
use stratapi_plan::{Case, Plan, lower};

fn plan(ir: &ApplicationIr) -> Plan {
    let checked = lower(ir);
    checked.value.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

#[test]
fn names_on_the_wire_are_written_in_the_case_of_the_api() {
    let mut ir = ir("domain:
  values:
    Place:
      attributes: {street_name: string}
  entities:
    Thing:
      attributes:
        full_name: string
        place: Place
");
    ir.api.case = Case::Camel;
    let built = plan(&ir);
    let thing = &built.entities[0];
    assert_eq!(thing.fields[0].wire, "fullName");
    assert_eq!(thing.fields[0].attribute.as_str(), "full_name");
    assert_eq!(thing.fields[0].column.as_str(), "full_name");
    assert_eq!(thing.fields[1].pointer(), "/place/streetName");
    let mut same = entities(&[("Thing", "attributes: {line_2: string, line2: string}")]);
    plan(&same);
    same.api.case = Case::Camel;
    let said: Vec<Code> = lower(&same).diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(said, [Code::E0401]);
}
