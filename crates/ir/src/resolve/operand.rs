//! Operands: attributes, literals, arithmetic, functions and choices, each with its type.

use ruff_python_ast::{Expr, ExprBinOp, ExprCall, ExprIf, Operator, UnaryOp};
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::condition::{Place, Scope, class, kind};
use super::decided::{Known, Values};
use super::expression::{literal, path};
use super::literal::{literal as typed, unbounded};
use super::narrow::{Fact, facts};
use super::path::{Row, Target};
use crate::model::{
    Arithmetic, AttributeType, Bounds, Column, Condition, Function, Literal, Local, Operand,
};
use crate::shorthand::{Raw, RawValue};
use crate::suggest::advice;

/// The functions of the language.
pub(super) const FUNCTIONS: &[&str] = &[
    "len", "sum", "min", "max", "any", "all", "abs", "round", "lower", "upper", "now", "today",
    "sequence",
];

/// An operand with its type.
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(super) struct Typed {
    pub(super) operand: Operand,
    pub(super) ty: AttributeType,
    pub(super) list: bool,
    /// Whether it may be null where it stands.
    pub(super) nullable: bool,
    /// Whether it may be null somewhere.
    pub(super) declared_nullable: bool,
    /// Whether a user has declared it, and not the base model.
    pub(super) declared: bool,
    /// As written.
    pub(super) name: String,
    pub(super) span: Span,
}

impl Scope<'_, '_> {
    /// A value; `None` if it is none, which was reported.
    pub(super) fn operand(&mut self, tree: &Expr) -> Option<Typed> {
        let found = self.value_of(tree)?;
        self.note(&found);
        Some(found)
    }

    /// Keeps what the type of a value says about it.
    fn note(&mut self, found: &Typed) {
        let declared = matches!(found.operand, Operand::Attribute(..) | Operand::Local(_));
        if !declared || self.known.iter().any(|known| known.operand == found.operand) {
            return;
        }
        let any = Values::Any { gone: false };
        let values = match &found.ty {
            _ if found.list => any,
            AttributeType::Bool => Values::members(["false", "true"]),
            AttributeType::Role => Values::members(self.context.roles.keys()),
            AttributeType::Enum(id) => {
                let declared = self.context.enums[id.index()].members.iter();
                Values::members(declared.map(|member| &member.value.value))
            }
            other => Values::of_number(other).unwrap_or(any),
        };
        let nullable = found.declared_nullable;
        self.known.push(Known { operand: found.operand.clone(), values, nullable });
    }

    fn value_of(&mut self, tree: &Expr) -> Option<Typed> {
        match tree {
            Expr::BinOp(found) => self.arithmetic(found, tree),
            Expr::UnaryOp(found) if found.op == UnaryOp::USub => {
                let inner = self.number(&found.operand)?;
                let operand = Operand::Negated(Box::new(inner.operand));
                Some(self.made(tree, operand, unbounded(&inner.ty), false))
            }
            Expr::Call(found) => self.function(found, tree),
            Expr::If(found) => self.choice(found, tree),
            Expr::Compare(_) | Expr::BoolOp(_) => self.truth(tree),
            Expr::UnaryOp(found) if found.op == UnaryOp::Not => self.truth(tree),
            _ => self.attribute(tree),
        }
    }

    fn truth(&mut self, tree: &Expr) -> Option<Typed> {
        let operand = Operand::Truth(Box::new(self.condition(tree)?));
        Some(self.made(tree, operand, AttributeType::Bool, false))
    }

    fn attribute(&mut self, tree: &Expr) -> Option<Typed> {
        let Some(names) = path(self.expression, tree) else {
            self.later(tree, kind(tree));
            return None;
        };
        match self.follow(&names)? {
            Target::Attribute(row, column) => Some(self.column(row, column)),
            Target::Local(local, span) => Some(self.local(local, span)),
            Target::Row(row) => {
                self.refuse(
                    row.span,
                    format!("`{}` is a row, not a value", row.name),
                    "name one of its attributes, or compare it with a row",
                );
                None
            }
            Target::Many(many) => {
                self.refuse(
                    many.span,
                    "these are many rows, not a value",
                    "say it of all: `len(rows)`, `sum(row.amount for row in rows)`",
                );
                None
            }
        }
    }

    fn column(&self, row: Row, column: Column) -> Typed {
        let facts = self.context.draft(row.entity).facts(column);
        let (ty, list) = (facts.ty.into_owned(), facts.list);
        let (declared, nullable) = (facts.place.is_some(), facts.nullable);
        let known = self.facts.contains(&Fact::Value(row.path.clone(), column));
        Typed {
            operand: Operand::Attribute(row.path, column),
            ty,
            list,
            nullable: nullable && !known,
            declared_nullable: nullable,
            declared,
            name: row.name,
            span: row.span,
        }
    }

    fn local(&self, local: Local, span: Span) -> Typed {
        let known = self.facts.contains(&Fact::Local(local.name.clone()));
        Typed {
            ty: local.ty.clone(),
            list: local.list,
            nullable: local.nullable && !known,
            declared_nullable: local.nullable,
            declared: true,
            name: local.name.clone(),
            span,
            operand: Operand::Local(local),
        }
    }

    pub(super) fn made(
        &self,
        tree: &Expr,
        operand: Operand,
        ty: AttributeType,
        nullable: bool,
    ) -> Typed {
        let span = self.expression.span(tree);
        let name = self.expression.written(tree).unwrap_or("this").to_owned();
        Typed {
            operand,
            ty,
            list: false,
            nullable,
            declared_nullable: nullable,
            declared: true,
            name,
            span,
        }
    }

    /// Whether a value can't be null where it stands; else that is reported.
    pub(super) fn tested(&mut self, found: &Typed) -> bool {
        if found.nullable {
            let name = found.name.clone();
            self.untested(&name, found.span);
        }
        !found.nullable
    }

    /// A number that is not null.
    fn number(&mut self, tree: &Expr) -> Option<Typed> {
        let found = self.operand(tree)?;
        if found.list || !is_number(&found.ty) {
            let message = format!("`{}` is no number", found.name);
            self.wrong(found.span, message, "calculate with numbers only");
            return None;
        }
        self.tested(&found).then_some(found)
    }

    fn arithmetic(&mut self, found: &ExprBinOp, tree: &Expr) -> Option<Typed> {
        let operator = match found.op {
            Operator::Add => Arithmetic::Add,
            Operator::Sub => Arithmetic::Subtract,
            Operator::Mult => Arithmetic::Multiply,
            _ => {
                self.later(found, "operators other than `+`, `-` and `*`");
                return None;
            }
        };
        let sides = (literal(self.expression, &found.left), literal(self.expression, &found.right));
        let (left, right) = match sides {
            (Some(_), Some(raw)) => {
                self.wrong(raw.span, "two literals are calculated with", "write the result");
                return None;
            }
            (Some(raw), None) => {
                let right = self.number(&found.right)?;
                (self.beside(&right, &raw, operator)?, right)
            }
            (None, Some(raw)) => {
                let left = self.number(&found.left)?;
                let right = self.beside(&left, &raw, operator)?;
                (left, right)
            }
            (None, None) => {
                let (left, right) = (self.number(&found.left), self.number(&found.right));
                (left?, right?)
            }
        };
        let Some(ty) = result(&left.ty, operator, &right.ty) else {
            self.later(found, "calculations with a decimal and a number of another scale");
            return None;
        };
        let operand =
            Operand::Arithmetic(Box::new(left.operand), operator, Box::new(right.operand));
        Some(self.made(tree, operand, ty, false))
    }

    /// A literal beside a number: a whole factor stays one, all else is of the number's type.
    fn beside(&mut self, number: &Typed, raw: &Raw, operator: Arithmetic) -> Option<Typed> {
        let whole = matches!(raw.value, RawValue::Int(_));
        let mut ty = unbounded(&number.ty);
        if whole && operator == Arithmetic::Multiply && matches!(ty, AttributeType::Decimal { .. })
        {
            ty = AttributeType::Int(Bounds::default());
        }
        let like = Typed { ty: ty.clone(), ..number.plain() };
        let operand = self.value(&like, raw)?;
        Some(Typed { operand, ty, span: raw.span, ..number.plain() })
    }

    fn function(&mut self, found: &ExprCall, tree: &Expr) -> Option<Typed> {
        let Expr::Name(function) = &*found.func else {
            self.later(found, "function calls");
            return None;
        };
        let name = function.id.as_str();
        let many = matches!(&*found.arguments.args, [Expr::Generator(_)]);
        match name {
            "any" | "all" => self.truth(tree),
            "sum" | "min" | "max" => self.aggregate(found, name, tree),
            "len" if many => self.aggregate(found, name, tree),
            "len" => self.len(found, tree),
            "abs" => {
                let argument = self.argument(found)?;
                let inner = self.number(argument)?;
                let operand = Operand::Call(Function::Abs, Box::new(inner.operand));
                Some(self.made(tree, operand, unbounded(&inner.ty), false))
            }
            "now" | "today" if self.place == Place::Flow => self.clock(found, name, tree),
            "sequence" if self.place == Place::Flow => self.sequence(found, tree),
            "sequence" => {
                let span = self.expression.span(found);
                let help = "leave it out, or let a flow number what it makes";
                self.not_yet(span, "sequences outside of flows", help);
                None
            }
            _ if FUNCTIONS.contains(&name) => {
                self.later(found, "function calls");
                None
            }
            _ => {
                let span = self.expression.span(&*found.func);
                let help = advice(name, FUNCTIONS.iter().copied());
                let finding = Diagnostic::error(Code::E0205, format!("unknown function `{name}`"));
                self.context.report(finding.at(span, "no such function").help(help));
                None
            }
        }
    }

    /// `now()`, `today()`
    fn clock(&mut self, found: &ExprCall, name: &str, tree: &Expr) -> Option<Typed> {
        if !found.arguments.is_empty() {
            let span = self.expression.span(found);
            self.wrong(span, "this function takes no argument", format!("write `{name}()`"));
            return None;
        }
        let (operand, ty) = match name {
            "now" => (Operand::Now, AttributeType::DateTime),
            _ => (Operand::Today, AttributeType::Date),
        };
        Some(self.made(tree, operand, ty, false))
    }

    /// The characters of a text, or the rows of a relationship.
    fn len(&mut self, found: &ExprCall, tree: &Expr) -> Option<Typed> {
        let argument = self.argument(found)?;
        if let Some(Target::Many(_)) = self.target_of(argument) {
            return self.count(argument, tree);
        }
        let inner = self.operand(argument)?;
        if inner.list || class(&inner.ty) != class(&AttributeType::Email) {
            let message = format!("`{}` is neither text nor many rows", inner.name);
            self.wrong(inner.span, message, "`len` counts the characters of a text, or rows");
            return None;
        }
        if !self.tested(&inner) {
            return None;
        }
        let operand = Operand::Call(Function::Len, Box::new(inner.operand));
        Some(self.made(tree, operand, AttributeType::Int(Bounds::default()), false))
    }

    /// The only argument of a function.
    pub(super) fn argument<'t>(&mut self, found: &'t ExprCall) -> Option<&'t Expr> {
        match &*found.arguments.args {
            [argument] if found.arguments.keywords.is_empty() => Some(argument),
            _ => {
                let span = self.expression.span(found);
                self.wrong(span, "this function takes one argument", "give it one");
                None
            }
        }
    }

    fn choice(&mut self, found: &ExprIf, tree: &Expr) -> Option<Typed> {
        let test = self.condition(&found.test)?;
        let (body, orelse) = (&*found.body, &*found.orelse);
        // Each side is read once, where it is known how the test came out; a literal is of the other
        // side's type.
        let (then, otherwise) =
            match (literal(self.expression, body), literal(self.expression, orelse)) {
                (Some(one), Some(other)) => {
                    (self.whole(body, &one, &other), self.whole(orelse, &other, &one))
                }
                (Some(raw), None) => {
                    let otherwise = self.side(orelse, &test, false)?;
                    (self.like(body, &raw, &otherwise), Some(otherwise))
                }
                (None, Some(raw)) => {
                    let then = self.side(body, &test, true)?;
                    let otherwise = self.like(orelse, &raw, &then);
                    (Some(then), otherwise)
                }
                (None, None) => (self.side(body, &test, true), self.side(orelse, &test, false)),
            };
        let (then, otherwise) = (then?, otherwise?);
        if class(&then.ty) != class(&otherwise.ty) || then.list || otherwise.list {
            let message =
                format!("`{}` and `{}` are of different types", then.name, otherwise.name);
            self.wrong(otherwise.span, message, "let both sides be of one type");
            return None;
        }
        let Some(ty) = wider(&then.ty, &otherwise.ty) else {
            self.later(found, "choices between a decimal and a number of another scale");
            return None;
        };
        let nullable = then.nullable || otherwise.nullable;
        let sides = (Box::new(then.operand), Box::new(otherwise.operand));
        let operand = Operand::Choice(Box::new(test), sides.0, sides.1);
        Some(self.made(tree, operand, ty, nullable))
    }

    /// A side of a choice whose test has held, or has not.
    fn side(&mut self, tree: &Expr, test: &Condition, holds: bool) -> Option<Typed> {
        let known = self.facts.len();
        self.facts.extend(facts(test, holds));
        let found = self.operand(tree);
        self.facts.truncate(known);
        found
    }

    /// A literal as a side of a choice whose other side is this.
    fn like(&mut self, tree: &Expr, raw: &Raw, other: &Typed) -> Option<Typed> {
        if matches!(raw.value, RawValue::Null) {
            self.later(tree, "choices of null");
            return None;
        }
        let operand = self.value(other, raw)?;
        Some(Typed { operand, span: raw.span, ..other.plain() })
    }

    /// A literal as a side of a choice between two.
    fn whole(&mut self, tree: &Expr, raw: &Raw, other: &Raw) -> Option<Typed> {
        let (RawValue::Int(digits), RawValue::Int(_)) = (&raw.value, &other.value) else {
            self.later(tree, "choices between two literals that are no whole numbers");
            return None;
        };
        let ty = AttributeType::Int(Bounds::default());
        let operand = Operand::Literal(Literal::Int(digits.clone()), ty.clone());
        Some(self.made(tree, operand, ty, false))
    }

    /// A literal that a value is compared with.
    pub(super) fn value(&mut self, found: &Typed, raw: &Raw) -> Option<Operand> {
        let (name, ty) = (&found.name, unbounded(&found.ty));
        if matches!(raw.value, RawValue::Null) {
            self.refuse(raw.span, "null is equal to nothing", format!("write `{name} is None`"));
            return None;
        }
        match typed(&ty, false, raw, self.context) {
            Ok(value) => Some(Operand::Literal(value, ty)),
            Err(problem) => {
                let message = format!("`{name}` can't be compared with this: {}", problem.message);
                let help = problem.help.unwrap_or_else(|| "write a value of its type".to_owned());
                self.refuse(problem.span, message, help);
                None
            }
        }
    }
}

impl Typed {
    /// Another value that is called the same.
    fn plain(&self) -> Self {
        Self {
            operand: self.operand.clone(),
            ty: self.ty.clone(),
            list: false,
            nullable: false,
            declared_nullable: false,
            declared: true,
            name: self.name.clone(),
            span: self.span,
        }
    }
}

fn is_number(ty: &AttributeType) -> bool {
    class(ty) == (0, 0)
}

/// The type of a result; `None` where a decimal would change its scale: it is kept in units of its
/// last digit on one of the databases.
fn result(
    left: &AttributeType,
    operator: Arithmetic,
    right: &AttributeType,
) -> Option<AttributeType> {
    let whole = |ty: &AttributeType| matches!(ty, AttributeType::Int(_) | AttributeType::BigInt(_));
    let decimal = |ty: &AttributeType| matches!(ty, AttributeType::Decimal { .. });
    if operator == Arithmetic::Multiply {
        match (left, right) {
            (left, right) if decimal(left) && whole(right) => return Some(unbounded(left)),
            (left, right) if whole(left) && decimal(right) => return Some(unbounded(right)),
            (left, right) if decimal(left) || decimal(right) => return None,
            _ => {}
        }
    }
    wider(left, right)
}

/// The type that takes the values of both; `None` if there is none.
pub(super) fn wider(left: &AttributeType, right: &AttributeType) -> Option<AttributeType> {
    use AttributeType::{BigInt, Decimal, Float, Int};
    match (left, right) {
        (Decimal { precision: one, scale, .. }, Decimal { precision, scale: other, .. }) => {
            let precision = *one.max(precision);
            (scale == other).then(|| Decimal {
                precision,
                scale: *scale,
                bounds: Bounds::default(),
            })
        }
        (Decimal { .. }, other) | (other, Decimal { .. }) if is_number(other) => None,
        (Float(_), _) | (_, Float(_)) => Some(Float(Bounds::default())),
        (BigInt(_), _) | (_, BigInt(_)) => Some(BigInt(Bounds::default())),
        (Int(_), Int(_)) => Some(Int(Bounds::default())),
        _ => Some(unbounded(left)),
    }
}
