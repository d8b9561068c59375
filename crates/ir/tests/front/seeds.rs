//! Seeds: what is read and printed of them, and what is said about bad ones.

use stratapi_ir::resolved;

use crate::world::{findings, model};

/// A document around the seeds of three entities.
fn blog(topics: &str, labels: &str, posts: &str) -> String {
    let seeds = |all: &str| match all {
        "" => String::new(),
        all => format!("      seeds: [{all}]\n"),
    };
    format!(
        "stratapi: 1
app: {{name: blog}}
security:
  authentication: {{user: User, login: email, secret: password}}
domain:
  values:
    Place: {{attributes: {{city: string(1..20), zip: string(5..5) = '00000'}}}}
  entities:
    User:
      attributes: {{email: email unique, password: password}}
    Topic:
      attributes: {{title: string(1..20), slug: slug from title, rank: int(1..9) = 5}}
      relationships: {{parent: many_to_one Topic?}}
{topics}    Label:
      attributes: {{name: 'string(1..9) unique', kept: bool = true}}
      relationships: {{posts: many_to_one Post?, owner: many_to_one User?}}
{labels}    Post:
      attributes: {{title: string(2..20), day: date, place: Place?, code: 'decimal(4, 2)?'}}
      relationships: {{topic: many_to_one Topic, labels: many_to_many Label}}
      unique: [[topic, title]]
{posts}    Mark:
      attributes: {{at: date = today(), key: string = x unique}}
api:
  resources: {{Topic: {{lookup: slug}}}}
",
        topics = seeds(topics),
        labels = seeds(labels),
        posts = seeds(posts),
    )
}

const TOPICS: &str = "{title: Local News!, parent: news}, {title: News}, {title: news, rank: 1}";

#[test]
fn seeds_are_known_by_what_tells_them_apart_and_come_in_order() {
    let posts = "{title: First, day: 2026-01-31, topic: {slug: news-2}, labels: [b, {name: a}], place: {city: Ulm}}";
    let text = blog(TOPICS, "{name: a}, {name: b, kept: false}", posts);
    let ir = model(&text);
    let keys = |entity: usize| -> Vec<&str> {
        ir.domain.entities[entity].seeds.iter().map(|seed| seed.key.as_str()).collect()
    };
    assert_eq!(keys(1), ["news", "local-news", "news-2"]);
    assert_eq!(keys(2), ["a", "b"]);
    assert_eq!(keys(3), ["news-2/First"]);
    let order: Vec<usize> = ir.domain.seeded.iter().map(|id| id.index()).collect();
    assert_eq!(order, [1, 2, 3]);
    let printed = resolved(&ir);
    insta::assert_snapshot!(
        printed
            .lines()
            .filter(|line| line.trim_start().starts_with("- {") || line.contains("seeds"))
            .collect::<Vec<_>>()
            .join("\n")
    );
    assert_eq!(resolved(&model(&printed)), printed);
}

#[test]
fn bad_seeds() {
    let cases = [
        // Members.
        blog("{titel: News}, {title: ''}, {title: A, rank: 10}, {title: B, slug: No Slug}", "", ""),
        blog("{title: null}, {title: '日本'}", "", ""),
        blog("{title: A, parent: null}", "{name: a, kept: 1}, {name: 5}", "{title: x}"),
        blog(TOPICS, "", "{title: xx, day: today, topic: news, place: {town: x}, code: 1.234}"),
        blog(TOPICS, "", "{title: xx, day: 2026-01-01, topic: news, place: Ulm}"),
        // References.
        blog(TOPICS, "{name: a, owner: x}", ""),
        blog(TOPICS, "", "{title: xx, day: 2026-01-01, topic: newz}"),
        blog(TOPICS, "", "{title: xx, day: 2026-01-01, topic: {slug: news, titel: x}}"),
        blog("{title: A, rank: 2}, {title: B, rank: 2}, {title: C, parent: {rank: 2}}", "", ""),
        blog(TOPICS, "{name: a}", "{title: xx, day: 2026-01-01, topic: news, labels: a}"),
        blog(TOPICS, "{name: a}", "{title: xx, day: 2026-01-01, topic: news, labels: [a, a]}"),
        blog(TOPICS, "", "{title: xx, day: 2026-01-01, topic: news, labels: [a]}"),
        // Circles.
        blog("{title: A, parent: b}, {title: B, parent: a}", "", ""),
        blog("{title: A, parent: a}", "", ""),
        blog(
            TOPICS,
            "{name: a, posts: {title: xx}}",
            "{title: xx, day: 2026-01-01, topic: news, labels: [a]}",
        ),
        // Two that are one.
        blog("{title: A, slug: a}, {title: B, slug: a}", "{name: a}, {name: a}", ""),
        blog(
            TOPICS,
            "",
            "{title: xx, day: 2026-01-01, topic: news}, {title: xx, day: 2026-01-02, topic: {slug: news}}",
        ),
        // Whole entities.
        blog("", "", "").replace(
            "attributes: {email: email unique, password: password}",
            "attributes: {email: email unique, password: password}\n      seeds: [{email: a@b.de}]",
        ),
        blog("", "", "").replace(
            "key: string = x unique}",
            "key: string?}\n      unique: [[at]]\n      seeds: [{at: 2026-01-01}, {}]",
        ),
        blog("", "", "")
            .replace("key: string = x unique}", "key: string}\n      seeds: [{key: a}]"),
        blog("", "", "").replace(
            "key: string = x unique}",
            "key: string unique}\n      indexes: [{members: [at], unique: true, where: key == 'x'}]\n      \
             seeds: [{key: a}]",
        ),
    ];
    let found: Vec<String> = cases.iter().map(|text| findings(text)).collect();
    assert!(found.iter().all(|it| !it.is_empty()), "{found:#?}");
    insta::assert_snapshot!(found.join("--\n"));
}
