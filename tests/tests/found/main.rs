//! What random applications have found, each as small as it became: it was refused or printed wrongly
//! once, or what it became did not run.

mod replaced;
mod rules;
mod seeds;

use stratapi_diagnostics::Code;
use stratapi_driver::{Build, Config, MemoryWorld, compile};

fn build(domain: &str) -> Build {
    let text = format!("stratapi: 1\napp: {{name: found}}\n{domain}");
    let checked =
        compile(&MemoryWorld::new().with("app.yaml", text.as_str()), &Config::new("app.yaml"));
    let said: Vec<_> =
        checked.diagnostics.iter().map(|d| format!("{}: {}", d.code, d.message)).collect();
    checked.value.unwrap_or_else(|| panic!("{said:#?}\n{text}"))
}

fn codes(domain: &str) -> Vec<Code> {
    let text = format!("stratapi: 1\napp: {{name: found}}\n{domain}");
    let world = MemoryWorld::new().with("app.yaml", text.as_str());
    compile(&world, &Config::new("app.yaml")).diagnostics.iter().map(|d| d.code).collect()
}

impl Files for Build {
    fn file(&self, path: &str) -> &str {
        self.tree.get(path).map_or_else(|| panic!("no {path}"), |file| file.text.as_str())
    }
}

trait Files {
    fn file(&self, path: &str) -> &str;
}

/// Attributes of one entity, and what its resource says.
fn thing(attributes: &str, more: &str) -> String {
    format!("domain:\n  entities:\n    Thing:\n      attributes:\n{attributes}{more}")
}

/// An account, and what stands beside it.
fn secured(account: &str, entities: &str, resources: &str) -> String {
    format!(
        "security:\n  authentication: {{user: User, login: email, secret: password}}\n  \
         roles: [member, admin]\ndomain:\n  entities:\n    User:\n      attributes:\n        \
         email: email unique\n        password: password\n        \
         role: role = member readonly\n{account}{entities}api:\n  resources:\n{resources}"
    )
}

#[test]
fn accounts_that_are_not_offered_have_no_tests_of_a_resource() {
    let built = build(&secured("", "", "    User: false\n"));
    assert!(built.tree.get("tests/api/test_users.py").is_none());
    assert!(built.tree.get("app/routers/users.py").is_some());
}

#[test]
fn a_slug_that_only_the_server_sets_is_made_by_it() {
    let attributes = "        title: string(1..80)\n        slug: slug from title readonly\n";
    let built = build(&thing(attributes, ""));
    let service = built.file("app/repositories/thing_repository.py");
    assert!(service.contains("slug=await self.unused_slug(data.title)"), "{service}");
    assert!(!built.file("app/schemas/thing.py").contains("slug: Slug | MISSING"));
}

#[test]
fn a_slug_that_is_unique_with_others_is_made_too() {
    let attributes = "        title: string(1..80)\n        slug: slug from title\n";
    let built = build(&thing(attributes, "      unique: [[slug, title]]\n"));
    let repository = built.file("app/repositories/thing_repository.py");
    assert!(repository.contains("async def unused_slug("), "{repository}");
}

#[test]
fn values_that_are_listed_once_are_compared() {
    let attributes = "        size: int\n        width: int\n        open: bool = true\n";
    let access = "api: {resources: {Thing: {access: \"size not in (5, 5) or open and width in (1, 2, 1)\"}}}\n";
    let repository = build(&thing(attributes, access));
    let rule = repository.file("app/repositories/thing_repository.py");
    assert!(
        rule.contains("return thing.size != _BOUND_5 or (thing.open and thing.width in {1, 2})")
    );
}

#[test]
fn a_row_gets_each_value_once_that_rules_ask_for() {
    let attributes = "        state: string(1..9)\n        open: bool\n";
    let access = "api: {resources: {Thing: {access: {read: \"state == 'a'\", write: \"state == 'a' and open\"}}}}\n";
    let built = build(&thing(attributes, access));
    let tests = built.file("tests/api/test_things.py");
    assert!(tests.contains("factory.thing(state=\"a\", open=True)"), "{tests}");
}

#[test]
fn indexes_of_columns_of_the_base_model_stand_in_the_model() {
    let keys = "      unique: [[created_at]]\n      indexes: [[updated_at], [name]]\n";
    let built = build(&thing("        name: string(1..9)\n", keys));
    let model = built.file("app/models/thing.py");
    assert!(model.contains("UniqueConstraint(\"created_at\")"), "{model}");
    assert!(model.contains("Index(None, \"updated_at\")"), "{model}");
    assert!(model.contains("mapped_column(String(9), index=True)"), "{model}");
}

#[test]
fn nobody_makes_an_account_that_leads_to_itself() {
    let account = "      relationships:\n        team: many_to_one Team? (inverse=users)\n";
    let team = "    Team:\n      relationships:\n        lead: many_to_one User?\n";
    let rule = "    User:\n      access: self == current_user and team.lead == current_user\n";
    let built = build(&secured(account, team, rule));
    let tests = built.file("tests/api/test_users.py");
    assert!(!tests.contains("lead=caller"), "{tests}");
}

#[test]
fn passwords_are_hashed_without_sign_in() {
    let built = build(&thing("        lock: password\n", ""));
    let security = built.file("app/core/security.py");
    assert!(security.contains("async def hash_password(") && !security.contains("jwt"));
    let pins = built.file("requirements.txt");
    assert!(pins.contains("\npwdlib==") && !pins.contains("\npyjwt=="));
    assert!(built.file("pyproject.toml").contains("pwdlib"));
    assert!(built.file("tests/factories.py").contains("        values.pop(\"lock\", None)\n"));
}

#[test]
fn rows_are_refused_without_sign_in() {
    let access = "api: {resources: {Thing: {access: {read: public, write: open}}}}\n";
    let built = build(&thing("        open: bool\n", access));
    assert!(built.file("app/core/errors.py").contains("class PermissionDeniedError("));
    let document = built.file("docs/openapi.yaml");
    assert!(document.contains("\"403\":") && !document.contains("\"401\":"), "{document}");
    let never = "api: {resources: {Thing: {access: {write: not public}}}}\n";
    let built = build(&thing("        open: bool\n", never));
    assert!(!built.file("app/routers/things.py").contains("get_current_user"));
}

#[test]
fn names_of_functions_and_variables_are_in_lower_case() {
    let attributes = "        camelCase: string unique\n        None: slug from camelCase\n        hash: password\n";
    let relationships = "      relationships:\n        values: many_to_one Thing?\n        rowOf: many_to_many Thing\n";
    let api = "api: {resources: {Thing: {lookup: camelCase}}}\n";
    let built = build(&thing(attributes, &format!("{relationships}{api}")));
    let repository = built.file("app/repositories/thing_repository.py");
    assert!(repository.contains("async def get_by_camel_case(self, camel_case: str)"));
    assert!(repository.contains("async def unused_none("));
    assert!(built.file("app/routers/things.py").contains("\"/{thing_camel_case}\""));
    let factories = built.file("tests/factories.py");
    assert!(factories.contains("values_ = values.pop(\"values\", None)"), "{factories}");
    assert!(factories.contains("row_of = values.pop(\"rowOf\", [])"), "{factories}");
}

#[test]
fn a_natural_key_called_id_hides_no_function() {
    let attributes = "        id: string(1..9) primary\n";
    let built = build(&thing(attributes, "api: {resources: {Thing: {lookup: id}}}\n"));
    let repository = built.file("app/repositories/thing_repository.py");
    assert!(repository.contains("async def get_by_id(self, id_: str)"), "{repository}");
}

#[test]
fn defaults_that_are_documents_have_a_type() {
    let built = build(&thing("        meta: \"json = {'a': [1, null]}\"\n", ""));
    let schema = built.file("app/schemas/thing.py");
    assert!(schema.contains("lambda: cast(\"Json\", {\"a\": [1, None]})"), "{schema}");
}

#[test]
fn an_index_never_loses_its_condition() {
    let more = "      indexes: [\"a (unique, where=price > 5)\"]\n";
    let attributes = "        a: int\n        price: decimal(8, 2)\n";
    assert_eq!(codes(&thing(attributes, more)), [Code::E0305]);
    let zero = "      indexes: [\"a (unique, where=price > 0)\"]\n";
    assert_eq!(codes(&thing(attributes, zero)), []);
}

#[test]
fn an_association_with_several_references_to_one_side_says_how_it_joins() {
    let built = build(
        "domain:
  entities:
    Person:
      attributes: {name: string}
      relationships:
        friends: many_to_many Person (inverse=friend_of, through=Friendship, near=one, far=other)
    Friendship:
      relationships:
        one: many_to_one Person (on_delete=cascade, primary)
        other: many_to_one Person (on_delete=cascade, primary)
",
    );
    let model = built.file("app/models/person.py");
    let joins: Vec<&str> =
        model.lines().map(str::trim).filter(|line| line.contains("join=")).collect();
    assert_eq!(
        joins,
        [
            "primaryjoin=\"Person.id == Friendship.one_id\",",
            "secondaryjoin=\"Person.id == Friendship.other_id\",",
            "primaryjoin=\"Person.id == Friendship.other_id\",",
            "secondaryjoin=\"Person.id == Friendship.one_id\",",
        ]
    );
}

#[test]
fn what_is_unique_gets_no_second_index() {
    let built = build(&thing("        a: int unique\n", "      indexes: [[a]]\n"));
    let model = built.file("app/models/thing.py");
    assert!(model.contains("a: Mapped[int] = mapped_column(unique=True)"), "{model}");
    assert!(!built.file("migrations/versions/0001_initial.py").contains("ix_things_a"));
}

#[test]
fn rows_of_tests_fulfil_the_checks() {
    let attributes = "        begins: date\n        ends: date?\n        state: string = 'new'\n        seats: int(0..9)\n";
    let checks = "      checks:\n        order: ends is not None and begins < ends\n        told: state == 'open'\n        room: seats in (7, 8)\n";
    let built = build(&thing(attributes, checks));
    let factories = built.file("tests/factories.py");
    for line in [
        "\"begins\": date.fromisoformat(\"2026-01-30\"),",
        "\"ends\": date.fromisoformat(\"2026-01-31\"),",
        "\"state\": \"open\",",
        "\"seats\": 7,",
    ] {
        assert!(factories.contains(line), "{line}\n{factories}");
    }
    let tests = built.file("tests/api/test_things.py");
    assert!(
        tests.contains("\"ends\": \"2026-01-31\", \"state\": \"open\", \"seats\": 7"),
        "{tests}"
    );
    assert!(!tests.contains("for member in (\"ends\",)"), "{tests}");
}

#[test]
fn rows_that_must_differ_do_not_all_have_the_default() {
    let built = build(&thing("        name: string(1..80) = 'new' unique\n", ""));
    let factories = built.file("tests/factories.py");
    assert!(factories.contains("\"name\": f\"Name{number}\""), "{factories}");
}

#[test]
fn a_value_object_is_absent_where_a_part_is_that_it_needs() {
    let built = build(
        "domain:
  values:
    Place: {attributes: {note: text?, city: string}}
  entities:
    Thing:
      attributes: {a: int, place: Place?}
      indexes: [\"a (where=place is not None)\"]
",
    );
    let migration = built.file("migrations/versions/0001_initial.py");
    assert!(migration.contains("place_city IS NOT NULL"), "{migration}");
}

#[test]
fn an_account_has_no_enum_as_its_key() {
    let text = "security:\n  authentication: {user: User, login: email, secret: password}\ndomain:\n  enums: {Kind: [a, b]}\n  entities:\n    User:\n      attributes:\n        kind: Kind primary\n        email: email unique\n        password: password\n";
    assert_eq!(codes(text), [Code::E0310]);
}

#[test]
fn answers_leave_out_value_objects_that_are_only_written() {
    let built = build(
        "domain:
  values:
    Place: {attributes: {city: string}}
  entities:
    Thing:
      attributes: {place: Place writeonly, name: string}
",
    );
    let tests = built.file("tests/api/test_things.py");
    assert!(tests.contains("for key, value in BODY.items() if key != \"place\""), "{tests}");
}

#[test]
fn a_row_that_is_looked_up_is_found_below_its_own_parent_only() {
    let built = build(
        "domain:
  entities:
    Post:
      attributes: {title: string}
    Note:
      attributes: {word: string(1..9) unique}
      relationships:
        post: one_to_one Post (inverse=note, on_delete=cascade, primary)
api: {resources: {Note: {under: Post.note, lookup: word}}}
",
    );
    let repository = built.file("app/repositories/note_repository.py");
    assert!(repository.contains("if note is None or note.post_id != post.id:"), "{repository}");
}

#[test]
fn nothing_is_created_for_the_caller_below_somebody_else() {
    let entities = "    Post:\n      attributes: {title: string}\n      relationships:\n        author: many_to_one User (inverse=posts, set=current_user)\n";
    let with = |operations: &str| {
        secured(
            "",
            entities,
            &format!("    Post: {{under: User.posts, operations: [{operations}]}}\n"),
        )
    };
    assert_eq!(codes(&with("list, get, create")), [Code::E0309]);
    assert_eq!(codes(&with("list, get")), []);
}

#[test]
fn rows_are_inserted_without_a_caller_whom_nobody_asks() {
    let entities = "    Post:\n      attributes: {title: string, open: bool}\n";
    let resource =
        "    Post: {operations: [get, create, bulk_create], access: authenticated and open}\n";
    let built = build(&secured("", entities, resource));
    let service = built.file("app/services/post_service.py");
    assert!(service.contains("async def _insert(self, data: PostCreate) -> Post:"), "{service}");
}

#[test]
fn neighbours_that_compare_with_one_value_are_merged() {
    let entities = "    Post:\n      attributes: {title: string, state: string}\n      relationships:\n        author: many_to_one User (inverse=posts)\n        editor: many_to_one User (inverse=edited)\n";
    let rule = |access: &str| {
        let resource = format!("    Post: {{access: {access}}}\n");
        build(&secured("", entities, &resource)).file("app/services/post_service.py").to_owned()
    };
    let owners = rule("author == current_user or editor == current_user");
    assert!(owners.contains("return caller.id in {post.author_id, post.editor_id}"), "{owners}");
    let states = rule("\"(state != 'a' and state != 'b' and state != title)\"");
    assert!(states.contains("return post.state not in {\"a\", \"b\", post.title}"), "{states}");
}

#[test]
fn a_rule_that_holds_for_everybody_is_none() {
    let entities = "    Post:\n      attributes: {title: string, open: bool}\n";
    let resource = "    Post: {access: not authenticated or open or authenticated}\n";
    let built = build(&secured("", entities, resource));
    let service = built.file("app/services/post_service.py");
    assert!(!service.contains("def _may_"), "{service}");
}

#[test]
fn an_account_below_another_row_is_made_after_that_row() {
    let built = build(
        "security:
  authentication: {user: User, login: email, secret: password}
domain:
  entities:
    Office:
      attributes: {title: string}
    User:
      attributes: {email: email unique, password: password}
      relationships:
        office: many_to_one Office (inverse=users)
api:
  resources:
    Office: [get]
    User: {under: Office.users, operations: [list, get]}
",
    );
    let tests = built.file("tests/api/test_users.py");
    let (_, list) = tests.split_once("async def test_list(").expect("a test");
    let at = |text: &str| list.find(text).expect("a statement");
    assert!(at("parent = await") < at("caller = await"), "{list}");
}

#[test]
fn an_attribute_called_text_does_not_hide_the_function_that_quotes_a_default() {
    let built = build(
        "
domain:
  entities:
    Note:
      attributes:
        text: string
        words: 'string[] = [\"it''s\"]'
",
    );
    let model = built.file("app/models/note.py");
    assert!(model.contains("    text_: Mapped[str]"), "{model}");
    assert!(model.contains("server_default=text("), "{model}");
}

/// A check that speaks of a number and of a flag, in the model.
fn checked(condition: &str) -> String {
    let built = build(&format!(
        "
domain:
  entities:
    Thing:
      attributes: {{flag: bool = false, count: int, extra: int?}}
      checks:
        few: \"{condition}\"
"
    ));
    built.file("app/models/thing.py").to_owned()
}

#[test]
fn a_side_of_a_choice_is_read_where_its_test_has_come_out_so() {
    let model = checked("(0 if extra is None else extra + 1) < count");
    assert!(model.contains("CASE WHEN extra IS NULL THEN 0 ELSE "), "{model}");
}

/// Reading a side once more for each choice around it would take longer than anybody waits.
#[test]
fn each_side_of_a_choice_is_read_once() {
    let chain =
        (0..38).fold(String::new(), |all, bound| format!("{all}1 if count < {bound} else "));
    let model = checked(&format!("({chain}count) < 5"));
    assert_eq!(model.matches("CASE").count(), 38, "{model}");
}

#[test]
fn literals_that_stand_deep_or_behind_long_names_are_cut_shorter() {
    let attributes = "        camelCase: \"string(1..40)[] = ['xxxxxxxxxxxxxxxx', '{{ x }} {% raw %} {# y #}', \
         '${HOME} $(id) `id` $$']\"\n        quoted: \"string(1..40)[] = ['x', '\\\"\\\"\\\"', \\\"'''\\\", \
         'back slash', 'ends in', 'ends in \\\"']\"\n        \
         a_name_of_moderate_length: \"text = \
         'there are sixty four columns of a plain text in this one default'\"\n";
    let built = build(&thing(attributes, ""));
    let long: Vec<&str> =
        (built.tree.iter().filter(|file| file.path.rsplit('.').next() == Some("py")))
            .flat_map(|file| file.text.lines())
            .filter(|line| line.chars().count() > 100)
            .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn who_calls_has_one_role_where_the_row_that_calls_has_another() {
    let access = "    User:\n      operations: [list, get, update]\n      access:\n        read: role(member) \
         and self == current_user\n        update: role == 'admin' and self == current_user\n";
    let built = build(&secured("        name: string(1..80)\n", "", access));
    let tests = built.file("tests/api/test_users.py");
    let twice = tests.lines().find(|line| line.matches("role=").count() > 1);
    assert_eq!(twice, None);
}

#[test]
fn null_beside_a_default_is_a_value() {
    let attributes = "        name: string? = thing\n        size: int = 1\n        more: json? = {}\n        \
                      days: date[]? = []\n";
    let built = build(&thing(attributes, ""));
    let model = built.file("app/models/thing.py");
    assert!(model.contains("String(255).evaluates_none(), default=\"thing\""), "{model}");
    assert!(model.contains("JsonOrNull(), default=dict"), "{model}");
    assert!(model.contains("JsonList(date).evaluates_none(), default=list"), "{model}");
    assert!(model.contains("size: Mapped[int] = mapped_column(default=1"), "{model}");
}

#[test]
fn a_link_through_an_entity_that_its_end_refers_to_tells_its_join() {
    let built = build(
        "domain:\n  entities:\n    Team:\n      attributes: {name: string}\n      relationships:\n        \
         people: many_to_many Person (through=Role, near=team, far=person)\n    Person:\n      \
         attributes: {name: string}\n      relationships:\n        main: many_to_one Role?\n    Role:\n      \
         relationships:\n        team: many_to_one Team (on_delete=cascade, primary)\n        \
         person: many_to_one Person (on_delete=cascade, primary)\n",
    );
    let model = built.file("app/models/team.py");
    assert!(model.contains("primaryjoin=\"Team.id == Role.team_id\""), "{model}");
    assert!(model.contains("secondaryjoin=\"Person.id == Role.person_id\""), "{model}");
}

/// A post, comments on it, and an invariant of these.
fn commented(invariant: &str) -> String {
    format!(
        "domain:\n  enums:\n    Status: [draft, open]\n  entities:\n    Post:\n      attributes:\n        \
         status: Status = draft\n        room: int(0..100) = 5\n      relationships:\n        \
         above: many_to_one Post?\n    Comment:\n      attributes:\n        size: int(1..10)\n      \
         relationships:\n        post: many_to_one Post\nbehavior:\n  invariants:\n    {invariant}\n"
    )
}

#[test]
fn rows_of_tests_refer_to_what_an_invariant_asks_for() {
    let rule = "Comment: {fits: {when: [create, update], check: post.status == 'open' and size <= post.room}}";
    let built = build(&commented(rule));
    let repository = built.file("app/repositories/comment_repository.py");
    assert!(repository.contains("post = await self.hold(Post, comment.post_id)"), "{repository}");
    let tests = built.file("tests/api/test_comments.py");
    assert!(tests.contains("await factory.post(status=Status.OPEN"), "{tests}");
    assert!(tests.contains("async def test_create_keeps_fits("), "{tests}");
    assert!(tests.contains("async def test_update_keeps_fits("), "{tests}");
}

#[test]
fn rows_of_tests_fulfil_what_an_invariant_says_of_them_beside_others() {
    let rule = "Comment: {fits: {when: create, check: post.status == 'open' and size > 5}}";
    let tests = build(&commented(rule)).file("tests/api/test_comments.py").to_owned();
    assert!(tests.contains("BODY: dict[str, Any] = {\"size\": 6}"), "{tests}");
}

#[test]
fn a_row_at_the_end_of_a_long_path_is_left_out_where_it_may_be() {
    let rule = "Post: {fits: {when: create, check: above is None or above.above is None or above.above.room > 1}}";
    let built = build(&commented(rule));
    let repository = built.file("app/repositories/post_repository.py");
    let held = "above_above = (\n            None\n            if above is None or above.above_id is None\n            \
                else await self.hold(Post, above.above_id)\n        )";
    assert!(repository.contains(held), "{repository}");
    let tests = built.file("tests/api/test_posts.py");
    assert!(tests.contains("async def test_create("), "{tests}");
    assert!(!tests.contains("above_row"), "{tests}");
}

#[test]
fn circles_need_no_batch_mode() {
    let built = build(
        "domain:\n  enums: {Color: [':y']}\n  entities:\n    A:\n      attributes: {color: \"Color = ':y'\"}\n      \
         relationships: {b: many_to_one B?}\n    B:\n      attributes: {size: int}\n      \
         relationships: {a: many_to_one A?}\n",
    );
    let migration = built.file("migrations/versions/0001_initial.py");
    assert!(!migration.contains("batch"), "{migration}");
    assert!(migration.contains("use_alter=True"), "{migration}");
    assert!(migration.contains("if op.get_context().dialect.supports_alter:"), "{migration}");
}

#[test]
fn bytes_are_not_taken_from_the_texts_beside_them() {
    let built = build(&thing(
        "        words: text(22..135)\n        data: bytes(4488)?\n",
        "      checks:\n        other: words != 'xxxxxxxxxxxxxxxxxxxxxx'\n        empty: {check: data is None, message: Nothing.}\n",
    ));
    let tests = built.file("tests/api/test_things.py");
    assert!(!tests.contains("\"data\": \"Words"), "{tests}");
}

#[test]
fn what_is_computed_fits_into_64_bits() {
    let computed = |ty: &str, value: &str| {
        codes(&thing(
            &format!("        x: {ty}\n"),
            &format!("      computed:\n        it: {value}\n"),
        ))
    };
    assert_eq!(computed("bigint", "x + 1"), [Code::E0314]);
    assert_eq!(computed("bigint", "-x if x > 1 else 0"), [Code::E0314]);
    assert_eq!(computed("float", "x * 2"), [Code::E0314]);
    assert!(computed("bigint(0..1000)", "x * x + 1").is_empty());
    assert!(computed("float(0..10)", "x * x").is_empty());
    assert!(computed("int", "x * x").is_empty());
}

#[test]
fn large_numbers_have_no_sign_in_their_exponent() {
    let attributes = "        x: {type: 'decimal(18, 2)', list: true, nullable: true, \
                      example: ['-9999999999999999.99', '0.00']}\n";
    let built = build(&thing(attributes, ""));
    let schema = built.file("app/schemas/thing.py");
    assert!(schema.contains("[[-1e16, 0]]"), "{schema}");
}

/// The project's command makes accounts, and would have had nothing to put there.
#[test]
fn accounts_that_nobody_could_make_are_refused() {
    let with = |names: &str| {
        format!(
            "security:\n  authentication: {{user: User, login: email, secret: password}}\ndomain:\n  entities:\n    User:\n      attributes: {{email: email \
             unique, password: password, names: '{names}'}}\n"
        )
    };
    assert_eq!(codes(&with("string[] readonly")), [Code::E0309]);
    assert_eq!(codes(&with("string[] = [] readonly")), []);
    assert_eq!(codes(&with("string[]? readonly")), []);
}

/// Whoever lists the rows need not be signed in, and whoever reads one must: both load one view.
#[test]
fn what_two_reads_load_is_declared_once() {
    let note = "    Note:\n      attributes: {text: text}\n      relationships:\n        author: many_to_one \
                User (set=current_user)\n      views:\n        Short: {attributes: [text], computed: {mine: \
                author == current_user}}\n";
    let built = build(&secured(
        "",
        note,
        "    Note: {view: Short, access: {list: public, get: authenticated}}\n",
    ));
    let repository = built.file("app/repositories/note_repository.py");
    assert_eq!(repository.matches("def _shown(").count(), 1, "{repository}");
    assert!(repository.contains("def _shown(caller: User | None)"), "{repository}");
}
