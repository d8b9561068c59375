//! Random trees: what the printer writes is what ruff's formatter would make of it, and literals
//! come back as the values that they were.

#![expect(clippy::needless_pass_by_value, reason = "strategies are handed on")]

mod coverage;

use proptest::prelude::*;
use proptest::test_runner::Config;
use ruff_formatter::LineWidth;
use ruff_python_ast::{Expr as Parsed, PySourceType, PythonVersion, Stmt as ParsedStmt};
use ruff_python_formatter::{PyFormatOptions, format_module_source};
use stratapi_ast_stratum::python::{
    Alias, Argument, BinaryOperator, ClassDef, Comparator, Comprehension, Decorator, Docstring,
    Except, Expr, FStringPart, FunctionDef, If, Module, Parameter, ParameterKind, Stmt, Symbol,
    Try, UnaryOperator, WithItem, print, print_by_formatter,
};
use stratapi_diagnostics::{FileId, Span};
use stratapi_plan::{ModulePath, PyIdent};

fn ident() -> impl Strategy<Value = PyIdent> {
    "[a-z][a-z_]{0,18}[a-z]".prop_filter_map("keyword", |text| PyIdent::new(format!("x{text}")))
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z0-9 _./-]{0,40}",
        2 => "[ -~]{0,30}",
        1 => "[ -~]{80,220}",
        1 => "[a-z\"]{90,120}",
        1 => any::<String>().prop_map(|text| text.chars().take(20).collect()),
        1 => "[\"'\\\\{}\n\t\r\u{202e}\u{1f600}\u{2019}é]{0,8}",
    ]
}

fn symbol() -> impl Strategy<Value = Expr> {
    let names = ["Alpha", "beta", "GAMMA", "delta_function_with_a_long_name", "UUID", "T"];
    let alias = prop::option::weighted(0.2, ident());
    (0..names.len(), any::<bool>(), alias).prop_map(move |(index, typing_only, alias)| {
        let modules =
            ["app.core.errors", "datetime", "sqlalchemy.orm", "tests.factories", "uuid", "re"];
        Expr::Symbol(Symbol {
            module: ModulePath::known(modules[index]),
            name: Some(PyIdent::known(names[index])),
            alias: alias.map_or(Alias::None, Alias::As),
            typing_only,
        })
    })
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        6 => ident().prop_map(Expr::Name),
        2 => symbol(),
        3 => text().prop_map(Expr::Str),
        1 => "[a-z\\\\d+*^$\"]{0,20}".prop_map(Expr::RawStr),
        1 => prop::collection::vec("[a-z ]{1,50}", 2..4).prop_map(Expr::StrParts),
        1 => prop::collection::vec(any::<u8>(), 0..12).prop_map(Expr::Bytes),
        2 => (0_u32..100_000).prop_map(|number| Expr::Int(number.to_string())),
        1 => (0_u32..1000).prop_map(|number| Expr::Float(format!("{number}.5"))),
        1 => any::<bool>().prop_map(Expr::Bool),
        1 => Just(Expr::None),
        1 => Just(Expr::Ellipsis),
        1 => ident().prop_map(|name| Expr::Quoted(boxed(Expr::Name(name)))),
        1 => Just(Expr::Dict(Vec::new())),
    ]
}

fn binary_operator() -> impl Strategy<Value = BinaryOperator> {
    use BinaryOperator as B;
    prop::sample::select(vec![
        B::Add,
        B::Subtract,
        B::Multiply,
        B::Divide,
        B::FloorDivide,
        B::Modulo,
        B::Power,
        B::BitOr,
        B::BitAnd,
        B::ShiftLeft,
        B::ShiftRight,
    ])
}

fn comparator() -> impl Strategy<Value = Comparator> {
    use Comparator as C;
    prop::sample::select(vec![
        C::Equal,
        C::NotEqual,
        C::Less,
        C::LessOrEqual,
        C::Greater,
        C::GreaterOrEqual,
        C::In,
        C::NotIn,
        C::Is,
        C::IsNot,
    ])
}

fn argument(
    expr: impl Strategy<Value = Expr> + Clone + 'static,
) -> impl Strategy<Value = Vec<Argument>> {
    let positional = prop::collection::vec(expr.clone().prop_map(Argument::Positional), 0..3);
    let keyword = prop::collection::vec(
        (ident(), expr.clone()).prop_map(|(name, value)| Argument::Keyword(name, value)),
        0..4,
    );
    let stars = (prop::option::weighted(0.1, expr.clone()), prop::option::weighted(0.1, expr));
    (positional, keyword, stars).prop_map(|(mut all, keyword, (star, double))| {
        all.extend(star.map(Argument::Star));
        all.extend(keyword);
        all.extend(double.map(Argument::DoubleStar));
        all
    })
}

fn comprehensions(
    expr: impl Strategy<Value = Expr> + Clone + 'static,
) -> impl Strategy<Value = Vec<Comprehension>> {
    let one = (ident(), expr.clone(), prop::collection::vec(expr, 0..2)).prop_map(
        |(target, iterable, conditions)| Comprehension {
            target: Expr::Name(target),
            iterable,
            conditions,
        },
    );
    prop::collection::vec(one, 1..3)
}

fn boxed(expr: Expr) -> Box<Expr> {
    Box::new(expr)
}

fn simple(e: BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    let many = |low: usize, high: usize| prop::collection::vec(e.clone(), low..high);
    prop_oneof![
        4 => (e.clone(), ident()).prop_map(|(value, name)| Expr::Attribute(boxed(value), name)),
        6 => (e.clone(), argument(e.clone())).prop_map(|(f, a)| Expr::Call(boxed(f), a)),
        3 => (ident(), argument(e.clone())).prop_map(|(f, a)| Expr::Call(boxed(Expr::Name(f)), a)),
        3 => (e.clone(), ident(), argument(e.clone()))
            .prop_map(|(v, n, a)| Expr::Call(boxed(Expr::Attribute(boxed(v), n)), a)),
        2 => (e.clone(), many(1, 3)).prop_map(|(value, items)| Expr::Subscript(boxed(value), items)),
        1 => many(0, 4).prop_map(Expr::Tuple),
        2 => many(0, 4).prop_map(Expr::List),
        1 => (many(1, 3), e.clone()).prop_map(|(mut items, all)| {
            items.push(Expr::Starred(boxed(all)));
            Expr::List(items)
        }),
        1 => many(1, 4).prop_map(Expr::Set),
        2 => prop::collection::vec((prop::option::weighted(0.9, e.clone()), e.clone()), 0..4).prop_map(Expr::Dict),
    ].boxed()
}

fn operations(e: BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    use UnaryOperator as U;
    let many = |low: usize, high: usize| prop::collection::vec(e.clone(), low..high);
    let unary = prop::sample::select(vec![U::Not, U::Minus, U::Invert]);
    let part = prop_oneof![
        text().prop_map(FStringPart::Text),
        e.clone()
            .prop_filter("no quotes inside", plain)
            .prop_map(|value| FStringPart::Value(value, None)),
    ];
    prop_oneof![
        3 => (e.clone(), binary_operator(), e.clone()).prop_map(|(l, o, r)| Expr::Binary(boxed(l), o, boxed(r))),
        2 => (unary, e.clone()).prop_map(|(o, v)| Expr::Unary(o, boxed(v))),
        2 => many(2, 4).prop_map(Expr::And),
        2 => many(2, 4).prop_map(Expr::Or),
        2 => (e.clone(), comparator(), e.clone()).prop_map(|(l, o, r)| Expr::Compare(boxed(l), o, boxed(r))),
        1 => (e.clone(), e.clone(), e.clone()).prop_map(|(a, b, c)| Expr::Conditional { test: boxed(a), then: boxed(b), otherwise: boxed(c) }),
        1 => (prop::collection::vec(ident(), 0..2), e.clone()).prop_map(|(p, b)| Expr::Lambda(p, boxed(b))),
        2 => e.clone().prop_filter("not stable in ruff", stable).prop_map(|v| Expr::Await(boxed(v))),
        1 => (ident(), e.clone()).prop_map(|(n, v)| Expr::Named(n, boxed(v))),
        1 => (e.clone(), comprehensions(e.clone())).prop_map(|(v, c)| Expr::ListComp(boxed(v), c)),
        1 => (e.clone(), comprehensions(e.clone())).prop_map(|(v, c)| Expr::SetComp(boxed(v), c)),
        1 => (e.clone(), e.clone(), comprehensions(e.clone())).prop_map(|(k, v, c)| Expr::DictComp(boxed(k), boxed(v), c)),
        2 => (e.clone(), comprehensions(e.clone())).prop_map(|(v, c)| Expr::Generator(boxed(v), c)),
        1 => prop::collection::vec(part, 0..4).prop_map(Expr::FString),
    ].boxed()
}

/// What may stand inside of an f-string before Python 3.12.
fn plain(expr: &Expr) -> bool {
    match expr {
        Expr::Name(_) | Expr::Symbol(_) | Expr::Int(_) => true,
        Expr::Str(text) => text.chars().all(|c| c.is_ascii_alphanumeric()),
        Expr::Attribute(value, _) => plain(value),
        Expr::Call(function, arguments) => {
            plain(function) && arguments.iter().all(|argument| plain(argument.value()))
        }
        Expr::Binary(left, _, right) => plain(left) && plain(right),
        _ => false,
    }
}

fn expression() -> BoxedStrategy<Expr> {
    leaf()
        .boxed()
        .prop_recursive(5, 24, 4, |e| {
            prop_oneof![3 => simple(e.clone()), 2 => operations(e)].boxed()
        })
        .boxed()
}

fn target() -> impl Strategy<Value = Expr> {
    prop_oneof![
        4 => ident().prop_map(Expr::Name),
        1 => (ident(), ident()).prop_map(|(a, b)| Expr::Attribute(boxed(Expr::Name(a)), b)),
        1 => (ident(), leaf()).prop_map(|(a, b)| Expr::Subscript(boxed(Expr::Name(a)), vec![b])),
        1 => prop::collection::vec(ident().prop_map(Expr::Name), 2..4).prop_map(Expr::Tuple),
    ]
}

fn leaf_statement() -> BoxedStrategy<Stmt> {
    prop_oneof![
        3 => expression().prop_filter("would be a docstring", no_text).prop_map(Stmt::Expr),
        4 => (target(), expression()).prop_map(|(t, v)| Stmt::Assign(t, v)),
        1 => (ident(), binary_operator(), expression()).prop_map(|(t, o, v)| Stmt::Augment(Expr::Name(t), o, v)),
        3 => (ident(), expression().prop_filter("not stable in ruff", stable), prop::option::of(expression())).prop_map(|(t, a, v)| Stmt::Annotated(Expr::Name(t), a, v)),
        2 => prop::option::of(expression()).prop_map(Stmt::Return),
        1 => (expression(), prop::option::of(expression())).prop_map(|(e, c)| Stmt::Raise(Some(e), c)),
        1 => expression().prop_map(Stmt::Assert),
        1 => prop::collection::vec(ident().prop_map(Expr::Name), 1..4).prop_map(Stmt::Delete),
        1 => prop::option::of(expression()).prop_map(Stmt::Yield),
        1 => Just(Stmt::Blank),
        1 => "[a-z]{3,12}( [a-z]{3,12}){0,20}".prop_map(Stmt::Comment),
        1 => ident().prop_map(|n| Stmt::Origin(
            Span::new(FileId(0), 0, 0),
            Box::new(Stmt::Expr(Expr::Name(n))),
        )),
        1 => ident().prop_map(|n| Stmt::Trailing(Box::new(Stmt::Expr(Expr::Name(n))), "noqa: S105".into())),
    ].boxed()
}

/// Not what ruff's formatter itself formats differently the second time.
fn stable(expr: &Expr) -> bool {
    !matches!(expr, Expr::Generator(..) | Expr::Tuple(_) | Expr::Lambda(..))
}

fn no_text(expr: &Expr) -> bool {
    !matches!(expr, Expr::Str(_) | Expr::StrParts(_) | Expr::RawStr(_) | Expr::Quoted(_))
}

/// A block ends with a statement, and has one at least.
fn block(s: BoxedStrategy<Stmt>) -> BoxedStrategy<Vec<Stmt>> {
    (prop::collection::vec(s, 0..4), ident())
        .prop_map(|(mut body, name)| {
            body.push(Stmt::Expr(Expr::Name(name)));
            body
        })
        .boxed()
}

fn compound(s: BoxedStrategy<Stmt>) -> BoxedStrategy<Stmt> {
    let body = || block(s.clone());
    let item =
        (expression().prop_filter("reads as several items", stable), prop::option::of(ident()))
            .prop_map(|(context, name)| WithItem { context, name });
    let handler = (expression(), prop::option::of(ident()), body())
        .prop_map(|(kind, name, body)| Except { kind, name, body });
    prop_oneof![
        2 => (prop::collection::vec((expression(), body()), 1..3), prop::option::of(body()))
            .prop_map(|(branches, otherwise)| Stmt::If(If { branches, otherwise: otherwise.unwrap_or_default() })),
        1 => (any::<bool>(), target(), expression(), body())
            .prop_map(|(is_async, target, iterable, body)| Stmt::For { is_async, target, iterable, body }),
        1 => (expression(), body(), any::<bool>()).prop_map(|(test, mut body, ends)| {
            body.push(if ends { Stmt::Break } else { Stmt::Continue });
            Stmt::While(test, body)
        }),
        1 => (any::<bool>(), prop::collection::vec(item, 1..3), body())
            .prop_map(|(is_async, items, body)| Stmt::With { is_async, items, body }),
        1 => (body(), prop::collection::vec(handler, 1..3), prop::option::of(body()))
            .prop_map(|(body, handlers, finally)| Stmt::Try(Try { body, handlers, finally: finally.unwrap_or_default() })),
        3 => function(s.clone()),
        2 => class(s.clone()),
    ].boxed()
}

fn doc() -> impl Strategy<Value = Option<Docstring>> {
    prop::option::of(prop_oneof!["[A-Za-z ]{1,160}", text()].prop_map(Docstring))
}

fn function(s: BoxedStrategy<Stmt>) -> BoxedStrategy<Stmt> {
    let parameter = (ident(), prop::option::of(expression()), prop::option::of(expression()));
    let rest = || prop::option::weighted(0.2, ident());
    let decorators = prop::collection::vec(expression().prop_map(Decorator), 0..2);
    (
        decorators,
        any::<bool>(),
        ident(),
        prop::collection::vec(parameter, 0..5),
        0_usize..5,
        (prop::option::of(expression()), rest(), rest()),
        doc(),
        block(s),
    )
        .prop_map(|(decorators, is_async, name, own, plain, (returns, star, double), doc, body)| {
            let mut parameters: Vec<Parameter> = Vec::new();
            let rest = |name, kind| Parameter { name, annotation: None, default: None, kind };
            for (position, (name, annotation, default)) in own.into_iter().enumerate() {
                let kind = if position < plain {
                    ParameterKind::Plain
                } else {
                    ParameterKind::KeywordOnly
                };
                if position == plain {
                    parameters.extend(star.clone().map(|name| rest(name, ParameterKind::Star)));
                }
                let default = default.filter(|_| kind == ParameterKind::KeywordOnly);
                let name = PyIdent::known(format!("{name}{position}"));
                parameters.push(Parameter { name, annotation, default, kind });
            }
            parameters.extend(double.map(|name| rest(name, ParameterKind::DoubleStar)));
            Stmt::Def(FunctionDef { decorators, is_async, name, parameters, returns, doc, body })
        })
        .boxed()
}

fn class(s: BoxedStrategy<Stmt>) -> BoxedStrategy<Stmt> {
    (ident(), argument(expression()), doc(), block(s))
        .prop_map(|(name, arguments, doc, body)| {
            Stmt::Class(ClassDef { decorators: Vec::new(), name, arguments, doc, body })
        })
        .boxed()
}

fn module() -> impl Strategy<Value = Module> {
    let statement = leaf_statement().prop_recursive(3, 12, 4, compound).boxed();
    (doc(), block(statement)).prop_map(|(doc, body)| Module {
        doc,
        body,
        extra_imports: Vec::new(),
    })
}

/// Shown by its text alone.
struct Shown(Module);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the module of the text above")
    }
}

fn formatted(source: &str) -> Result<String, String> {
    let options = PyFormatOptions::from_source_type(PySourceType::Python)
        .with_target_version(PythonVersion::PY311)
        .with_line_width(LineWidth::try_from(100).map_err(|error| error.to_string())?);
    format_module_source(source, options)
        .map(ruff_formatter::Printed::into_code)
        .map_err(|error| error.to_string())
}

/// The first lines that are not alike, with what stands around them.
fn difference(own: &str, formatted: &str) -> String {
    let first = own.lines().zip(formatted.lines()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| -> Vec<String> {
        text.lines().skip(first.saturating_sub(6)).take(16).map(str::to_owned).collect()
    };
    format!(
        "\n--- own\n{}\n--- formatter\n{}",
        around(own).join("\n"),
        around(formatted).join("\n")
    )
}

fn cases(default: u32) -> Config {
    Config {
        cases: default,
        failure_persistence: None,
        max_shrink_iters: 4000,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn the_formatter_has_nothing_to_change(module in module().prop_map(Shown)) {
        let printed = print(&module.0);
        let formatted = formatted(&printed).unwrap_or_else(|error| error);
        prop_assert!(formatted == printed, "\n--- printed\n{printed}\n--- formatted\n{formatted}");
    }

    #[test]
    fn long_lines_are_broken_as_the_formatter_breaks_them(module in module().prop_map(Shown)) {
        let (own, formatted) = (print(&module.0), print_by_formatter(&module.0));
        prop_assert!(own == formatted, "{}", difference(&own, &formatted));
    }

    #[test]
    fn a_text_comes_back_as_it_was(text in any::<String>()) {
        let name = Expr::Name(PyIdent::known("x"));
        let printed = print(&Module { doc: None, body: vec![Stmt::Assign(name, Expr::Str(text.clone()))], extra_imports: Vec::new() });
        let parsed = ruff_python_parser::parse_module(&printed).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let Some(ParsedStmt::Assign(assign)) = parsed.syntax().body.first() else {
            return Err(TestCaseError::fail("no assignment"));
        };
        let Parsed::StringLiteral(literal) = &*assign.value else {
            return Err(TestCaseError::fail("no text"));
        };
        prop_assert_eq!(literal.value.to_str(), text);
    }
}
