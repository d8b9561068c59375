//! Walking over the nodes of a file: what stands directly inside a statement or an expression.

use rustpython_parser::ast::{
    Arguments, Comprehension, ExceptHandler, Expr, Pattern, Stmt, TypeParam,
};

/// The blocks of statements directly inside a statement.
pub(crate) fn blocks<'a>(statement: &'a Stmt, visit: &mut dyn FnMut(&'a [Stmt])) {
    match statement {
        Stmt::FunctionDef(s) => visit(&s.body),
        Stmt::AsyncFunctionDef(s) => visit(&s.body),
        Stmt::ClassDef(s) => visit(&s.body),
        Stmt::With(s) => visit(&s.body),
        Stmt::AsyncWith(s) => visit(&s.body),
        Stmt::For(s) => [&s.body, &s.orelse].into_iter().for_each(|b| visit(b)),
        Stmt::AsyncFor(s) => [&s.body, &s.orelse].into_iter().for_each(|b| visit(b)),
        Stmt::While(s) => [&s.body, &s.orelse].into_iter().for_each(|b| visit(b)),
        Stmt::If(s) => [&s.body, &s.orelse].into_iter().for_each(|b| visit(b)),
        Stmt::Match(s) => s.cases.iter().for_each(|case| visit(&case.body)),
        Stmt::Try(s) => {
            visit(&s.body);
            handlers(&s.handlers, visit);
            [&s.orelse, &s.finalbody].into_iter().for_each(|b| visit(b));
        }
        Stmt::TryStar(s) => {
            visit(&s.body);
            handlers(&s.handlers, visit);
            [&s.orelse, &s.finalbody].into_iter().for_each(|b| visit(b));
        }
        _ => {}
    }
}

fn handlers<'a>(all: &'a [ExceptHandler], visit: &mut dyn FnMut(&'a [Stmt])) {
    for ExceptHandler::ExceptHandler(handler) in all {
        visit(&handler.body);
    }
}

/// The expressions directly inside a statement, without those of its blocks.
pub(crate) fn expressions<'a>(statement: &'a Stmt, visit: &mut dyn FnMut(&'a Expr)) {
    match statement {
        Stmt::FunctionDef(s) => {
            signature(&s.decorator_list, &s.args, s.returns.as_deref(), &s.type_params, visit);
        }
        Stmt::AsyncFunctionDef(s) => {
            signature(&s.decorator_list, &s.args, s.returns.as_deref(), &s.type_params, visit);
        }
        Stmt::ClassDef(s) => {
            s.decorator_list.iter().for_each(&mut *visit);
            s.bases.iter().for_each(&mut *visit);
            s.keywords.iter().for_each(|keyword| visit(&keyword.value));
            bounds(&s.type_params, visit);
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
        Stmt::AsyncFor(s) => [&s.target, &s.iter].into_iter().for_each(|e| visit(e)),
        Stmt::While(s) => visit(&s.test),
        Stmt::If(s) => visit(&s.test),
        Stmt::With(s) => s.items.iter().for_each(|item| with_item(item, visit)),
        Stmt::AsyncWith(s) => s.items.iter().for_each(|item| with_item(item, visit)),
        Stmt::Match(s) => {
            visit(&s.subject);
            for case in &s.cases {
                pattern(&case.pattern, visit);
                case.guard.iter().for_each(|e| visit(e));
            }
        }
        Stmt::Raise(s) => s.exc.iter().chain(&s.cause).for_each(|e| visit(e)),
        Stmt::Try(s) => caught(&s.handlers, visit),
        Stmt::TryStar(s) => caught(&s.handlers, visit),
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
        | Stmt::Continue(_) => {}
    }
}

fn signature<'a>(
    decorators: &'a [Expr],
    arguments: &'a Arguments,
    returns: Option<&'a Expr>,
    parameters: &'a [TypeParam],
    visit: &mut dyn FnMut(&'a Expr),
) {
    decorators.iter().for_each(&mut *visit);
    defaults(arguments, visit);
    annotations(arguments, visit);
    returns.into_iter().for_each(&mut *visit);
    bounds(parameters, visit);
}

fn bounds<'a>(parameters: &'a [TypeParam], visit: &mut dyn FnMut(&'a Expr)) {
    for parameter in parameters {
        if let TypeParam::TypeVar(variable) = parameter {
            variable.bound.iter().for_each(|e| visit(e));
        }
    }
}

/// The defaults of parameters.
pub(crate) fn defaults<'a>(arguments: &'a Arguments, visit: &mut dyn FnMut(&'a Expr)) {
    let all = arguments.posonlyargs.iter().chain(&arguments.args).chain(&arguments.kwonlyargs);
    all.filter_map(|argument| argument.default.as_deref()).for_each(visit);
}

/// The annotations of parameters.
pub(crate) fn annotations<'a>(arguments: &'a Arguments, visit: &mut dyn FnMut(&'a Expr)) {
    let all = arguments.posonlyargs.iter().chain(&arguments.args).chain(&arguments.kwonlyargs);
    let rest = arguments.vararg.iter().chain(&arguments.kwarg).map(|argument| &**argument);
    all.map(|argument| &argument.def)
        .chain(rest)
        .filter_map(|argument| argument.annotation.as_deref())
        .for_each(visit);
}

fn caught<'a>(handlers: &'a [ExceptHandler], visit: &mut dyn FnMut(&'a Expr)) {
    for ExceptHandler::ExceptHandler(handler) in handlers {
        handler.type_.iter().for_each(|e| visit(e));
    }
}

fn with_item<'a>(item: &'a rustpython_parser::ast::WithItem, visit: &mut dyn FnMut(&'a Expr)) {
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
        Pattern::MatchClass(p) => p.patterns.iter().chain(&p.kwd_patterns).for_each(visit),
        Pattern::MatchAs(p) => p.pattern.iter().for_each(|inner| visit(inner)),
        Pattern::MatchOr(p) => p.patterns.iter().for_each(visit),
        Pattern::MatchValue(_) | Pattern::MatchSingleton(_) | Pattern::MatchStar(_) => {}
    }
}

/// The expressions directly inside an expression.
pub(crate) fn children<'a>(expression: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    match expression {
        Expr::BoolOp(e) => e.values.iter().for_each(visit),
        Expr::NamedExpr(e) => [&e.target, &e.value].into_iter().for_each(|e| visit(e)),
        Expr::BinOp(e) => [&e.left, &e.right].into_iter().for_each(|e| visit(e)),
        Expr::UnaryOp(e) => visit(&e.operand),
        Expr::Lambda(e) => {
            defaults(&e.args, visit);
            visit(&e.body);
        }
        Expr::IfExp(e) => [&e.test, &e.body, &e.orelse].into_iter().for_each(|e| visit(e)),
        Expr::Dict(e) => {
            e.keys.iter().flatten().for_each(&mut *visit);
            e.values.iter().for_each(visit);
        }
        Expr::Set(e) => e.elts.iter().for_each(visit),
        Expr::ListComp(e) => comprehension([&*e.elt].into_iter(), &e.generators, visit),
        Expr::SetComp(e) => comprehension([&*e.elt].into_iter(), &e.generators, visit),
        Expr::GeneratorExp(e) => comprehension([&*e.elt].into_iter(), &e.generators, visit),
        Expr::DictComp(e) => comprehension([&*e.key, &*e.value].into_iter(), &e.generators, visit),
        Expr::Await(e) => visit(&e.value),
        Expr::Yield(e) => e.value.iter().for_each(|e| visit(e)),
        Expr::YieldFrom(e) => visit(&e.value),
        Expr::Compare(e) => {
            visit(&e.left);
            e.comparators.iter().for_each(visit);
        }
        Expr::Call(e) => {
            visit(&e.func);
            e.args.iter().for_each(&mut *visit);
            e.keywords.iter().for_each(|keyword| visit(&keyword.value));
        }
        Expr::FormattedValue(e) => {
            visit(&e.value);
            e.format_spec.iter().for_each(|e| visit(e));
        }
        Expr::JoinedStr(e) => e.values.iter().for_each(visit),
        Expr::Attribute(e) => visit(&e.value),
        Expr::Subscript(e) => [&e.value, &e.slice].into_iter().for_each(|e| visit(e)),
        Expr::Starred(e) => visit(&e.value),
        Expr::List(e) => e.elts.iter().for_each(visit),
        Expr::Tuple(e) => e.elts.iter().for_each(visit),
        Expr::Slice(e) => {
            e.lower.iter().chain(&e.upper).chain(&e.step).for_each(|e| visit(e));
        }
        Expr::Constant(_) | Expr::Name(_) => {}
    }
}

fn comprehension<'a>(
    elements: impl Iterator<Item = &'a Expr>,
    generators: &'a [Comprehension],
    visit: &mut dyn FnMut(&'a Expr),
) {
    elements.for_each(&mut *visit);
    for generator in generators {
        [&generator.target, &generator.iter].into_iter().for_each(&mut *visit);
        generator.ifs.iter().for_each(&mut *visit);
    }
}
