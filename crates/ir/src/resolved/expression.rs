//! Prints access rules and conditions in the syntax that they are read from.

use std::fmt::Write;

use crate::model::{
    Access, ApplicationIr, Column, Comparison, Condition, EntityId, Literal, Operand,
};

/// How tightly an expression holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bind {
    Or,
    And,
    Not,
    Comparison,
}

/// A rule of an entity's resource.
pub(super) fn access(rule: &Access, entity: EntityId, ir: &ApplicationIr) -> String {
    access_in(rule, entity, ir, Bind::Or)
}

fn access_in(rule: &Access, entity: EntityId, ir: &ApplicationIr, outer: Bind) -> String {
    let inner = |part: &Access, bind| access_in(part, entity, ir, bind);
    match rule {
        Access::Public => "public".to_owned(),
        Access::Authenticated => "authenticated".to_owned(),
        Access::Role(roles) => {
            let roles = roles.iter().filter_map(|id| ir.security.as_ref()?.roles.get(id.index()));
            let names: Vec<String> = roles.map(|role| quoted(&role.name.value)).collect();
            format!("role({})", names.join(", "))
        }
        Access::Owner(path) => {
            let mut at = entity;
            let mut names = vec!["self".to_owned()];
            for step in &path.steps {
                let found = &ir.domain.entities[at.index()].relationships[step.index()];
                names.push(found.name.value.clone());
                at = found.target;
            }
            wrap(format!("{} == current_user", names.join(".")), Bind::Comparison, outer)
        }
        Access::Row(found) => condition_in(found, entity, ir, outer),
        Access::All(parts) => {
            joined(parts.iter().map(|part| inner(part, Bind::Not)), " and ", Bind::And, outer)
        }
        Access::Any(parts) => {
            joined(parts.iter().map(|part| inner(part, Bind::And)), " or ", Bind::Or, outer)
        }
        Access::Not(part) => {
            wrap(format!("not {}", inner(part, Bind::Comparison)), Bind::Not, outer)
        }
    }
}

/// A condition on a row.
pub(super) fn condition(found: &Condition, entity: EntityId, ir: &ApplicationIr) -> String {
    condition_in(found, entity, ir, Bind::Or)
}

fn condition_in(found: &Condition, entity: EntityId, ir: &ApplicationIr, outer: Bind) -> String {
    let inner = |part: &Condition, bind| condition_in(part, entity, ir, bind);
    // With `self.` in front no attribute can be taken for a word of the language.
    let name = |column: &Column| {
        format!("self.{}", ir.domain.entities[entity.index()].column_name(*column))
    };
    let side = |operand: &Operand| match operand {
        Operand::Column(column) => name(column),
        Operand::Literal(value) => literal(value),
    };
    match found {
        Condition::Compare(left, op, right) => {
            wrap(format!("{} {} {}", side(left), sign(*op), side(right)), Bind::Comparison, outer)
        }
        Condition::IsNull(column, positive) => {
            let test = if *positive { "is None" } else { "is not None" };
            wrap(format!("{} {test}", name(column)), Bind::Comparison, outer)
        }
        Condition::In(column, values, positive) => {
            let test = if *positive { "in" } else { "not in" };
            let values: Vec<String> = values.iter().map(literal).collect();
            wrap(
                format!("{} {test} [{}]", name(column), values.join(", ")),
                Bind::Comparison,
                outer,
            )
        }
        Condition::Flag(column) => name(column),
        Condition::All(parts) => {
            joined(parts.iter().map(|part| inner(part, Bind::Not)), " and ", Bind::And, outer)
        }
        Condition::Any(parts) => {
            joined(parts.iter().map(|part| inner(part, Bind::And)), " or ", Bind::Or, outer)
        }
        Condition::Not(part) => {
            wrap(format!("not {}", inner(part, Bind::Comparison)), Bind::Not, outer)
        }
    }
}

fn joined(parts: impl Iterator<Item = String>, word: &str, bind: Bind, outer: Bind) -> String {
    wrap(parts.collect::<Vec<_>>().join(word), bind, outer)
}

/// Puts brackets around what would fall apart.
fn wrap(text: String, bind: Bind, outer: Bind) -> String {
    if bind < outer { format!("({text})") } else { text }
}

const fn sign(op: Comparison) -> &'static str {
    match op {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

fn literal(value: &Literal) -> String {
    match value {
        Literal::Bool(true) => "True".to_owned(),
        Literal::Bool(false) => "False".to_owned(),
        Literal::Int(digits) | Literal::Number(digits) => digits.clone(),
        Literal::Text(text) => quoted(text),
        Literal::Null | Literal::List(_) | Literal::Map(_) => "None".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() || !c.is_ascii() => {
                let _ = write!(out, "\\U{:08x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}
