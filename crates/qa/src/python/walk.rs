//! Walking over the nodes of a file: what stands directly inside a statement or an expression.

use ruff_python_ast::{
    Arguments, Comprehension, Decorator, ExceptHandler, Expr, InterpolatedStringElement,
    InterpolatedStringElements, Parameters, Pattern, Stmt, TypeParam, TypeParams, WithItem,
};

/// The blocks of statements directly inside a statement.
pub(crate) fn blocks<'a>(statement: &'a Stmt, visit: &mut dyn FnMut(&'a [Stmt])) {
    match statement {
        Stmt::FunctionDef(s) => visit(&s.body),
        Stmt::ClassDef(s) => visit(&s.body),
        Stmt::With(s) => visit(&s.body),
        Stmt::For(s) => [&s.body, &s.orelse].into_iter().for_each(|b| visit(b)),
        Stmt::While(s) => [&s.body, &s.orelse].into_iter().for_each(|b| visit(b)),
        Stmt::If(s) => {
            visit(&s.body);
            s.elif_else_clauses.iter().for_each(|clause| visit(&clause.body));
        }
        Stmt::Match(s) => s.cases.iter().for_each(|case| visit(&case.body)),
        Stmt::Try(s) => {
            visit(&s.body);
            for ExceptHandler::ExceptHandler(handler) in &s.handlers {
                visit(&handler.body);
            }
            [&s.orelse, &s.finalbody].into_iter().for_each(|b| visit(b));
        }
        _ => {}
    }
}

/// The expressions directly inside a statement, without those of its blocks.
pub(crate) fn expressions<'a>(statement: &'a Stmt, visit: &mut dyn FnMut(&'a Expr)) {
    match statement {
        Stmt::FunctionDef(s) => {
            decorators(&s.decorator_list, visit);
            defaults(&s.parameters, visit);
            annotations(&s.parameters, visit);
            s.returns.iter().for_each(|e| visit(e));
            bounds(s.type_params.as_deref(), visit);
        }
        Stmt::ClassDef(s) => {
            decorators(&s.decorator_list, visit);
            s.arguments.iter().for_each(|arguments| given(arguments, visit));
            bounds(s.type_params.as_deref(), visit);
        }
        Stmt::Return(s) => s.value.iter().for_each(|e| visit(e)),
        Stmt::Delete(s) => s.targets.iter().for_each(visit),
        Stmt::Assign(s) => {
            s.targets.iter().for_each(&mut *visit);
            visit(&s.value);
        }
        Stmt::TypeAlias(s) => [&s.name, &s.value].into_iter().for_each(|e| visit(e)),
        Stmt::AugAssign(s) => [&s.target, &s.value].into_iter().for_each(|e| visit(e)),
        Stmt::AnnAssign(s) => {
            [&s.target, &s.annotation].into_iter().for_each(|e| visit(e));
            s.value.iter().for_each(|e| visit(e));
        }
        Stmt::For(s) => [&s.target, &s.iter].into_iter().for_each(|e| visit(e)),
        Stmt::While(s) => visit(&s.test),
        Stmt::If(s) => {
            visit(&s.test);
            s.elif_else_clauses.iter().filter_map(|clause| clause.test.as_ref()).for_each(visit);
        }
        Stmt::With(s) => s.items.iter().for_each(|item| with_item(item, visit)),
        Stmt::Match(s) => {
            visit(&s.subject);
            for case in &s.cases {
                pattern(&case.pattern, visit);
                case.guard.iter().for_each(|e| visit(e));
            }
        }
        Stmt::Raise(s) => s.exc.iter().chain(&s.cause).for_each(|e| visit(e)),
        Stmt::Try(s) => {
            for ExceptHandler::ExceptHandler(handler) in &s.handlers {
                handler.type_.iter().for_each(|e| visit(e));
            }
        }
        Stmt::Assert(s) => {
            visit(&s.test);
            s.msg.iter().for_each(|e| visit(e));
        }
        Stmt::Expr(s) => visit(&s.value),
        Stmt::Import(_)
        | Stmt::ImportFrom(_)
        | Stmt::Global(_)
        | Stmt::Nonlocal(_)
        | Stmt::Pass(_)
        | Stmt::Break(_)
        | Stmt::Continue(_)
        | Stmt::IpyEscapeCommand(_) => {}
    }
}

fn decorators<'a>(all: &'a [Decorator], visit: &mut dyn FnMut(&'a Expr)) {
    all.iter().for_each(|decorator| visit(&decorator.expression));
}

fn bounds<'a>(parameters: Option<&'a TypeParams>, visit: &mut dyn FnMut(&'a Expr)) {
    for parameter in parameters.into_iter().flat_map(|all| &all.type_params) {
        let (bound, default) = match parameter {
            TypeParam::TypeVar(one) => (one.bound.as_deref(), one.default.as_deref()),
            TypeParam::TypeVarTuple(one) => (None, one.default.as_deref()),
            TypeParam::ParamSpec(one) => (None, one.default.as_deref()),
        };
        bound.into_iter().chain(default).for_each(&mut *visit);
    }
}

/// The defaults of parameters.
pub(crate) fn defaults<'a>(parameters: &'a Parameters, visit: &mut dyn FnMut(&'a Expr)) {
    parameters.iter_non_variadic_params().filter_map(|one| one.default.as_deref()).for_each(visit);
}

/// The annotations of parameters.
pub(crate) fn annotations<'a>(parameters: &'a Parameters, visit: &mut dyn FnMut(&'a Expr)) {
    parameters.iter().filter_map(|one| one.as_parameter().annotation.as_deref()).for_each(visit);
}

/// What a call is given.
fn given<'a>(arguments: &'a Arguments, visit: &mut dyn FnMut(&'a Expr)) {
    arguments.args.iter().for_each(&mut *visit);
    arguments.keywords.iter().for_each(|keyword| visit(&keyword.value));
}

fn with_item<'a>(item: &'a WithItem, visit: &mut dyn FnMut(&'a Expr)) {
    visit(&item.context_expr);
    item.optional_vars.iter().for_each(|e| visit(e));
}

fn pattern<'a>(one: &'a Pattern, visit: &mut dyn FnMut(&'a Expr)) {
    match one {
        Pattern::MatchValue(p) => visit(&p.value),
        Pattern::MatchMapping(p) => p.keys.iter().for_each(&mut *visit),
        Pattern::MatchClass(p) => visit(&p.cls),
        _ => {}
    }
    inner_patterns(one, &mut |inner| pattern(inner, visit));
}

/// The patterns directly inside a pattern.
pub(crate) fn inner_patterns<'a>(one: &'a Pattern, visit: &mut dyn FnMut(&'a Pattern)) {
    match one {
        Pattern::MatchSequence(p) => p.patterns.iter().for_each(visit),
        Pattern::MatchMapping(p) => p.patterns.iter().for_each(visit),
        Pattern::MatchClass(p) => {
            p.arguments.patterns.iter().for_each(&mut *visit);
            p.arguments.keywords.iter().for_each(|keyword| visit(&keyword.pattern));
        }
        Pattern::MatchAs(p) => p.pattern.iter().for_each(|inner| visit(inner)),
        Pattern::MatchOr(p) => p.patterns.iter().for_each(visit),
        Pattern::MatchValue(_) | Pattern::MatchSingleton(_) | Pattern::MatchStar(_) => {}
    }
}

/// The expressions directly inside an expression.
pub(crate) fn children<'a>(expression: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    match expression {
        Expr::BoolOp(e) => e.values.iter().for_each(visit),
        Expr::Named(e) => [&e.target, &e.value].into_iter().for_each(|e| visit(e)),
        Expr::BinOp(e) => [&e.left, &e.right].into_iter().for_each(|e| visit(e)),
        Expr::UnaryOp(e) => visit(&e.operand),
        Expr::Lambda(e) => {
            e.parameters.iter().for_each(|parameters| defaults(parameters, visit));
            visit(&e.body);
        }
        Expr::If(e) => [&e.test, &e.body, &e.orelse].into_iter().for_each(|e| visit(e)),
        Expr::Dict(e) => {
            for item in &e.items {
                item.key.iter().for_each(&mut *visit);
                visit(&item.value);
            }
        }
        Expr::Set(e) => e.elts.iter().for_each(visit),
        Expr::ListComp(e) => comprehension([Some(&e.elt), None], &e.generators, visit),
        Expr::SetComp(e) => comprehension([Some(&e.elt), None], &e.generators, visit),
        Expr::Generator(e) => comprehension([Some(&e.elt), None], &e.generators, visit),
        Expr::DictComp(e) => {
            comprehension([e.key.as_deref(), Some(&e.value)], &e.generators, visit);
        }
        Expr::Await(e) => visit(&e.value),
        Expr::Yield(e) => e.value.iter().for_each(|e| visit(e)),
        Expr::YieldFrom(e) => visit(&e.value),
        Expr::Compare(e) => {
            visit(&e.left);
            e.comparators.iter().for_each(visit);
        }
        Expr::Call(e) => {
            visit(&e.func);
            given(&e.arguments, visit);
        }
        Expr::FString(e) => e.value.iter().for_each(|part| match part {
            ruff_python_ast::FStringPart::FString(one) => interpolated(&one.elements, visit),
            ruff_python_ast::FStringPart::Literal(_) => {}
        }),
        Expr::TString(e) => e.value.iter().for_each(|one| interpolated(&one.elements, visit)),
        Expr::Attribute(e) => visit(&e.value),
        Expr::Subscript(e) => [&e.value, &e.slice].into_iter().for_each(|e| visit(e)),
        Expr::Starred(e) => visit(&e.value),
        Expr::List(e) => e.elts.iter().for_each(visit),
        Expr::Tuple(e) => e.elts.iter().for_each(visit),
        Expr::Slice(e) => {
            e.lower.iter().chain(&e.upper).chain(&e.step).for_each(|e| visit(e));
        }
        Expr::StringLiteral(_)
        | Expr::BytesLiteral(_)
        | Expr::NumberLiteral(_)
        | Expr::BooleanLiteral(_)
        | Expr::NoneLiteral(_)
        | Expr::EllipsisLiteral(_)
        | Expr::Name(_)
        | Expr::IpyEscapeCommand(_) => {}
    }
}

/// What stands in the braces of a formatted text, also in those of its formats.
fn interpolated<'a>(elements: &'a InterpolatedStringElements, visit: &mut dyn FnMut(&'a Expr)) {
    for element in elements {
        if let InterpolatedStringElement::Interpolation(one) = element {
            visit(&one.expression);
            one.format_spec.iter().for_each(|format| interpolated(&format.elements, visit));
        }
    }
}

fn comprehension<'a>(
    elements: [Option<&'a Expr>; 2],
    generators: &'a [Comprehension],
    visit: &mut dyn FnMut(&'a Expr),
) {
    elements.into_iter().flatten().for_each(&mut *visit);
    for generator in generators {
        [&generator.target, &generator.iter].into_iter().for_each(&mut *visit);
        generator.ifs.iter().for_each(&mut *visit);
    }
}
