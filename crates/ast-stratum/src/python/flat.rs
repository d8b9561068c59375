//! Expressions on one line, with the parentheses that Python needs and no others.

use std::borrow::Cow;

use super::imports::{Symbols, local_name};
use super::literal;
use super::tree::{
    Argument, BinaryOperator, Comparator, Comprehension, Expr, Parameter, ParameterKind,
    UnaryOperator,
};

/// How tightly an expression binds; what binds less than its place asks for is parenthesised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binding {
    /// `a := b`, `yield a`
    Named,
    /// `lambda`, `a if b else c`
    Expression,
    /// `a or b`
    Or,
    /// `a and b`
    And,
    /// `not a`
    Not,
    /// `a < b`
    Compare,
    /// `a | b`
    BitOr,
    /// `a & b`
    BitAnd,
    /// `a << b`
    Shift,
    /// `a + b`
    Sum,
    /// `a * b`
    Product,
    /// `-a`
    Unary,
    /// `a ** b`
    Power,
    /// `await a`
    Await,
    /// The rest.
    Primary,
}

impl Binding {
    fn tighter(self) -> Self {
        match self {
            Self::Named => Self::Expression,
            Self::Expression => Self::Or,
            Self::Or => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Compare,
            Self::Compare => Self::BitOr,
            Self::BitOr => Self::BitAnd,
            Self::BitAnd => Self::Shift,
            Self::Shift => Self::Sum,
            Self::Sum => Self::Product,
            Self::Product => Self::Unary,
            Self::Unary => Self::Power,
            Self::Power => Self::Await,
            Self::Await | Self::Primary => Self::Primary,
        }
    }
}

/// How tightly an expression binds.
pub(super) fn binding(expr: &Expr) -> Binding {
    match expr {
        Expr::Named(..) => Binding::Named,
        Expr::Lambda(..) | Expr::Conditional { .. } => Binding::Expression,
        Expr::Or(_) => Binding::Or,
        Expr::And(_) => Binding::And,
        Expr::Unary(UnaryOperator::Not, _) => Binding::Not,
        Expr::Compare(..) => Binding::Compare,
        Expr::Binary(_, operator, _) => operator_binding(*operator),
        Expr::Unary(..) => Binding::Unary,
        Expr::Await(_) => Binding::Await,
        _ => Binding::Primary,
    }
}

/// How tightly a binary operator binds.
pub(super) fn operator_binding(operator: BinaryOperator) -> Binding {
    match operator {
        BinaryOperator::BitOr => Binding::BitOr,
        BinaryOperator::BitAnd => Binding::BitAnd,
        BinaryOperator::ShiftLeft | BinaryOperator::ShiftRight => Binding::Shift,
        BinaryOperator::Add | BinaryOperator::Subtract => Binding::Sum,
        BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::FloorDivide
        | BinaryOperator::Modulo => Binding::Product,
        BinaryOperator::Power => Binding::Power,
    }
}

/// What the operands of a binary operator must bind at least like.
pub(super) fn operand_bindings(operator: BinaryOperator) -> (Binding, Binding) {
    let own = operator_binding(operator);
    if operator == BinaryOperator::Power {
        (Binding::Await, Binding::Unary)
    } else {
        (own, own.tighter())
    }
}

/// The sign of a binary operator.
pub(super) fn operator_sign(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Add => "+",
        BinaryOperator::Subtract => "-",
        BinaryOperator::Multiply => "*",
        BinaryOperator::Divide => "/",
        BinaryOperator::FloorDivide => "//",
        BinaryOperator::Modulo => "%",
        BinaryOperator::Power => "**",
        BinaryOperator::BitOr => "|",
        BinaryOperator::BitAnd => "&",
        BinaryOperator::ShiftLeft => "<<",
        BinaryOperator::ShiftRight => ">>",
    }
}

/// The sign of a comparison.
pub(super) fn comparator_sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Equal => "==",
        Comparator::NotEqual => "!=",
        Comparator::Less => "<",
        Comparator::LessOrEqual => "<=",
        Comparator::Greater => ">",
        Comparator::GreaterOrEqual => ">=",
        Comparator::In => "in",
        Comparator::NotIn => "not in",
        Comparator::Is => "is",
        Comparator::IsNot => "is not",
    }
}

/// What the writer of a module wants to know of the expressions in it.
#[derive(Default)]
pub(super) struct Notes<'t> {
    /// What they refer to in other modules.
    pub(super) symbols: Symbols<'t>,
    /// Whether there was a literal that is cut into parts where its line has to be broken.
    pub(super) divisible: bool,
}

/// Writes expressions on one line.
pub(super) struct Flat<'a, 't> {
    /// Where to.
    pub(super) out: &'a mut String,
    /// The quote that literals must use, inside of an f-string or a quoted annotation.
    pub(super) quote: Option<char>,
    /// Columns of the parts that long literals are cut into, for lines that will be broken.
    pub(super) apart: Option<usize>,
    /// Taken the first time that an expression is written.
    pub(super) notes: Option<&'a mut Notes<'t>>,
}

impl<'t> Flat<'_, 't> {
    /// An expression in a place that asks for this binding.
    pub(super) fn expr(&mut self, expr: &'t Expr, wanted: Binding) {
        if binding(expr) < wanted {
            self.out.push('(');
            self.bare(expr);
            self.out.push(')');
        } else {
            self.bare(expr);
        }
    }

    /// An expression where any but `:=` may stand bare.
    pub(super) fn any(&mut self, expr: &'t Expr) {
        self.expr(expr, Binding::Expression);
    }

    /// The type of a variable or of what is returned.
    pub(super) fn annotation(&mut self, expr: &'t Expr) {
        let wanted =
            if matches!(expr, Expr::Await(_)) { Binding::Primary } else { Binding::Expression };
        self.expr(expr, wanted);
    }

    /// An expression without parentheses of its own.
    pub(super) fn bare(&mut self, expr: &'t Expr) {
        match expr {
            Expr::Name(name) => self.out.push_str(name.as_str()),
            Expr::Symbol(symbol) => {
                if let Some(notes) = &mut self.notes {
                    notes.symbols.add(symbol);
                }
                self.out.push_str(local_name(symbol));
            }
            Expr::Int(digits) => self.out.push_str(digits),
            // The formatter writes no sign in front of an exponent that is positive.
            Expr::Float(digits) => self.out.push_str(&digits.replace("e+", "e")),
            Expr::Bool(true) => self.out.push_str("True"),
            Expr::Bool(false) => self.out.push_str("False"),
            Expr::None => self.out.push_str("None"),
            Expr::Ellipsis => self.out.push_str("..."),
            Expr::Str(_)
            | Expr::RawStr(_)
            | Expr::StrParts(_)
            | Expr::Quoted(_)
            | Expr::Bytes(_)
            | Expr::FString(_) => self.literal(expr),
            Expr::Attribute(value, name) => {
                self.attribute_value(value);
                self.out.push('.');
                self.out.push_str(name.as_str());
            }
            Expr::Call(function, arguments) => {
                self.expr(function, Binding::Primary);
                self.arguments(arguments);
            }
            Expr::Subscript(value, items) => self.subscript(value, items),
            _ => self.operation(expr),
        }
    }

    /// `(1).real`: a point behind an integer would be read as part of it.
    fn attribute_value(&mut self, value: &'t Expr) {
        if matches!(value, Expr::Int(_) | Expr::Float(_)) {
            self.out.push('(');
            self.bare(value);
            self.out.push(')');
        } else {
            self.expr(value, Binding::Primary);
        }
    }

    fn operation(&mut self, expr: &'t Expr) {
        match expr {
            Expr::Binary(left, operator, right) => {
                let (before, after) = operand_bindings(*operator);
                self.expr(left, before);
                self.operator(operator_sign(*operator), is_simple_power(expr));
                self.expr(right, after);
            }
            Expr::Unary(UnaryOperator::Not, value) => {
                self.out.push_str("not ");
                self.operand(value, Binding::Not);
            }
            Expr::Unary(operator, value) => {
                self.out.push(if *operator == UnaryOperator::Minus { '-' } else { '~' });
                self.operand(value, Binding::Unary);
            }
            Expr::And(items) => self.joined(items, " and ", Binding::Not),
            // An `and` inside needs no brackets, but ruff and readers ask for them.
            Expr::Or(items) => self.joined(items, " or ", Binding::Not),
            Expr::Compare(left, comparator, right) => {
                self.expr(left, Binding::BitOr);
                self.operator(comparator_sign(*comparator), false);
                self.expr(right, Binding::BitOr);
            }
            Expr::Conditional { test, then, otherwise } => {
                self.expr(then, Binding::Or);
                self.out.push_str(" if ");
                self.expr(test, Binding::Or);
                self.out.push_str(" else ");
                self.any(otherwise);
            }
            Expr::Lambda(parameters, body) => self.lambda(parameters, body),
            Expr::Await(value) => {
                self.out.push_str("await ");
                self.expr(value, Binding::Primary);
            }
            Expr::Starred(value) => {
                self.out.push('*');
                self.expr(value, Binding::BitOr);
            }
            Expr::Named(name, value) => {
                self.out.push_str(name.as_str());
                self.out.push_str(" := ");
                self.any(value);
            }
            _ => self.display(expr),
        }
    }

    /// What a unary operator is applied to: powers are parenthesised for the reader.
    fn operand(&mut self, value: &'t Expr, wanted: Binding) {
        let power = matches!(value, Expr::Binary(_, BinaryOperator::Power, _));
        self.expr(value, if power { Binding::Primary } else { wanted });
    }

    fn operator(&mut self, sign: &str, hugging: bool) {
        if hugging {
            self.out.push_str(sign);
        } else {
            self.out.push(' ');
            self.out.push_str(sign);
            self.out.push(' ');
        }
    }

    fn lambda(&mut self, parameters: &[stratapi_plan::PyIdent], body: &'t Expr) {
        self.out.push_str("lambda");
        for (position, parameter) in parameters.iter().enumerate() {
            self.out.push_str(if position == 0 { " " } else { ", " });
            self.out.push_str(parameter.as_str());
        }
        self.out.push_str(": ");
        self.any(body);
    }

    fn display(&mut self, expr: &'t Expr) {
        match expr {
            Expr::Tuple(items) => {
                self.out.push('(');
                self.joined(items, ", ", Binding::Expression);
                self.out.push_str(if items.len() == 1 { ",)" } else { ")" });
            }
            Expr::List(items) => self.enclosed('[', items, ']'),
            Expr::Set(items) => self.enclosed('{', items, '}'),
            Expr::Dict(items) => self.dict(items),
            Expr::ListComp(element, clauses) => {
                self.out.push('[');
                self.comprehension(element, clauses);
                self.out.push(']');
            }
            Expr::SetComp(element, clauses) => {
                self.out.push('{');
                self.comprehension(element, clauses);
                self.out.push('}');
            }
            Expr::DictComp(key, value, clauses) => {
                self.out.push('{');
                self.any(key);
                self.out.push_str(": ");
                self.comprehension(value, clauses);
                self.out.push('}');
            }
            Expr::Generator(element, clauses) => {
                self.out.push('(');
                self.comprehension(element, clauses);
                self.out.push(')');
            }
            _ => {}
        }
    }

    fn enclosed(&mut self, open: char, items: &'t [Expr], close: char) {
        self.out.push(open);
        self.joined(items, ", ", Binding::Expression);
        self.out.push(close);
    }

    fn dict(&mut self, items: &'t [(Option<Expr>, Expr)]) {
        self.out.push('{');
        for (position, (key, value)) in items.iter().enumerate() {
            if position > 0 {
                self.out.push_str(", ");
            }
            if let Some(key) = key {
                self.any(key);
                self.out.push_str(": ");
                self.any(value);
            } else {
                self.out.push_str("**");
                self.expr(value, Binding::BitOr);
            }
        }
        self.out.push('}');
    }

    /// Items with a separator between them.
    pub(super) fn joined(&mut self, items: &'t [Expr], separator: &str, wanted: Binding) {
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                self.out.push_str(separator);
            }
            self.expr(item, wanted);
        }
    }

    /// `element for target in iterable if conditions`
    pub(super) fn comprehension(&mut self, element: &'t Expr, clauses: &'t [Comprehension]) {
        self.any(element);
        for clause in clauses {
            self.out.push(' ');
            self.clause(clause);
        }
    }

    /// `for target in iterable if conditions`
    pub(super) fn clause(&mut self, clause: &'t Comprehension) {
        self.clause_head(clause);
        for condition in &clause.conditions {
            self.out.push_str(" if ");
            self.condition(condition);
        }
    }

    /// `for target in iterable`
    pub(super) fn clause_head(&mut self, clause: &'t Comprehension) {
        self.out.push_str("for ");
        self.target(&clause.target);
        self.out.push_str(" in ");
        self.expr(&clause.iterable, Binding::Or);
    }

    /// What stands behind the `if` of a comprehension.
    pub(super) fn condition(&mut self, condition: &'t Expr) {
        self.expr(condition, Binding::Or);
    }

    /// What is assigned to: a tuple stands without parentheses.
    pub(super) fn target(&mut self, target: &'t Expr) {
        match target {
            Expr::Tuple(items) if items.len() > 1 => {
                self.joined(items, ", ", Binding::Expression);
            }
            _ => self.any(target),
        }
    }

    fn subscript(&mut self, value: &'t Expr, items: &'t [Expr]) {
        self.expr(value, Binding::Primary);
        self.out.push('[');
        match items {
            [Expr::Tuple(inner)] if inner.len() > 1 => {
                self.joined(inner, ", ", Binding::Expression);
            }
            _ => self.joined(items, ", ", Binding::Expression),
        }
        self.out.push(']');
    }

    /// `(a, b=c)`
    pub(super) fn arguments(&mut self, arguments: &'t [Argument]) {
        if let [Argument::Positional(generator @ Expr::Generator(..))] = arguments {
            return self.bare(generator);
        }
        self.bases(arguments);
    }

    /// `(A, b=c)` behind the name of a class.
    pub(super) fn bases(&mut self, arguments: &'t [Argument]) {
        self.out.push('(');
        for (position, argument) in arguments.iter().enumerate() {
            if position > 0 {
                self.out.push_str(", ");
            }
            self.argument(argument);
        }
        self.out.push(')');
    }

    /// One argument.
    pub(super) fn argument(&mut self, argument: &'t Argument) {
        match argument {
            Argument::Positional(value) => self.expr(value, Binding::Named),
            Argument::Keyword(name, value) => {
                self.out.push_str(name.as_str());
                self.out.push('=');
                self.any(value);
            }
            Argument::Star(value) => {
                self.out.push('*');
                self.any(value);
            }
            Argument::DoubleStar(value) => {
                self.out.push_str("**");
                self.any(value);
            }
        }
    }

    /// `self, a: int, *, b: int`
    pub(super) fn parameters(&mut self, parameters: &'t [Parameter]) {
        let mut star = false;
        for (position, parameter) in parameters.iter().enumerate() {
            if position > 0 {
                self.out.push_str(", ");
            }
            if parameter.kind == ParameterKind::KeywordOnly && !star {
                self.out.push_str("*, ");
            }
            star |= matches!(parameter.kind, ParameterKind::KeywordOnly | ParameterKind::Star);
            self.parameter(parameter);
        }
    }

    /// One parameter of a function.
    pub(super) fn parameter(&mut self, parameter: &'t Parameter) {
        self.out.push_str(match parameter.kind {
            ParameterKind::Plain | ParameterKind::KeywordOnly => "",
            ParameterKind::Star => "*",
            ParameterKind::DoubleStar => "**",
        });
        self.out.push_str(parameter.name.as_str());
        if let Some(annotation) = &parameter.annotation {
            self.out.push_str(": ");
            self.any(annotation);
        }
        if let Some(default) = &parameter.default {
            self.out.push_str(if parameter.annotation.is_some() { " = " } else { "=" });
            self.any(default);
        }
    }

    fn literal(&mut self, expr: &'t Expr) {
        let apart = self.apart.filter(|_| self.quote.is_none());
        match (expr, apart) {
            (Expr::Str(text) | Expr::RawStr(text), Some(columns)) => {
                self.adjacent(&literal::parts(text, columns), matches!(expr, Expr::RawStr(_)));
            }
            (Expr::StrParts(parts), Some(_)) => {
                for (position, part) in parts.iter().enumerate() {
                    self.out.push_str(if position > 0 { " " } else { "" });
                    self.text(part);
                }
            }
            (Expr::FString(parts), Some(columns)) => self.adjacent_fstrings(parts, columns),
            (Expr::Str(text), None) => {
                self.divisible(literal::may_be_divided(text, literal::PART));
                self.text(text);
            }
            (Expr::StrParts(parts), None) => {
                self.divisible(true);
                self.text(&parts.concat());
            }
            (Expr::RawStr(text), None) => {
                self.divisible(literal::may_be_divided(text, literal::PART));
                if self.quote.is_some() {
                    self.text(text);
                } else {
                    literal::raw_string(self.out, text);
                }
            }
            (Expr::Bytes(bytes), _) => literal::bytes(self.out, bytes),
            (Expr::Quoted(value), _) => {
                self.out.push('"');
                let notes = self.notes.as_deref_mut();
                Flat { out: self.out, quote: Some('\''), apart: None, notes }.any(value);
                self.out.push('"');
            }
            (Expr::FString(parts), None) => {
                self.divisible(true);
                self.fstring(parts);
            }
            _ => {}
        }
    }

    fn divisible(&mut self, divisible: bool) {
        if let Some(notes) = &mut self.notes {
            notes.divisible |= divisible;
        }
    }

    /// `"a" "b"`
    fn adjacent(&mut self, parts: &[Cow<'_, str>], raw: bool) {
        for (position, part) in parts.iter().enumerate() {
            if position > 0 {
                self.out.push(' ');
            }
            if raw {
                literal::raw_string(self.out, part);
            } else {
                self.text(part);
            }
        }
    }

    fn text(&mut self, text: &str) {
        let quote = self.quote.unwrap_or_else(|| literal::quote_for(text));
        literal::string(self.out, text, quote);
    }
}

/// `x**2`: operands that are names, numbers or attributes stand next to the sign.
pub(super) fn is_simple_power(expr: &Expr) -> bool {
    fn is_simple(operand: &Expr) -> bool {
        match operand {
            Expr::Name(_)
            | Expr::Symbol(_)
            | Expr::Int(_)
            | Expr::Float(_)
            | Expr::Bool(_)
            | Expr::None => true,
            Expr::Unary(UnaryOperator::Minus | UnaryOperator::Invert, value)
            | Expr::Attribute(value, _) => is_simple(value),
            _ => false,
        }
    }
    match expr {
        // A sign on the left stands in parentheses, and is not simple there.
        Expr::Binary(left, BinaryOperator::Power, right) => {
            !matches!(**left, Expr::Unary(..)) && is_simple(left) && is_simple(right)
        }
        _ => false,
    }
}
