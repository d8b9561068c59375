//! Views: whose rows they may list, and the names that they give.

#[expect(dead_code, reason = "other tests need more of it")]
mod documents;

use documents::ir;
use stratapi_diagnostics::Code;
use stratapi_plan::lower;

/// A document whose remarks are read by the rule, and whose posts show them to everybody.
fn document(rule: &str, attributes: &str) -> String {
    format!(
        "security:
  authentication: {{user: User, login: email, secret: password}}
  roles: [member, admin]
domain:
  entities:
    User:
      attributes: {{email: email unique, password: password, role: role = member readonly}}
    Post:
      attributes: {{title: string, post_summary: string?}}
      relationships: {{author: many_to_one User}}
      views:
        Read: {{attributes: {attributes}, relationships: {{remarks: Short}}}}
    Remark:
      attributes: {{text: text}}
      relationships: {{post: many_to_one Post (inverse=remarks), owner: many_to_one User}}
      views:
        Short: {{attributes: [text]}}
api:
  resources:
    Post: {{view: Read, access: {{read: authenticated}}}}
    Remark: {{access: {{read: {rule}}}}}
"
    )
}

fn codes(document: &str) -> Vec<Code> {
    lower(&ir(document)).diagnostics.iter().map(|found| found.code).collect()
}

#[test]
fn lists_of_rows_are_for_those_who_may_read_each_of_them() {
    for rule in ["public", "authenticated"] {
        assert_eq!(codes(&document(rule, "[title]")), [], "{rule}");
    }
    for rule in ["role(admin)", "owner == current_user", "is_active"] {
        // Told once, though list and get show it.
        assert_eq!(codes(&document(rule, "[title]")), [Code::E0322], "{rule}");
    }
}

#[test]
fn names_of_a_view_differ() {
    for attributes in ["[title, title]", "[title, {title: id}]", "[title, {remarks: id}]"] {
        assert_eq!(codes(&document("public", attributes)), [Code::E0401], "{attributes}");
    }
    assert_eq!(codes(&document("public", "[author, {author: title}]")), []);
}

#[test]
fn a_class_of_a_view_has_a_name_of_its_own() {
    let checked = lower(&ir(&document("public", "[title]")));
    let plan = checked.value.expect("a plan");
    let classes: Vec<&str> =
        plan.shown_views().iter().map(|(_, view)| view.class.as_str()).collect();
    assert_eq!(classes, ["RemarkShort", "PostReadView"], "PostRead is what shows all of a post");
}
