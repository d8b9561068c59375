//! Conditions: comparisons, `in`, `is None`, `any` and `all`, and/or/not.

use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprCall, ExprCompare, UnaryOp};
use ruff_text_size::Ranged;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::decided::{Known, Values, is_impossible};
use super::expression::{Expression, literal};
use super::narrow::{Fact, facts};
use super::operand::Typed;
use super::path::{Row, Target};
use super::{Context, Draft};
use crate::model::{
    AttributeId, AttributeType, Column, Comparison, Condition, EntityId, Literal, Local, Operand,
    RowPath,
};
use crate::read::Source;
use crate::types;

/// What the names of an expression stand for.
pub(super) struct Scope<'c, 'e> {
    pub(super) context: &'c mut Context,
    pub(super) entity: EntityId,
    pub(super) expression: &'c Expression<'e>,
    /// The code of what is wrongly typed.
    pub(super) code: Code,
    pub(super) place: Place,
    /// What is known where the expression is read: the tests in front of it.
    pub(super) facts: Vec<Fact>,
    /// How tests came out of what may have changed since then.
    pub(super) outdated: Vec<Fact>,
    /// The variables of the generators around, the outermost first.
    pub(super) variables: Vec<(String, EntityId)>,
    /// The values of a flow.
    pub(super) locals: Vec<Named>,
    /// How many of the variables are those of a flow; the others are of generators.
    pub(super) rows: usize,
    /// Whether answers tell its outcome.
    pub(super) shown: bool,
    /// Whether the caller was spoken of.
    pub(super) caller: bool,
    /// Whether a number of a series was taken.
    pub(super) numbered: bool,
    /// What else was spoken of, by name.
    pub(super) used: Vec<String>,
    /// What the types of values say about these.
    pub(super) known: Vec<Known>,
    /// How many conditions were said to hold always, or never.
    pub(super) decided: usize,
}

/// A value of a flow.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) name: String,
    /// `None` if it was reported.
    pub(super) local: Option<Local>,
}

/// What an expression may speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The row alone.
    Row,
    /// The row alone, with one answer wherever it is asked: what may be null is tested before it is
    /// used.
    Tested,
    /// The same, and the rows that to-one relationships lead to.
    Related,
    /// The same, and many rows: what is computed by the database.
    Computed,
    /// The same, where the caller is the first variable: rules of access, which the database decides
    /// where they speak of other rows.
    Access,
    /// The rows and values of a flow, the caller, and many rows.
    Flow,
}

impl<'c, 'e> Scope<'c, 'e> {
    /// A scope in which nothing is known yet.
    pub(super) fn new(
        context: &'c mut Context,
        entity: EntityId,
        expression: &'c Expression<'e>,
        code: Code,
        place: Place,
    ) -> Self {
        Self {
            context,
            entity,
            expression,
            code,
            place,
            facts: Vec::new(),
            outdated: Vec::new(),
            variables: Vec::new(),
            locals: Vec::new(),
            rows: 0,
            shown: false,
            caller: false,
            numbered: false,
            used: Vec::new(),
            known: Vec::new(),
            decided: 0,
        }
    }

    /// A scope for a rule of access: its first variable is the caller.
    pub(super) fn of_access(
        context: &'c mut Context,
        entity: EntityId,
        expression: &'c Expression<'e>,
    ) -> Self {
        // Without sign-in there is nobody to speak of.
        let caller = context.account.map(|account| ("current_user".to_owned(), account));
        let variables = vec![caller.unwrap_or_else(|| (String::new(), entity))];
        let scope = Self::new(context, entity, expression, Code::E0308, Place::Access);
        Self { variables, ..scope }
    }
}

/// Reads the condition of a check or a partial index.
pub(super) fn condition(
    source: Source<'_>,
    entity: EntityId,
    context: &mut Context,
) -> Option<Condition> {
    read(source, entity, context, Code::E0305, Place::Row)
}

/// Reads the condition of a guard that is asked of rows in these states.
pub(super) fn guard(
    source: Source<'_>,
    entity: EntityId,
    (state, from): (AttributeId, &[String]),
    context: &mut Context,
) -> Option<Condition> {
    let expression = Expression::parse(source, &mut context.findings)?;
    let mut scope = Scope::new(context, entity, &expression, Code::E0314, Place::Tested);
    let found = scope.condition(&expression.tree)?;
    let operand = Operand::Attribute(RowPath::own(), Column::Attribute(state));
    scope.known.retain(|known| known.operand != operand);
    let values = Values::members(from);
    scope.known.push(Known { operand, values, nullable: false });
    if scope.decided == 0 && is_impossible(&found, true, &scope.known, &[]) {
        let span = scope.expression.span(&expression.tree);
        let never = Diagnostic::error(Code::E0321, "this never holds where the transition starts")
            .at(span, format!("the state is {} then", from.join(" or ")))
            .help("name the state in `from`, or leave its test out");
        scope.context.report(never);
    }
    Some(found)
}

/// Reads the condition of an invariant that holds after every write.
pub(super) fn invariant(
    source: Source<'_>,
    entity: EntityId,
    context: &mut Context,
) -> Option<Condition> {
    read(source, entity, context, Code::E0314, Place::Tested)
}

/// Reads the condition of an invariant that is looked at after some writes of the row.
pub(super) fn after_writes(
    source: Source<'_>,
    entity: EntityId,
    context: &mut Context,
) -> Option<Condition> {
    read(source, entity, context, Code::E0314, Place::Related)
}

fn read(
    source: Source<'_>,
    entity: EntityId,
    context: &mut Context,
    code: Code,
    place: Place,
) -> Option<Condition> {
    let expression = Expression::parse(source, &mut context.findings)?;
    let found = Scope::new(context, entity, &expression, code, place).condition(&expression.tree);
    debug_assert!(
        found.is_some() || !context.findings.is_empty(),
        "`{}` was given up without a word",
        source.text
    );
    found
}

impl Scope<'_, '_> {
    /// The entity of a variable's rows; that of the row itself is 0.
    pub(super) fn entity_of(&self, variable: usize) -> EntityId {
        variable.checked_sub(1).map_or(self.entity, |position| self.variables[position].1)
    }

    /// Whether a name stands for a variable or a value of a flow.
    pub(super) fn knows(&self, name: &str) -> bool {
        let row = self.variables.iter().any(|(known, _)| known == name);
        row || name == "current_user" || self.locals.iter().any(|known| known.name == name)
    }

    pub(super) fn draft(&self) -> &Draft {
        self.context.draft(self.entity)
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
        let help = if self.place == Place::Flow {
            "leave it out until a later version"
        } else {
            "compare attributes of the row with literals, or with each other"
        };
        self.not_yet(span, what, help);
    }

    /// The same, with what can be done instead.
    pub(super) fn not_yet(&mut self, span: Span, what: &str, help: &str) {
        let message =
            format!("{what} in an expression belong to the language, but they are not built yet");
        let finding = Diagnostic::error(Code::E0311, message)
            .at(span, "this version of the compiler can't build it")
            .help(help);
        self.context.report(finding);
    }

    /// A condition; `None` if it is none, which was reported. All parts are looked at.
    pub(super) fn condition(&mut self, tree: &Expr) -> Option<Condition> {
        let decided = self.decided;
        let found = self.parts(tree)?;
        // Of what is decided by one of its parts this part says it.
        if self.decided == decided {
            self.decide(tree, &found);
        }
        Some(found)
    }

    fn parts(&mut self, tree: &Expr) -> Option<Condition> {
        match tree {
            Expr::BoolOp(found) => {
                let known = self.facts.len();
                let mut all = Vec::new();
                for (position, tree) in found.values.iter().enumerate() {
                    let decided = self.decided;
                    let part = self.condition(tree);
                    if let Some(part) = &part
                        && self.decided == decided
                        && position + 1 < found.values.len()
                    {
                        self.decide_operand(tree, part);
                    }
                    // The next part is read where this one has held (`and`) or has not (`or`).
                    if let Some(part) = &part {
                        self.facts.extend(facts(part, found.op == BoolOp::And));
                    }
                    all.push(part);
                }
                self.facts.truncate(known);
                let all = all.into_iter().collect::<Option<Vec<_>>>()?;
                Some(join(found.op, all))
            }
            Expr::UnaryOp(found) if found.op == UnaryOp::Not => {
                self.condition(&found.operand).map(|inner| Condition::Not(Box::new(inner)))
            }
            Expr::Compare(found) => self.compare(found),
            Expr::Name(_) | Expr::Attribute(_) | Expr::BinOp(_) => self.flag(tree),
            Expr::Call(found) => self.call_condition(found, tree),
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

    fn call_condition(&mut self, found: &ExprCall, tree: &Expr) -> Option<Condition> {
        match &*found.func {
            Expr::Name(name) if name.id == "any" => self.quantified(found, true),
            Expr::Name(name) if name.id == "all" => self.quantified(found, false),
            Expr::Name(name) if name.id == "role" && self.place == Place::Flow => {
                self.has_role(found)
            }
            _ => self.flag(tree),
        }
    }

    /// `role(admin)`: the caller has one of these roles.
    fn has_role(&mut self, found: &ExprCall) -> Option<Condition> {
        let span = self.expression.span(found);
        let roles = self.roles(found, span)?;
        self.caller = true;
        let role = self.context.account_role?;
        let own = Operand::Attribute(RowPath::own(), Column::Attribute(role));
        let nullable =
            self.context.draft(self.context.account?).entity.attributes[role.index()].nullable;
        let all = &self.context.roles;
        // Whoever has one of all roles is let through: that is no slip.
        if roles.len() < all.len() {
            let values = Values::members(all.values().map(|role| &role.name.value));
            self.known.push(Known { operand: own.clone(), values, nullable });
        }
        let values = roles.into_iter().map(|id| {
            let name = self.context.roles[id.index()].name.value.clone();
            Operand::Literal(Literal::Text(name), AttributeType::Role)
        });
        Some(Condition::In(own, values.collect(), true))
    }

    fn flag(&mut self, tree: &Expr) -> Option<Condition> {
        let found = self.operand(tree)?;
        if found.ty == AttributeType::Bool && !found.list {
            let known = self.is_lenient(&found) || self.tested(&found);
            return known.then_some(Condition::Flag(found.operand));
        }
        let help = format!("compare it: `{} == …`", found.name);
        self.refuse(found.span, format!("`{}` is no `bool`", found.name), help);
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
                let found = self.comparable(left, comparison)?;
                let value = self.value(&found, &raw)?;
                Some(Condition::Compare(found.operand, comparison, value))
            }
            (Some(raw), None) => {
                let found = self.comparable(right, comparison)?;
                let value = self.value(&found, &raw)?;
                Some(Condition::Compare(value, comparison, found.operand))
            }
            (None, None) => self.two_operands(left, comparison, right),
        }
    }

    fn two_operands(&mut self, left: &Expr, op: Comparison, right: &Expr) -> Option<Condition> {
        let (first, second) = match (self.row(left), self.row(right)) {
            (Some(one), Some(other)) => return self.same(left, &one, op, &other),
            // Where the other side is a slip, nothing is wrong with the row.
            (Some(_), None) => {
                let second = self.comparable(right, op)?;
                (self.comparable(left, op)?, second)
            }
            (None, Some(_)) => (self.comparable(left, op)?, self.comparable(right, op)?),
            (None, None) => {
                let (first, second) = (self.comparable(left, op), self.comparable(right, op));
                (first?, second?)
            }
        };
        if class(&first.ty) != class(&second.ty) {
            let message = format!("`{}` and `{}` are of different types", first.name, second.name);
            self.refuse(second.span, message, "compare values of one type");
            return None;
        }
        Some(Condition::Compare(first.operand, op, second.operand))
    }

    /// Whether two paths lead to one row.
    fn same(&mut self, left: &Expr, one: &Row, op: Comparison, other: &Row) -> Option<Condition> {
        let span = self.expression.span(left);
        if !matches!(op, Comparison::Equal | Comparison::NotEqual) {
            self.refuse(span, "rows have no order", "compare them by `==` or `!=`");
            return None;
        }
        if one.entity != other.entity {
            let name = |row: &Row| self.context.draft(row.entity).entity.name.value.clone();
            let message = format!("this is a `{}`, that is a `{}`", name(one), name(other));
            self.refuse(span, message, "compare rows of one entity");
            return None;
        }
        if one.path == other.path {
            self.refuse(span, "this is the same for every row", "leave it out");
            return None;
        }
        let near = |row: &Row| row.path.steps.len() <= 1;
        let far = matches!(self.place, Place::Access | Place::Flow);
        if !far && (!near(one) || !near(other)) {
            self.later_at(span, "comparisons of rows behind several relationships");
            return None;
        }
        // In a rule of access what leads nowhere is nobody, as at the end of a path to the caller.
        if self.place != Place::Access {
            self.present(one)?;
            self.present(other)?;
        }
        let equal = op == Comparison::Equal;
        Some(Condition::Same(one.path.clone(), other.path.clone(), equal))
    }

    /// An operand that can be compared so.
    fn comparable(&mut self, tree: &Expr, op: Comparison) -> Option<Typed> {
        let found = self.operand(tree)?;
        let can = types::abilities(&found.ty);
        let equality = matches!(op, Comparison::Equal | Comparison::NotEqual);
        // Flows compare loaded values, whose order is one and the same everywhere.
        let ordered = can.order || (self.place == Place::Flow && can.sort);
        if found.list || !(if equality { can.equal } else { ordered }) {
            let name = &found.name;
            let (message, help) = if can.equal && !found.list {
                (format!("`{name}` has no order"), "compare it by `==`, `!=` or `in`")
            } else {
                (format!("`{name}` can't be compared"), "test it by `is None`, or leave it out")
            };
            self.refuse(found.span, message, help);
            return None;
        }
        if !self.is_lenient(&found) && !self.tested(&found) {
            return None;
        }
        Some(found)
    }

    /// Whether a value may be compared that may be null, without a test: one of the row itself, where
    /// one condition is asked on one side alone.
    fn is_lenient(&self, found: &Typed) -> bool {
        let own = matches!(&found.operand, Operand::Attribute(path, _) if path.is_own());
        self.place == Place::Row || (self.place == Place::Access && own)
    }

    fn is_none(&mut self, left: &Expr, positive: bool, right: &Expr) -> Option<Condition> {
        let span = self.expression.span(right);
        if !matches!(right, Expr::NoneLiteral(_)) {
            self.refuse(span, "`is` is for `None` only", "write `==` or `!=`");
            return None;
        }
        let (name, nullable, condition, declared) = match self.target_of(left) {
            Some(Target::Row(row)) => {
                if row.path.steps.len() > 1 || row.path.variable > 0 {
                    self.related(row.span)?;
                }
                if self.facts.contains(&Fact::Row(row.path.clone())) {
                    let message = format!("`{}` is there: it was tested before", row.name);
                    self.refuse(row.span, message, "leave the test out");
                    return None;
                }
                let condition = Condition::Missing(row.path, positive);
                (row.name, row.optional, condition, true)
            }
            Some(_) | None => {
                let found = self.operand(left)?;
                let declared = found.declared;
                let test = Condition::IsNull(found.operand, positive);
                (found.name, found.declared_nullable, test, declared)
            }
        };
        if nullable {
            return Some(condition);
        }
        let help = if declared {
            "leave the test out, or add `?` to the type"
        } else {
            "leave the test out"
        };
        let span = self.expression.span(left);
        self.refuse(span, format!("`{name}` is never null"), help);
        None
    }

    fn is_in(&mut self, left: &Expr, positive: bool, right: &Expr) -> Option<Condition> {
        let items = match right {
            Expr::Tuple(found) => &found.elts,
            Expr::List(found) => &found.elts,
            rows => return self.among(left, positive, rows),
        };
        let found = self.comparable(left, Comparison::Equal)?;
        if items.is_empty() {
            let span = self.expression.span(right);
            self.refuse(span, "the list is empty: nothing is in it", "list at least one value");
            return None;
        }
        let mut values: Vec<Operand> = Vec::new();
        for item in items {
            let Some(raw) = literal(self.expression, item) else {
                self.later(item, "`in` with anything but a list of literals");
                continue;
            };
            values.extend(self.value(&found, &raw));
        }
        (values.len() == items.len()).then_some(Condition::In(found.operand, values, positive))
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
pub(super) fn class(ty: &AttributeType) -> (u8, u32) {
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
