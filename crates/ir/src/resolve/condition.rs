//! Conditions on one row: comparisons of attributes and literals, `in`, `is None`, and/or/not.

use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprCompare, UnaryOp};
use ruff_text_size::Ranged;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::column::Facts;
use super::expression::{Expression, literal, path};
use super::literal::{literal as typed, unbounded};
use super::{Context, Draft};
use crate::model::{AttributeType, Column, Comparison, Condition, EntityId, Operand};
use crate::read::Source;
use crate::shorthand::{Raw, RawValue};
use crate::suggest::advice;
use crate::types;

/// What the names of a condition stand for.
pub(super) struct Scope<'c, 'e> {
    pub(super) context: &'c mut Context,
    pub(super) entity: EntityId,
    pub(super) expression: &'c Expression<'e>,
    /// The code of what is wrongly typed.
    pub(super) code: Code,
}

/// Reads the condition of a check or a partial index.
pub(super) fn condition(
    source: Source<'_>,
    entity: EntityId,
    context: &mut Context,
) -> Option<Condition> {
    let expression = Expression::parse(source, &mut context.findings)?;
    let mut scope = Scope { context, entity, expression: &expression, code: Code::E0305 };
    scope.condition(&expression.tree)
}

impl Scope<'_, '_> {
    pub(super) fn draft(&self) -> &Draft {
        self.context.draft(self.entity)
    }

    fn facts(&self, column: Column) -> Facts<'_> {
        self.draft().facts(column)
    }

    pub(super) fn refuse(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Diagnostic::error(self.code, message).at(span, "").help(help);
        self.context.report(finding);
    }

    /// Reports a part of the expression language that can't be compiled yet.
    pub(super) fn later(&mut self, part: &impl Ranged, what: &str) {
        let span = self.expression.span(part);
        self.later_at(span, what);
    }

    pub(super) fn later_at(&mut self, span: Span, what: &str) {
        self.context.report(
            Diagnostic::error(
                Code::E0311,
                format!(
                    "{what} in an expression belong to the language, but they are not built yet"
                ),
            )
            .at(span, "this version of the compiler can't build it")
            .help("compare attributes of the row with literals, or with each other"),
        );
    }

    /// A condition; `None` if it is none, which was reported. All parts are looked at.
    pub(super) fn condition(&mut self, tree: &Expr) -> Option<Condition> {
        match tree {
            Expr::BoolOp(found) => {
                let all: Vec<_> = found.values.iter().map(|part| self.condition(part)).collect();
                let all = all.into_iter().collect::<Option<Vec<_>>>()?;
                Some(join(found.op, all))
            }
            Expr::UnaryOp(found) if found.op == UnaryOp::Not => {
                self.condition(&found.operand).map(|inner| Condition::Not(Box::new(inner)))
            }
            Expr::Compare(found) => self.compare(found),
            Expr::Name(_) | Expr::Attribute(_) => self.flag(tree),
            Expr::BooleanLiteral(_) => {
                let span = self.expression.span(tree);
                self.refuse(span, "this is the same for every row", "leave it out");
                None
            }
            Expr::StringLiteral(_) | Expr::NumberLiteral(_) | Expr::NoneLiteral(_) => {
                let span = self.expression.span(tree);
                self.refuse(span, "a literal is no condition", "compare it with an attribute");
                None
            }
            other => {
                self.later(other, kind(other));
                None
            }
        }
    }

    fn flag(&mut self, tree: &Expr) -> Option<Condition> {
        let column = self.operand_column(tree)?;
        let facts = self.facts(column);
        if *facts.ty == AttributeType::Bool && !facts.list {
            return Some(Condition::Flag(column));
        }
        let name = facts.name.to_owned();
        let span = self.expression.span(tree);
        self.refuse(span, format!("`{name}` is no `bool`"), format!("compare it: `{name} == …`"));
        None
    }

    fn compare(&mut self, found: &ExprCompare) -> Option<Condition> {
        let mut all = Vec::new();
        let mut left = &*found.left;
        let mut good = true;
        for (op, right) in found.ops.iter().zip(&found.comparators) {
            match self.pair(left, *op, right) {
                Some(condition) => all.push(condition),
                None => good = false,
            }
            left = right;
        }
        good.then(|| join(BoolOp::And, all))
    }

    fn pair(&mut self, left: &Expr, op: CmpOp, right: &Expr) -> Option<Condition> {
        let comparison = match op {
            CmpOp::Eq => Comparison::Equal,
            CmpOp::NotEq => Comparison::NotEqual,
            CmpOp::Lt => Comparison::Less,
            CmpOp::LtE => Comparison::LessOrEqual,
            CmpOp::Gt => Comparison::Greater,
            CmpOp::GtE => Comparison::GreaterOrEqual,
            CmpOp::Is | CmpOp::IsNot => return self.is_none(left, op == CmpOp::Is, right),
            CmpOp::In | CmpOp::NotIn => return self.is_in(left, op == CmpOp::In, right),
        };
        match (literal(self.expression, left), literal(self.expression, right)) {
            (Some(_), Some(raw)) => {
                self.refuse(raw.span, "two literals are compared", "compare an attribute");
                None
            }
            (None, Some(raw)) => {
                let column = self.comparable(left, comparison)?;
                let value = self.value(column, &raw)?;
                Some(Condition::Compare(Operand::Column(column), comparison, value))
            }
            (Some(raw), None) => {
                let column = self.comparable(right, comparison)?;
                let value = self.value(column, &raw)?;
                Some(Condition::Compare(value, comparison, Operand::Column(column)))
            }
            (None, None) => self.two_columns(left, comparison, right),
        }
    }

    fn two_columns(&mut self, left: &Expr, op: Comparison, right: &Expr) -> Option<Condition> {
        let (first, second) = (self.comparable(left, op), self.comparable(right, op));
        let (first, second) = (first?, second?);
        let (one, other) = (self.facts(first), self.facts(second));
        if class(&one.ty) != class(&other.ty) {
            let message = format!("`{}` and `{}` are of different types", one.name, other.name);
            let span = self.expression.span(right);
            self.refuse(span, message, "compare values of one type");
            return None;
        }
        Some(Condition::Compare(Operand::Column(first), op, Operand::Column(second)))
    }

    /// A column that can be compared so.
    fn comparable(&mut self, tree: &Expr, op: Comparison) -> Option<Column> {
        let column = self.operand_column(tree)?;
        let facts = self.facts(column);
        let can = types::abilities(&facts.ty);
        let equality = matches!(op, Comparison::Equal | Comparison::NotEqual);
        if !facts.list && if equality { can.equal } else { can.order } {
            return Some(column);
        }
        let name = facts.name;
        let (message, help) = if can.equal && !facts.list {
            (format!("`{name}` has no order"), "compare it by `==`, `!=` or `in`")
        } else {
            (format!("`{name}` can't be compared"), "test it by `is None`, or leave it out")
        };
        let span = self.expression.span(tree);
        self.refuse(span, message, help);
        None
    }

    fn is_none(&mut self, left: &Expr, positive: bool, right: &Expr) -> Option<Condition> {
        let span = self.expression.span(right);
        if !matches!(right, Expr::NoneLiteral(_)) {
            self.refuse(span, "`is` is for `None` only", "write `==` or `!=`");
            return None;
        }
        let column = self.operand_column(left)?;
        let facts = self.facts(column);
        if facts.nullable {
            return Some(Condition::IsNull(column, positive));
        }
        let message = format!("`{}` is never null", facts.name);
        let help = match column {
            Column::Attribute(_) => "leave the test out, or add `?` to the type",
            Column::Base(_) => "leave the test out",
        };
        let span = self.expression.span(left);
        self.refuse(span, message, help);
        None
    }

    fn is_in(&mut self, left: &Expr, positive: bool, right: &Expr) -> Option<Condition> {
        let items = match right {
            Expr::Tuple(found) => &found.elts,
            Expr::List(found) => &found.elts,
            other => {
                self.later(other, "`in` with anything but a list of literals");
                return None;
            }
        };
        let column = self.comparable(left, Comparison::Equal)?;
        if items.is_empty() {
            let span = self.expression.span(right);
            self.refuse(span, "the list is empty: nothing is in it", "list at least one value");
            return None;
        }
        let mut values = Vec::new();
        for item in items {
            let Some(raw) = literal(self.expression, item) else {
                self.later(item, "`in` with anything but a list of literals");
                continue;
            };
            if let Some(Operand::Literal(value)) = self.value(column, &raw) {
                values.push(value);
            }
        }
        (values.len() == items.len()).then_some(Condition::In(column, values, positive))
    }

    /// A literal that a column is compared with.
    fn value(&mut self, column: Column, raw: &Raw) -> Option<Operand> {
        let facts = self.facts(column);
        let (name, ty) = (facts.name.to_owned(), unbounded(&facts.ty));
        if matches!(raw.value, RawValue::Null) {
            self.refuse(raw.span, "null is equal to nothing", format!("write `{name} is None`"));
            return None;
        }
        match typed(&ty, false, raw, self.context) {
            Ok(value) => Some(Operand::Literal(value)),
            Err(problem) => {
                let message = format!("`{name}` can't be compared with this: {}", problem.message);
                let help = problem.help.unwrap_or_else(|| "write a value of its type".to_owned());
                self.refuse(problem.span, message, help);
                None
            }
        }
    }

    /// The column that an operand names.
    fn operand_column(&mut self, tree: &Expr) -> Option<Column> {
        let Some(names) = path(self.expression, tree) else {
            self.later(tree, kind(tree));
            return None;
        };
        let names = match names.as_slice() {
            [("self", span)] => {
                self.later_at(*span, "comparisons of whole rows");
                return None;
            }
            [("self", _), rest @ ..] => rest,
            all => all,
        };
        let (name, span) = names[0];
        if names.len() == 1
            && let Some(column) = self.draft().column(name)
        {
            return (!self.draft().is_broken(column)).then_some(column);
        }
        self.no_attribute(name, span, names.len() > 1);
        None
    }

    fn no_attribute(&mut self, name: &str, span: Span, longer: bool) {
        let draft = self.draft();
        let related = draft.relationships.contains_key(name)
            || draft.entity.inverses.iter().any(|inverse| inverse.name.value == name);
        if related || name == "current_user" {
            let what =
                if name == "current_user" { "attributes of the caller" } else { "related rows" };
            return self.later_at(span, what);
        }
        if longer && draft.column(name).is_some() {
            return self.later_at(span, "parts of attributes");
        }
        let message = format!("`{}` has no attribute `{name}`", draft.entity.name.value);
        let help = advice(name, draft.names());
        let finding = Diagnostic::error(Code::E0205, message).at(span, "unknown name").help(help);
        self.context.report(finding);
    }
}

/// Joins conditions; one alone stays itself, and what is joined alike is joined flat.
pub(super) fn join(op: BoolOp, parts: Vec<Condition>) -> Condition {
    let mut flat = Vec::new();
    for part in parts {
        match (op, part) {
            (BoolOp::And, Condition::All(inner)) | (BoolOp::Or, Condition::Any(inner)) => {
                flat.extend(inner);
            }
            (_, other) => flat.push(other),
        }
    }
    match (flat.len(), op) {
        (1, _) => flat.remove(0),
        (_, BoolOp::And) => Condition::All(flat),
        (_, BoolOp::Or) => Condition::Any(flat),
    }
}

/// Types whose values can be compared with each other have one class.
fn class(ty: &AttributeType) -> (u8, u32) {
    match ty {
        AttributeType::Int(_)
        | AttributeType::BigInt(_)
        | AttributeType::Float(_)
        | AttributeType::Decimal { .. } => (0, 0),
        AttributeType::String { .. }
        | AttributeType::Text { .. }
        | AttributeType::Email
        | AttributeType::Url
        | AttributeType::Slug { .. } => (1, 0),
        AttributeType::Bool => (2, 0),
        AttributeType::Date => (3, 0),
        AttributeType::Time => (4, 0),
        AttributeType::DateTime => (5, 0),
        AttributeType::Duration => (6, 0),
        AttributeType::Uuid => (7, 0),
        AttributeType::Ip => (8, 0),
        AttributeType::Role => (9, 0),
        AttributeType::Enum(id) => (10, id.0),
        AttributeType::Json
        | AttributeType::Bytes { .. }
        | AttributeType::Password { .. }
        | AttributeType::Value(_) => (11, 0),
    }
}

/// What a part of the expression language is called.
pub(super) fn kind(tree: &Expr) -> &'static str {
    match tree {
        Expr::Call(_) => "function calls",
        Expr::BinOp(_) | Expr::UnaryOp(_) => "arithmetic and signs",
        Expr::If(_) => "conditional expressions",
        Expr::Generator(_) | Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) => {
            "generator expressions"
        }
        Expr::FString(_) | Expr::TString(_) => "formatted strings",
        Expr::Subscript(_) | Expr::Slice(_) => "subscripts",
        Expr::List(_) | Expr::Tuple(_) | Expr::Dict(_) | Expr::Set(_) => "collections",
        _ => "such parts",
    }
}
