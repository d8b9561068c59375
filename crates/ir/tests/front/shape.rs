//! How the wire looks: what is said about bad shapes, and what good ones become.

use stratapi_ir::model::{Case, ListForm, PagePart, Pagination, ProblemForm, ProblemPart};

use crate::world::{findings, model};

const DOMAIN: &str = "stratapi: 1
app: {name: a}
domain:
  entities:
    A: {attributes: {x: int}}
    B: {attributes: {x: int}}
    C: {attributes: {x: int}}
    D: {attributes: {x: int}}
api:
";

fn shown(api: &str) -> String {
    findings(&format!("{DOMAIN}{api}"))
}

#[test]
fn bad_shapes_are_named_at_their_place() {
    insta::assert_snapshot!(shown(
        "  shape:
    envelope: {count: n, next: m}
    status: {create: 202, delete: 201, invalid: 401}
  resources:
    A:
      pagination: cursor
      shape:
        envelope: {many: rows, count: rows, limit: 2nd, offset: 'a b'}
        status: {create: 200, invalid: 400}
    B:
      shape: {envelope: {many: false, count: n}}
    C:
      operations: [get]
      shape: {envelope: {many: cs, one: c, body: c}, status: {create: 200, delete: 204}}
    D:
      pagination: cursor
      shape: {envelope: {many: false, one: a b, body: ''}}
"
    ));
}

#[test]
fn lists_by_cursor_want_the_cursor_of_the_api_too() {
    insta::assert_snapshot!(shown(
        "  shape: {envelope: {many: data, count: n}}
  resources:
    A: {pagination: cursor}
    B: {pagination: cursor, shape: {envelope: {many: bs, next: more}}}
"
    ));
}

#[test]
fn a_resource_wins_over_the_api_and_pages_have_what_belongs_to_them() {
    let api = "  shape:
    case: camel
    envelope: {next: after, page: number, many: data, count: n}
    status: {create: 200}
  resources:
    A: {shape: {envelope: {many: false}, status: {delete: 200}}}
    B: {shape: {status: {create: 201}}}
    C: {pagination: cursor}
    D: {pagination: page}
";
    let ir = model(&format!("{DOMAIN}{api}"));
    let [a, b, c, d] = &ir.api.resources[..] else { panic!("four resources") };
    let wires = |lists: &ListForm| -> Vec<(PagePart, String)> { lists.members().to_vec() };
    assert_eq!(a.lists, ListForm::Array);
    assert_eq!((a.statuses.create, a.statuses.delete), (200, 200));
    assert_eq!((b.statuses.create, b.statuses.delete), (201, 204));
    assert_eq!((c.statuses.create, c.statuses.delete), (200, 204));
    assert_eq!(d.lists, ir.api.lists);
    let offset = [(PagePart::Rows, "data".to_owned()), (PagePart::Count, "n".to_owned())];
    assert_eq!(wires(&b.lists.of(Pagination::Offset)), offset);
    let cursor = [(PagePart::Rows, "data".to_owned()), (PagePart::Next, "after".to_owned())];
    assert_eq!(wires(&c.lists.of(Pagination::Cursor)), cursor);
    let numbered = d.lists.of(d.pagination);
    assert_eq!(
        (numbered.wire(PagePart::Page), numbered.wire(PagePart::Next)),
        (Some("number"), None)
    );
    assert_eq!(ir.api.invalid_status, 422);
}

#[test]
fn what_stands_around_one_row_is_said_apart_from_lists() {
    let api = "  shape: {envelope: {one: data, body: data}}
  resources:
    A: {shape: {envelope: {one: a}}}
    B: {shape: {envelope: {body: false}}}
    C: {shape: {envelope: {many: cs}}}
";
    let ir = model(&format!("{DOMAIN}{api}"));
    let forms: Vec<_> = ir.api.resources.iter().map(|resource| &resource.rows).collect();
    let said = |name: &'static str| Some(name.to_owned());
    assert_eq!((&forms[0].answer, &forms[0].body), (&said("a"), &said("data")));
    assert_eq!((&forms[1].answer, &forms[1].body), (&said("data"), &None));
    assert_eq!((&forms[2].answer, &forms[2].body), (&said("data"), &said("data")));
    assert_eq!(ir.api.resources[0].lists, ListForm::usual(Case::Snake));
}

#[test]
fn bad_forms_of_errors_are_named_at_their_place() {
    let of = |errors: &str| shown(&format!("  shape: {{errors: {{{errors}}}}}\n"));
    let bad = [
        "status: code, instance: path",
        "detail: message, code: message",
        "detail: message, list: errors, keyed: problems",
        "detail: message, general: base",
        "title: 'a b', one: 2nd, keyed: errors, general: ''",
        "detail: message, media_type: text/plain",
        "detail: message, media_type: application/+json",
        "message: detail",
    ];
    insta::assert_snapshot!(bad.map(of).join("\n"));
}

#[test]
fn errors_tell_what_is_named_and_are_problem_details_otherwise() {
    let ir = model(&format!("{DOMAIN}  shape: {{case: camel}}\n"));
    assert_eq!(ir.api.problems, ProblemForm::usual());
    let api = "  shape: {errors: {keyed: errors, code: code, one: data}}\n";
    let form = model(&format!("{DOMAIN}{api}")).api.problems;
    let said = |part: ProblemPart, name: &str| (part, name.to_owned());
    let members = [said(ProblemPart::Code, "code"), said(ProblemPart::Keyed, "errors")];
    assert_eq!(form.members, members);
    assert_eq!((form.one.as_deref(), form.general.as_str()), (Some("data"), "body"));
    assert_eq!(form.media_type, "application/json");
    assert!(form.tells_by_keys_alone());
}

#[test]
fn schemes_of_access_tokens_are_words_of_their_own() {
    let of = |scheme: &str| {
        let text = format!(
            "stratapi: 1\napp: {{name: a}}\nsecurity:\n  authentication: {{user: A, login: email, secret: pw, scheme: \
             {scheme}}}\ndomain: {{entities: {{A: {{attributes: {{email: email unique, pw: password}}}}}}}}\n"
        );
        findings(&text)
    };
    assert_eq!(of("Token"), "");
    insta::assert_snapshot!([of("'to ken'"), of("digest")].join("\n"));
}
