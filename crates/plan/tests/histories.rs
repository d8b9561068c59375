//! Histories of states: their names, their tables, and who is told of.

#[expect(dead_code, reason = "the tests of names and tables need more of it")]
mod documents;

use documents::ir;
use stratapi_diagnostics::Code;
use stratapi_ir::model::ApplicationIr;
use stratapi_plan::{HistoryPlan, OnDelete, Operation, Plan, lower};

/// Letters with a history; `security` stands in front, `more` behind.
fn letters(security: &str, entities: &str, more: &str) -> ApplicationIr {
    ir(&format!(
        "{security}domain:
  enums:
    Stage: [draft, sent, lost]
  entities:
    Letter:
      attributes: {{text: text, stage: Stage = draft}}
{entities}behavior:
  state_machines:
    Letter.stage:
      history: true
      transitions:
        send: {{from: draft, to: sent}}
        lose: {{from: sent, to: lost, endpoint: false}}
{more}"
    ))
}

fn plan(ir: &ApplicationIr) -> Plan {
    let checked = lower(ir);
    checked.value.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

fn history(plan: &Plan) -> &HistoryPlan {
    plan.entities[0].machines[0].history.as_ref().unwrap_or_else(|| panic!("no history"))
}

const ACCOUNTS: &str = "security:
  authentication: {kind: jwt, user: User, login: email, secret: password}
";
const USER: &str = "    User:
      attributes: {email: email unique, password: password}
";

#[test]
fn a_history_has_a_table_a_model_and_a_route() {
    let plan = plan(&letters(ACCOUNTS, USER, ""));
    let history = history(&plan);
    assert_eq!(history.class.as_str(), "LetterStageChange");
    let table = &plan.tables[history.table];
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let own = ["id", "letter_id", "transition", "from_state", "to_state", "changed_at"];
    assert_eq!(columns, [&own[..], &["changed_by_id"]].concat());
    assert_eq!(table.name.as_str(), "letter_stage_changes");
    let keys: Vec<(&str, OnDelete)> =
        table.foreign_keys.iter().map(|key| (key.target.as_str(), key.on_delete)).collect();
    assert_eq!(keys, [("letters", OnDelete::Cascade), ("users", OnDelete::SetNull)]);
    assert_eq!(table.indexes[0].columns.len(), 2);
    let read = plan.entities[0].operation(Operation::History(0));
    let read = read.map(|it| (it.path.as_str(), it.function.as_str()));
    let path = "/letters/{letter_id:uuid}/stage-history";
    assert_eq!(read, Some((path, "list_letter_stage_history")));
    for folder in ["models/{}", "repositories/{}_repository", "schemas/{}"] {
        let path = format!("app/{}.py", folder.replace("{}", "letter_stage_change"));
        assert!(plan.files.iter().any(|file| file.path == path), "{path}");
    }
}

#[test]
fn without_sign_in_nobody_is_told_of() {
    let offered = "api:\n  resources:\n    Letter: {operations: [list, create]}\n";
    let plan = plan(&letters("", "", offered));
    assert!(history(&plan).caller.is_empty());
    assert_eq!(plan.tables[history(&plan).table].columns.len(), 6);
    // Nobody reads what nobody may get.
    assert!(plan.entities[0].operation(Operation::History(0)).is_none());
}

#[test]
fn names_step_aside_and_tables_do_not() {
    let record = "    LetterStageChange:
      table: records
      attributes: {note: text}
    Changed:
      attributes: {at: int primary, stage: Stage = draft}
";
    let machine = "    Changed.stage:
      history: true
      transitions: {lose: {from: draft, to: lost}}
";
    let plan = plan(&letters("", record, machine));
    let (class, module) = (&history(&plan).class, &history(&plan).module);
    assert_eq!(
        (class.as_str(), module.as_str()),
        ("LetterStageChangeRecord", "letter_stage_change_record")
    );
    let other = plan.entities[2].machines[0].history.as_ref();
    assert_eq!(other.map(|it| it.row[0].as_str()), Some("of_changed_at"));
    let codes = |entities: &str, more: &str| -> Vec<Code> {
        let found = lower(&letters("", entities, more)).diagnostics;
        found.iter().map(|found| found.code).collect()
    };
    let taken = record.replace("records", "letter_stage_changes");
    assert_eq!(codes(&taken, ""), [Code::E0402]);
    let long = "Letter".repeat(9);
    let entity = format!("    {long}:\n      attributes: {{stage: Stage = draft}}\n");
    let machine = machine.replace("Changed", &long);
    assert_eq!(codes(&entity, &machine), [Code::E0402]);
}

#[test]
fn flows_tell_who_changes_a_state() {
    let flows = "  flows:
    lose:
      input: {letter: Letter}
      steps: [{transition: letter.lose}]
    lose_for_me:
      input: {letter: Letter}
      steps: [{call: lose, with: {letter: letter}}]
    nothing:
      input: {letter: Letter}
      steps: [{lock: letter}]
api:
  endpoints:
    lose: {route: 'POST /letters/{letter_id}/lose', flow: lose, access: ACCESS}
    lose_for_me: {route: 'POST /letters/{letter_id}/lose-for-me', flow: lose_for_me}
";
    let told = |access: &str| -> Vec<(bool, bool)> {
        let plan = plan(&letters(ACCOUNTS, USER, &flows.replace("ACCESS", access)));
        plan.flows.iter().map(|flow| (flow.caller, flow.anonymous)).collect()
    };
    assert_eq!(told("authenticated"), [(true, false), (true, false), (false, false)]);
    assert_eq!(told("public"), [(true, true), (true, false), (false, false)]);
    let plan = plan(&letters("", "", &flows.replace("ACCESS", "public")));
    assert!(plan.flows.iter().all(|flow| !flow.caller));
}
