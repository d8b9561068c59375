//! What they have found about rules, and about what type checkers and databases know of rows.

use stratapi_diagnostics::Code;

use super::{Files as _, build, codes, secured, thing};

#[test]
fn what_was_tested_is_not_tested_again() {
    let access = |rule: &str| {
        let attributes = "        one: int?\n        two: int?\n";
        codes(&thing(
            attributes,
            &format!("api:\n  resources:\n    Thing:\n      access: {rule}\n"),
        ))
    };
    let twice = access("one is None or two is None or (one is not None and two < 5)");
    assert_eq!(twice, [Code::E0321]);
    assert_eq!(access("one is None or two is None or two < 5"), []);
}

/// Type checkers take the row behind a path for the same one as before.
#[test]
fn paths_of_a_rule_that_begin_alike_are_tested_once() {
    let built = build(
        "security:\n  authentication: {kind: jwt, user: User, login: email, secret: password}\ndomain:\n  entities:\n    \
         User:\n      attributes: {email: email unique, password: password}\n    Desk:\n      relationships:\n        \
         owner: many_to_one User\n        guest: many_to_one User\n    Thing:\n      relationships:\n        \
         desk: many_to_one Desk?\napi:\n  resources:\n    Thing:\n      \
         access: {delete: not (desk.owner == current_user) or desk.guest == current_user}\n",
    );
    let service = built.file("app/services/thing_service.py");
    assert_eq!(service.matches("thing.desk is").count(), 1, "{service}");
}

#[test]
fn a_reference_of_a_circle_is_tested_before_it_is_followed() {
    let circle = |value: &str| {
        codes(&format!(
            "domain:\n  entities:\n    Post:\n      attributes: {{title: string(1..9)}}\n      relationships: {{cover: many_to_one \
             Image}}\n    Image:\n      attributes: {{path: string(1..9)}}\n      relationships: {{post: many_to_one Post}}\n      \
             computed: {{title: {value}}}\napi: {{resources: {{Post: [list], Image: [list]}}}}\n"
        ))
    };
    assert_eq!(circle("post.title"), [Code::W0002, Code::E0313]);
    assert_eq!(circle("\"'none' if post is None else post.title\""), [Code::W0002]);
}

#[test]
fn a_list_that_is_there_is_a_list() {
    let built = build(
        "domain:\n  entities:\n    Team:\n      attributes: {tags: \"string[]?\"}\n    Thing:\n      attributes: {name: \
         string(1..9)}\n      relationships: {team: many_to_one Team?}\nbehavior:\n  invariants:\n    Thing:\n      tagged: \
         {when: create, check: team is None or team.tags is not None}\n",
    );
    let tests = built.file("tests/api/test_things.py");
    assert!(tests.contains("factory.team(tags=[\""), "{tests}");
}

#[test]
fn accounts_below_a_parent_have_their_own_elsewhere() {
    let built = build(
        "security:\n  authentication: {kind: jwt, user: User, login: email, secret: password}\ndomain:\n  entities:\n    \
         Team:\n      attributes: {name: string(1..9)}\n    User:\n      attributes: {email: email unique, password: \
         password}\n      relationships: {team: many_to_one Team (inverse=users)}\napi:\n  resources:\n    Team:\n    User: \
         {under: Team.users}\n",
    );
    assert!(built.file("docs/openapi.yaml").contains("/auth/me:\n"));
    assert!(built.file("app/routers/users.py").contains("@me_router.get(\"/me\""));
    assert!(built.file("app/routers/__init__.py").contains("(users.me_router)"));
}

/// A rule that names all roles asks of nobody which one it is.
#[test]
fn a_rule_of_all_roles_is_one_of_accounts() {
    let entities = "    Thing:\n      attributes: {x: int}\n";
    let resources =
        "    Thing:\n      access: {read: public, write: 'role(member, admin) and x > 1'}\n";
    let built = build(&secured("", entities, resources));
    let router = built.file("app/routers/things.py");
    assert_eq!(router.matches("Depends(get_current_user)").count(), 3, "{router}");
    let service = built.file("app/services/thing_service.py");
    assert!(!service.contains("role in"), "{service}");
}

/// The numbers of no two rows are the same, so an invariant that wants small ones is soon broken.
#[test]
fn a_number_that_no_two_rows_share_may_not_fit() {
    let built = build(
        "domain:\n  entities:\n    Shelf:\n      attributes: {code: int unique}\n    Thing:\n      attributes: {x: int}\n      \
         relationships: {shelf: many_to_one Shelf?}\nbehavior:\n  invariants:\n    Thing:\n      low: {when: [create, update], \
         check: shelf is None or shelf.code <= 7}\n",
    );
    let tests = built.file("tests/api/test_things.py");
    assert!(!tests.contains("factory.shelf("), "{tests}");
}

/// Nor are their days: an invariant that wants a certain one is broken by the next row.
#[test]
fn a_day_that_no_two_rows_share_may_not_fit() {
    let built = build(
        "domain:\n  entities:\n    Shelf:\n      attributes: {since: date unique}\n    Thing:\n      attributes: {x: int}\n      \
         relationships: {shelf: many_to_one Shelf?}\nbehavior:\n  invariants:\n    Thing:\n      old: {when: [create, update], \
         check: shelf is None or shelf.since == '2026-01-31'}\n",
    );
    let tests = built.file("tests/api/test_things.py");
    assert!(!tests.contains("factory.shelf("), "{tests}");
}

/// SQLAlchemy takes the type of a foreign key from the column that it refers to, which may not know it yet.
#[test]
fn a_foreign_key_to_a_foreign_key_has_a_type_of_its_own() {
    let built = build(
        "domain:\n  entities:\n    Table:\n      attributes: {name: string(1..9)}\n    Part:\n      relationships: {table: \
         'one_to_one Table (on_delete=cascade, primary)', source: 'many_to_one Part? (on_delete=set_null)'}\n",
    );
    let model = built.file("app/models/part.py");
    let own = model.split("source_table_id: ").nth(1).unwrap_or_default();
    let own = own.split(" = mapped_column(").nth(1).unwrap_or_default().trim_start();
    assert!(own.starts_with("Uuid"), "{model}");
    assert!(
        model.contains("table_id: Mapped[UUID] = mapped_column(\n        ForeignKey("),
        "{model}"
    );
}

/// No two nulls are the same, so rows of the tests may be more than the values that there are.
#[test]
fn a_number_of_few_values_that_no_two_rows_share_is_null_in_tests() {
    let built = build(
        "domain:\n  entities:\n    Shelf:\n      attributes: {name: string(1..9), row: 'int(0..3)? = 0'}\n      indexes: \
         [row (unique)]\n",
    );
    let factories = built.file("tests/factories.py");
    assert!(factories.contains("\"row\": None"), "{factories}");
}

/// A row in the view `Full` stands in an envelope whose class may be that of another view.
#[test]
fn envelopes_of_views_have_classes_of_their_own() {
    let built = build(
        "domain:\n  entities:\n    Thing:\n      attributes: {name: string(1..9)}\n      views: {FullEnvelope: {attributes: \
         [name]}, Full: {attributes: [id]}}\napi:\n  shape: {envelope: {one: thing}}\n  resources:\n    Thing: {view: {list: \
         FullEnvelope, get: Full}}\n",
    );
    let document = built.file("docs/openapi.yaml");
    for class in ["ThingFullEnvelope", "ThingFullView", "ThingFullViewEnvelope"] {
        assert_eq!(document.matches(&format!("    {class}:\n")).count(), 1, "{class}");
    }
}

/// What a transition comes to is read from the database where its answer does not show it.
#[test]
fn an_answer_that_tells_nothing_of_a_transition_is_not_read() {
    let built = build(
        "domain:\n  enums: {State: [draft, published]}\n  entities:\n    Thing:\n      attributes: {name: string(1..9), state: \
         'State = draft readonly', rank: 'int = 1'}\n      views: {Short: {attributes: [id]}}\napi:\n  resources:\n    Thing: \
         {view: {write: Short}}\nbehavior:\n  state_machines:\n    Thing.state:\n      initial: draft\n      transitions: \
         {publish: {from: [draft, published], to: published, guard: rank > 0}}\n",
    );
    let tests = built.file("tests/api/test_things.py");
    let test = tests.split("async def test_transition_publish").nth(1).unwrap_or_default();
    let test = test.split("\nasync def ").next().unwrap_or_default();
    assert!(test.contains("stored.state == State.PUBLISHED"), "{test}");
    assert!(!test.contains("shown"), "{test}");
}

/// A rule may ask for a value that no two rows share.
#[test]
fn rows_that_rules_make_alike_are_not_made_twice() {
    let entities = "    Thing:\n      attributes: {name: string(1..9) unique, state: 'State = draft readonly'}\n";
    let resources = "    Thing:\n      access: {read: public, all: role(admin)}\n";
    let machine = "behavior:\n  state_machines:\n    Thing.state:\n      initial: draft\n      transitions:\n        open: {from: \
                   draft, to: open, access: \"name == 'one'\"}\n        close: {from: [draft, open], to: closed, access: \"name == \
                   'one'\"}\n";
    let enums = "  enums: {State: [draft, open, closed]}\n";
    let model = secured("", entities, resources);
    let model = model.replace("  entities:\n", &format!("{enums}  entities:\n"));
    let built = build(&format!("{model}{machine}"));
    let tests = built.file("tests/api/test_things.py");
    let test = tests.split("async def test_transition_close").nth(1).unwrap_or_default();
    let test = test.split("\nasync def ").next().unwrap_or_default();
    assert_eq!(test.matches("name=\"one\"").count(), 1, "{test}");
}
