//! Types of variables, as far as they are said plainly: by an annotation, or by a call of a class.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, Stmt};
use smol_str::SmolStr;

use super::{Function, Source, last_name, walk};

/// The full name of the class behind an annotation: `Post` for `Post | None`, `Repository` for
/// `Repository[Post]`, `Post` for `Annotated[Post, …]`. Nothing for anything else.
pub(crate) fn of_annotation(source: &Source<'_>, annotation: &Expr) -> Option<SmolStr> {
    match annotation {
        Expr::Name(_) | Expr::Attribute(_) => Some(source.definition(annotation)?),
        Expr::Subscript(e) if last_name(&e.value) == "Annotated" => annotated(source, annotation),
        Expr::Subscript(e) => of_annotation(source, &e.value),
        Expr::BinOp(e) => match (&*e.left, &*e.right) {
            (left, right) if right.is_none_literal_expr() => of_annotation(source, left),
            (left, right) if left.is_none_literal_expr() => of_annotation(source, right),
            _ => None,
        },
        _ => None,
    }
}

/// The class behind `Annotated[Class, …]`.
pub(crate) fn annotated(source: &Source<'_>, value: &Expr) -> Option<SmolStr> {
    let Expr::Subscript(subscript) = value else { return None };
    if last_name(&subscript.value) != "Annotated" {
        return None;
    }
    match &*subscript.slice {
        Expr::Tuple(tuple) => of_annotation(source, tuple.elts.first()?),
        _ => None,
    }
}

/// The class that a call makes an instance of: by custom, classes begin with a capital.
fn made_by(source: &Source<'_>, value: &Expr) -> Option<SmolStr> {
    let Expr::Call(call) = value else { return None };
    let name = last_name(&call.func);
    let is_class = name.trim_start_matches('_').starts_with(|c: char| c.is_ascii_uppercase());
    if is_class { source.definition(&call.func) } else { None }
}

/// Types of the parameters and variables of a function, by their names. A name with two types has
/// none.
pub(crate) fn variables<'a>(
    source: &Source<'_>,
    function: &Function<'a>,
) -> BTreeMap<&'a str, SmolStr> {
    let mut found: BTreeMap<&'a str, Option<SmolStr>> = BTreeMap::new();
    let mut note = |name: &'a str, ty: Option<SmolStr>| {
        let known = found.entry(name).or_insert_with(|| ty.clone());
        if *known != ty {
            *known = None;
        }
    };
    for parameter in function.parameters() {
        let ty = parameter.annotation.and_then(|annotation| of_annotation(source, annotation));
        note(parameter.name, ty);
    }
    each_statement(function.body, &mut |statement| match statement {
        Stmt::Assign(assign) => {
            for target in &assign.targets {
                if let Expr::Name(name) = target {
                    note(name.id.as_str(), made_by(source, &assign.value));
                }
            }
        }
        Stmt::AnnAssign(assign) => {
            if let Expr::Name(name) = &*assign.target {
                note(name.id.as_str(), of_annotation(source, &assign.annotation));
            }
        }
        _ => {}
    });
    found.into_iter().filter_map(|(name, ty)| Some((name, ty?))).collect()
}

/// Types of what a constructor sets on `self`.
pub(crate) fn set_on_self(
    source: &Source<'_>,
    constructor: &Function<'_>,
) -> BTreeMap<SmolStr, SmolStr> {
    let variables = variables(source, constructor);
    let mut found = BTreeMap::new();
    each_statement(constructor.body, &mut |statement| {
        let (target, value, annotation) = match statement {
            Stmt::Assign(s) if s.targets.len() == 1 => (&s.targets[0], Some(&*s.value), None),
            Stmt::AnnAssign(s) => (&*s.target, s.value.as_deref(), Some(&*s.annotation)),
            _ => return,
        };
        let Expr::Attribute(attribute) = target else { return };
        if !matches!(&*attribute.value, Expr::Name(name) if name.id.as_str() == "self") {
            return;
        }
        let ty = annotation.and_then(|e| of_annotation(source, e)).or_else(|| match value? {
            Expr::Name(name) => variables.get(name.id.as_str()).cloned(),
            value => made_by(source, value),
        });
        if let Some(ty) = ty {
            found.insert(SmolStr::new(&attribute.attr), ty);
        }
    });
    found
}

/// Every statement of a function, without those of functions and classes inside.
pub(crate) fn each_statement<'a>(block: &'a [Stmt], visit: &mut dyn FnMut(&'a Stmt)) {
    for statement in block {
        visit(statement);
        if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
            walk::blocks(statement, &mut |block| each_statement(block, visit));
        }
    }
}
