//! The printer on hand-made trees.

use stratapi_ast_stratum::python::build::{
    and, annotated, arg, assign, async_def, class, comment, from, fstring, if_, int, kw, list,
    name, none, or, ret, text, typing,
};
use stratapi_ast_stratum::python::{
    BinaryOperator, Expr, FStringPart, Module, Stmt, UnaryOperator, print,
};

#[test]
fn a_module_with_a_bit_of_everything() {
    let service = class("PostService").doc("Business operations on posts.").body([async_def("get")
        .method()
        .param("post_id", from("uuid", "UUID"))
        .param_default("user", typing("app.models.user", "User").or_none(), none())
        .returns(typing("app.models.post", "Post"))
        .doc("return one post \\ with ‘quotes’")
        .body([
            comment("Because of a reason that is long enough to be wrapped at one hundred columns, which takes some words."),
            if_(or(vec![name("post").is(none()), name("user").is_not(none())]), vec![
                from("app.core.errors", "NotFoundError").call_with([text("say \"hi\" \u{202e} 1\u{1}")]).stmt(),
            ]),
            ret(name("self").attr("posts").call([
                arg(list((0..9).map(|n| int(n * 12_345_678)))),
                kw("title", fstring([FStringPart::Text("{a}".into()), FStringPart::Value(name("x").call_with([text("q")]), None)])),
            ])),
        ])
        .stmt()]);
    let module = Module::new("Posts.").body([
        annotated("LIMIT", name("int"), Some(int(1))),
        Stmt::Blank,
        service.stmt(),
    ]);
    insta::assert_snapshot!(print(&module), @r#"
    """Posts."""

    from typing import TYPE_CHECKING
    from uuid import UUID

    from app.core.errors import NotFoundError

    if TYPE_CHECKING:
        from app.models.post import Post
        from app.models.user import User

    LIMIT: int = 1


    class PostService:
        """Business operations on posts."""

        async def get(self, post_id: UUID, user: User | None = None) -> Post:
            """Return one post \u005c with \u2018quotes\u2019."""
            # Because of a reason that is long enough to be wrapped at one hundred columns, which takes
            # some words.
            if post is None or user is not None:
                NotFoundError('say "hi" \u202e 1\x01')
            return self.posts(
                [
                    0,
                    12_345_678,
                    24_691_356,
                    37_037_034,
                    49_382_712,
                    61_728_390,
                    74_074_068,
                    86_419_746,
                    98_765_424,
                ],
                title=f"{{a}}{x('q')}",
            )
    "#);
}

#[test]
fn what_is_joined_alike_is_joined_once_and_the_rest_is_told_apart() {
    let is_known = || name("a").is_not(none());
    let both = and(vec![is_known(), and(vec![is_known(), name("b")])]);
    let module = Module::new("Rules.").body([
        assign("one", or(vec![name("c"), both.clone()])),
        assign("two", and(vec![name("c"), or(vec![both, name("d")])])),
        assign("three", or(vec![name("c"), name("c")])),
    ]);
    insta::assert_snapshot!(print(&module), @r#"
    """Rules."""

    one = c or (a is not None and b)
    two = c and ((a is not None and b) or d)
    three = c
    "#);
}

#[test]
fn long_formatted_texts_are_cut_between_their_parts() {
    let value = |name_: &'static str| {
        let quoted = name("quote").call([arg(name(name_)), kw("safe", text(""))]);
        FStringPart::Value(quoted, None)
    };
    let part = |text: &str| FStringPart::Text(text.to_owned());
    let location: Expr = fstring([
        part("/api/v1/relationships/"),
        value("the_near_end_of_the_relationship"),
        part("/"),
        value("the_far_end_of_the_relationship"),
        part("/{end}"),
    ]);
    let module = Module::new("Routes.").body([assign("location", location)]);
    insta::assert_snapshot!(print(&module), @r#"
    """Routes."""

    location = (
        f"/api/v1/relationships/{quote(the_near_end_of_the_relationship, safe='')}"
        f"/{quote(the_far_end_of_the_relationship, safe='')}/{{end}}"
    )
    "#);
}

#[test]
fn signs_on_the_left_of_a_power_stand_in_parentheses() {
    let power = |left: Expr, right: Expr| {
        let power = Expr::Binary(Box::new(left), BinaryOperator::Power, Box::new(right));
        print(&Module { doc: None, body: vec![power.stmt()], extra_imports: Vec::new() })
    };
    let minus = |value: Expr| Expr::Unary(UnaryOperator::Minus, Box::new(value));
    assert_eq!(power(name("x"), minus(int(2))), "x**-2\n");
    assert_eq!(power(minus(name("x")), int(2)), "(-x) ** 2\n");
}

#[test]
fn exponents_have_no_sign_unless_they_are_negative() {
    let float = |digits: &str| {
        let body = vec![Expr::Float(digits.to_owned()).stmt()];
        print(&Module { doc: None, body, extra_imports: Vec::new() })
    };
    assert_eq!(float("2.9e+18"), "2.9e18\n");
    assert_eq!(float("2.9e-18"), "2.9e-18\n");
}
