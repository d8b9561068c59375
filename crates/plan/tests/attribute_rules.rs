//! Rules about attributes: what of them a new row knows, and which of them are not built yet.

#[expect(dead_code, reason = "other tests need more of it")]
mod documents;

use documents::ir;
use stratapi_diagnostics::Code;
use stratapi_plan::{Operation, Predicate, Presence, lower};

const BEFORE: &str = "security:
  authentication: {user: User, login: email, secret: password, registration: open}
  roles: [member, admin]
domain:
  entities:
    User:
      attributes:
        email: email unique
        password: password
        role: role = member readonly
        level: {type: int, default: 1, writable_by: role(admin)}
    Team:
      attributes: {name: string}
      relationships:
        lead: many_to_one User
";

fn document(attributes: &str) -> String {
    format!(
        "{BEFORE}    Card:\n      attributes:\n{attributes}      relationships:\n        \
         team: many_to_one Team (inverse=cards)\n        author: many_to_one User (set=current_user)\n"
    )
}

fn codes(document: &str) -> Vec<Code> {
    lower(&ir(document)).diagnostics.iter().map(|found| found.code).collect()
}

#[test]
fn before_there_is_a_row_only_the_caller_is_known() {
    let checked = lower(&ir(&document(
        "        a: {type: int?, writable_by: author == current_user}
        b: {type: int?, writable_by: a is None or role(admin)}
        c: {type: int?, writable_by: not author == current_user}
        d: {type: int?, writable_by: a is None}
",
    )));
    let plan = checked.value.expect("it can be built");
    let card = plan.entities.iter().find(|entity| entity.name == "Card").expect("declared");
    let created = |wire: &str| {
        let mut fields = card.fields.iter();
        let field = fields.find(|field| field.wire == wire).expect("declared");
        let rule = field.writable_by.as_ref().expect("it has one");
        (rule.created.clone(), field.create != Presence::Absent)
    };
    assert_eq!(created("a"), (Predicate::SignedIn, true));
    assert_eq!(created("b"), (Predicate::Role(vec![1]), true));
    assert_eq!(created("c"), (Predicate::Not(Box::new(Predicate::SignedIn)), true));
    assert_eq!(created("d"), (Predicate::False, false));
    let update = card.operation(Operation::Update).expect("offered");
    assert!(update.problems.contains(&403));
    let user = &plan.entities[0];
    let kept: Vec<&str> = user.kept_from_registration().map(|it| it.wire.as_str()).collect();
    assert_eq!(kept, ["level"]);
}

#[test]
fn rules_of_other_rows_are_not_built_yet() {
    let found = codes(&document(
        "        a: {type: int?, readable_by: team.lead == current_user}
        b: {type: int?, writable_by: team.name == 'a'}
        d: {type: int?, readable_by: team.lead != current_user or role(admin)}
",
    ));
    assert_eq!(found, [Code::E0311; 3]);
}

#[test]
fn nor_are_rules_of_writing_what_a_check_speaks_of() {
    let attributes =
        "        a: {type: int, default: 1, writable_by: role(admin)}\n        b: int\n";
    let with_check = document(attributes).replace(
        "      relationships:\n        team",
        "      checks: {less: a <= b}\n      relationships:\n        team",
    );
    let found = codes(&with_check);
    assert_eq!(found, [Code::E0311]);
}
