//! Prints access rules and conditions in the syntax that they are read from.

use std::fmt::Write;

use crate::model::{
    Access, Aggregate, ApplicationIr, Arithmetic, Collection, Comparison, Condition, EntityId,
    Function, Literal, Operand, RowPath, Rows,
};

/// How tightly an expression holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bind {
    Choice,
    Or,
    And,
    Not,
    Comparison,
    Sum,
    Product,
    Sign,
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
        Access::Row(found) => {
            let caller = ir.security.as_ref().map_or(entity, |it| it.authentication.user);
            let variables = vec![("self", entity), ("current_user", caller)];
            Printer { ir, variables }.condition(found, outer)
        }
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
    Printer { ir, variables: vec![("self", entity)] }.condition(found, Bind::Or)
}

/// A value as it could have been written on an entity.
pub(super) fn operand(found: &Operand, entity: EntityId, ir: &ApplicationIr) -> String {
    Printer { ir, variables: vec![("self", entity)] }.operand(found, Bind::Choice)
}

/// Prints what an entity's row is said to be; variables of generators have the names they were given.
#[derive(Clone)]
pub(super) struct Printer<'a> {
    pub(super) ir: &'a ApplicationIr,
    /// With `self.` in front no attribute can be taken for a word of the language.
    pub(super) variables: Vec<(&'a str, EntityId)>,
}

impl<'a> Printer<'a> {
    /// A condition that stands alone.
    pub(super) fn whole(&self, found: &'a Condition) -> String {
        self.condition(found, Bind::Or)
    }

    /// A value that stands alone.
    pub(super) fn value(&self, found: &'a Operand) -> String {
        self.operand(found, Bind::Choice)
    }
}

impl<'a> Printer<'a> {
    fn condition(&self, found: &'a Condition, outer: Bind) -> String {
        let compared =
            |left: String, rest: String| wrap(format!("{left} {rest}"), Bind::Comparison, outer);
        match found {
            Condition::Compare(left, op, right) => {
                let right = self.operand(right, Bind::Sum);
                compared(self.operand(left, Bind::Sum), format!("{} {right}", sign(*op)))
            }
            Condition::IsNull(operand, positive) => {
                compared(self.operand(operand, Bind::Sum), none_test(*positive))
            }
            Condition::Missing(path, positive) => compared(self.path(path), none_test(*positive)),
            Condition::Same(left, right, positive) => {
                let sign = if *positive { "==" } else { "!=" };
                compared(self.path(left), format!("{sign} {}", self.path(right)))
            }
            Condition::In(Operand::Attribute(path, _), values, true)
                if path.is_own() && self.variables[0].0 == "current_user" =>
            {
                let roles: Vec<String> =
                    values.iter().map(|value| self.operand(value, Bind::Or)).collect();
                format!("role({})", roles.join(", "))
            }
            Condition::In(operand, values, positive) => {
                let test = if *positive { "in" } else { "not in" };
                let values: Vec<String> =
                    values.iter().map(|value| self.operand(value, Bind::Or)).collect();
                let rest = format!("{test} [{}]", values.join(", "));
                compared(self.operand(operand, Bind::Sum), rest)
            }
            Condition::Flag(operand) => self.operand(operand, outer),
            Condition::Quantified(some, rows, inner) => {
                let word = if *some { "any" } else { "all" };
                format!("{word}({})", self.over(rows, |inside| inside.condition(inner, Bind::Or)))
            }
            Condition::All(parts) => {
                let parts = parts.iter().map(|part| self.condition(part, Bind::Not));
                joined(parts, " and ", Bind::And, outer)
            }
            Condition::Any(parts) => {
                let parts = parts.iter().map(|part| self.condition(part, Bind::And));
                joined(parts, " or ", Bind::Or, outer)
            }
            Condition::Not(part) => {
                let part = self.condition(part, Bind::Comparison);
                wrap(format!("not {part}"), Bind::Not, outer)
            }
        }
    }

    fn operand(&self, found: &'a Operand, outer: Bind) -> String {
        match found {
            Operand::Attribute(path, column) => {
                let (text, entity) = self.walked(path);
                let entity = &self.ir.domain.entities[entity.index()];
                format!("{text}.{}", entity.column_name(*column))
            }
            Operand::Literal(value, _) => literal(value),
            Operand::Local(local) => local.name.clone(),
            Operand::Now => "now()".to_owned(),
            Operand::Today => "today()".to_owned(),
            Operand::Sequence(form) => {
                format!("sequence({})", literal(&Literal::Text(form.clone())))
            }
            Operand::Arithmetic(left, operator, right) => {
                let (sign, bind, tighter) = match operator {
                    Arithmetic::Add => ("+", Bind::Sum, Bind::Product),
                    Arithmetic::Subtract => ("-", Bind::Sum, Bind::Product),
                    Arithmetic::Multiply => ("*", Bind::Product, Bind::Sign),
                };
                let (left, right) = (self.operand(left, bind), self.operand(right, tighter));
                wrap(format!("{left} {sign} {right}"), bind, outer)
            }
            Operand::Negated(inner) => {
                wrap(format!("-{}", self.operand(inner, Bind::Sign)), Bind::Sign, outer)
            }
            Operand::Call(function, inner) => {
                let word = match function {
                    Function::Len => "len",
                    Function::Abs => "abs",
                };
                format!("{word}({})", self.operand(inner, Bind::Choice))
            }
            Operand::Aggregate(aggregate, rows, element) => {
                self.aggregate(*aggregate, rows, element.as_deref())
            }
            Operand::Choice(test, then, otherwise) => {
                let test = self.condition(test, Bind::Or);
                let (then, otherwise) =
                    (self.operand(then, Bind::Or), self.operand(otherwise, Bind::Or));
                wrap(format!("{then} if {test} else {otherwise}"), Bind::Choice, outer)
            }
            Operand::Truth(inner) => self.condition(inner, outer),
        }
    }

    fn aggregate(
        &self,
        aggregate: Aggregate,
        rows: &'a Rows,
        element: Option<&'a Operand>,
    ) -> String {
        let word = match aggregate {
            Aggregate::Len => "len",
            Aggregate::Sum => "sum",
            Aggregate::Min => "min",
            Aggregate::Max => "max",
        };
        let Some(element) = element else { return format!("{word}({})", self.rows(rows)) };
        format!("{word}({})", self.over(rows, |inside| inside.operand(element, Bind::Choice)))
    }

    /// `element for item in self.items if filter`
    fn over(&self, rows: &'a Rows, element: impl FnOnce(&Self) -> String) -> String {
        let mut inside = Self { ir: self.ir, variables: self.variables.clone() };
        inside.variables.push((&rows.variable, rows.entity));
        let filter = rows.filter.as_ref().map(|filter| inside.condition(filter, Bind::Or));
        let filter = filter.map(|filter| format!(" if {filter}")).unwrap_or_default();
        format!("{} for {} in {}{filter}", element(&inside), rows.variable, self.rows(rows))
    }

    pub(super) fn rows(&self, rows: &Rows) -> String {
        let (text, entity) = self.walked(&rows.from);
        let entity = &self.ir.domain.entities[entity.index()];
        let name = match rows.collection {
            Collection::Inverse(position) => &entity.inverses[position].name.value,
            Collection::Link(id) => &entity.relationships[id.index()].name.value,
        };
        format!("{text}.{name}")
    }

    pub(super) fn path(&self, path: &RowPath) -> String {
        self.walked(path).0
    }

    /// A path, and the entity that it leads to.
    fn walked(&self, path: &RowPath) -> (String, EntityId) {
        let (variable, mut entity) = self.variables[path.variable];
        let mut text = variable.to_owned();
        for step in &path.steps {
            let found = &self.ir.domain.entities[entity.index()].relationships[step.index()];
            text.push('.');
            text.push_str(&found.name.value);
            entity = found.target;
        }
        (text, entity)
    }
}

fn none_test(positive: bool) -> String {
    if positive { "is None".to_owned() } else { "is not None".to_owned() }
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
