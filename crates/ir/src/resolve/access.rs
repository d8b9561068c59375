//! Access rules: `public`, `authenticated`, `role(…)`, ownership, conditions on the row, and
//! and/or/not of these.

use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprCall, ExprCompare, UnaryOp};
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::Context;
use super::condition::{Place, Scope, join};
use super::expression::{Expression, path};
use super::narrow::{Fact, facts};
use super::operand::FUNCTIONS;
use crate::model::{Access, Condition, EntityId, OwnerPath, RelationshipKind, RoleId};
use crate::read::Source;
use crate::suggest::advice;

/// Reads a rule of an entity's resource.
pub(super) fn access(
    source: Source<'_>,
    entity: EntityId,
    context: &mut Context,
) -> Option<Access> {
    let expression = Expression::parse(source, &mut context.findings)?;
    let mut scope = Scope::of_access(context, entity, &expression);
    scope.access(&expression.tree).map(Access::simplified)
}

/// Reads a rule whose outcome is shown.
pub(super) fn shown(source: Source<'_>, entity: EntityId, context: &mut Context) -> Option<Access> {
    let expression = Expression::parse(source, &mut context.findings)?;
    let mut scope = Scope { shown: true, ..Scope::of_access(context, entity, &expression) };
    scope.access(&expression.tree).map(Access::simplified)
}

/// Reads a rule of an endpoint: it speaks of the caller alone.
pub(super) fn of_caller(source: Source<'_>, context: &mut Context) -> Option<Access> {
    let account = context.account.unwrap_or(EntityId(0));
    let expression = Expression::parse(source, &mut context.findings)?;
    let mut scope = Scope::new(context, account, &expression, Code::E0308, Place::Flow);
    scope.access(&expression.tree).map(Access::simplified)
}

impl Scope<'_, '_> {
    fn access(&mut self, tree: &Expr) -> Option<Access> {
        match tree {
            Expr::BoolOp(found) => {
                let known = self.facts.len();
                let mut all = Vec::new();
                for part in &found.values {
                    let part = self.access(part);
                    if let Some(part) = &part {
                        self.facts.extend(facts_of(part, found.op == BoolOp::And));
                    }
                    all.push(part);
                }
                self.facts.truncate(known);
                let all = all.into_iter().collect::<Option<Vec<_>>>()?;
                Some(match found.op {
                    BoolOp::And => Access::All(all),
                    BoolOp::Or => Access::Any(all),
                })
            }
            Expr::UnaryOp(found) if found.op == UnaryOp::Not => {
                self.access(&found.operand).map(|inner| Access::Not(Box::new(inner)))
            }
            Expr::Name(found) => match found.id.as_str() {
                "public" => Some(Access::Public),
                "authenticated" => self.signed_in(self.expression.span(found)),
                "self" | "current_user" => {
                    let span = self.expression.span(found);
                    let message = format!("`{}` alone is no rule", found.id);
                    self.refuse(
                        span,
                        message,
                        "compare it: `self == current_user`, or write `authenticated`",
                    );
                    None
                }
                name => self.name(name, tree),
            },
            Expr::Call(found) => self.call(found),
            Expr::Compare(found) => self.comparison(found),
            Expr::BooleanLiteral(_) => {
                let span = self.expression.span(tree);
                self.refuse(
                    span,
                    "a truth value is no rule",
                    "write `public`, or leave the operation out",
                );
                None
            }
            _ => self.of_row(tree),
        }
    }

    /// A condition on the row, where there is one.
    fn of_row(&mut self, tree: &Expr) -> Option<Access> {
        if self.place == Place::Flow {
            let span = self.expression.span(tree);
            self.refuse(
                span,
                "the rule of an endpoint speaks of the caller alone",
                "write `public`, `authenticated` or `role(…)`, and say the rest by a `require`",
            );
            return None;
        }
        let before = std::mem::take(&mut self.caller);
        let condition = self.condition(tree);
        let speaks_of_caller = std::mem::replace(&mut self.caller, before);
        let row = Access::Row(condition?);
        // Whoever is not signed in is no row that could be spoken of.
        Some(if speaks_of_caller { Access::All(vec![Access::Authenticated, row]) } else { row })
    }

    /// A bare name that is no keyword: a flag of the row, or a slip.
    fn name(&mut self, name: &str, tree: &Expr) -> Option<Access> {
        let of_row = self.place != Place::Flow;
        let draft = self.draft();
        let known = draft.column(name).is_some() || draft.relationships.contains_key(name);
        if known && of_row {
            return self.of_row(tree);
        }
        let span = self.expression.span(tree);
        if let Some(role) = self.context.roles.get_key_value(name).map(|(name, _)| name.clone()) {
            self.refuse(
                span,
                format!("`{role}` is a role, not a rule"),
                format!("write `role({role})`"),
            );
            return None;
        }
        let help = if of_row {
            let words = ["public", "authenticated", "self", "current_user", "role"].into_iter();
            advice(name, words.chain(draft.names()))
        } else {
            advice(name, ["public", "authenticated", "role"])
        };
        let finding =
            Diagnostic::error(Code::E0205, format!("unknown name `{name}` in an access rule"));
        self.context.report(finding.at(span, "unknown name").help(help));
        None
    }

    pub(super) fn signed_in(&mut self, span: Span) -> Option<Access> {
        if self.context.secured {
            return Some(Access::Authenticated);
        }
        self.refuse(
            span,
            "nobody can sign in: there is no `security` section",
            "declare `security: {authentication: …}`, or write `public`",
        );
        None
    }

    fn call(&mut self, found: &ExprCall) -> Option<Access> {
        let Expr::Name(function) = &*found.func else {
            self.later(found, "function calls");
            return None;
        };
        if function.id.as_str() != "role" {
            return self.unknown_call(found, function.id.as_str());
        }
        let span = self.expression.span(found);
        self.roles(found, span).map(Access::Role)
    }

    /// The roles of `role(…)`, ascending.
    pub(super) fn roles(&mut self, found: &ExprCall, span: Span) -> Option<Vec<RoleId>> {
        self.signed_in(span)?;
        if self.context.account.is_some() && self.context.account_role.is_none() {
            self.refuse(
                span,
                "no account has a role: the entity of accounts has no attribute of type `role`",
                "add one: `role: role = NAME readonly`",
            );
            return None;
        }
        if found.arguments.args.is_empty() || !found.arguments.keywords.is_empty() {
            self.refuse(span, "`role` needs the names of roles", "write `role(admin)`");
            return None;
        }
        let all: Vec<_> = found.arguments.args.iter().map(|part| self.role(part)).collect();
        let mut roles = all.into_iter().collect::<Option<Vec<RoleId>>>()?;
        roles.sort_unstable();
        roles.dedup();
        Some(roles)
    }

    fn unknown_call(&mut self, found: &ExprCall, name: &str) -> Option<Access> {
        if FUNCTIONS.contains(&name) {
            return self.of_row(&Expr::Call(found.clone()));
        }
        let span = self.expression.span(&*found.func);
        let help = advice(name, FUNCTIONS.iter().copied().chain(["role"]));
        let finding = Diagnostic::error(Code::E0205, format!("unknown function `{name}`"));
        self.context.report(finding.at(span, "no such function").help(help));
        None
    }

    fn role(&mut self, part: &Expr) -> Option<RoleId> {
        let span = self.expression.span(part);
        let name = match part {
            Expr::Name(found) => found.id.to_string(),
            Expr::StringLiteral(found) => found.value.to_str().to_owned(),
            _ => {
                self.refuse(span, "a role is a name", "write `role(admin)`");
                return None;
            }
        };
        let found = self.context.role_id(&name);
        if found.is_none() {
            let known: Vec<String> = self.context.roles.keys().cloned().collect();
            self.context.unknown("role", &name, span, &known);
        }
        found
    }

    fn comparison(&mut self, found: &ExprCompare) -> Option<Access> {
        let caller = |part: &Expr| matches!(part, Expr::Name(name) if name.id == "current_user");
        let ([op], [right]) = (&found.ops[..], &found.comparators[..]) else {
            return self.of_row(&Expr::Compare(found.clone()));
        };
        let other = match (caller(&found.left), caller(right)) {
            (true, false) => right,
            (false, true) => &*found.left,
            _ => return self.of_row(&Expr::Compare(found.clone())),
        };
        let signed_in = self.signed_in(self.expression.span(found))?;
        let positive = matches!(op, CmpOp::Eq | CmpOp::Is);
        let rule = match (op, other) {
            (CmpOp::Is | CmpOp::IsNot, Expr::NoneLiteral(_)) => {
                return Some(if positive { Access::Not(Box::new(signed_in)) } else { signed_in });
            }
            (CmpOp::Eq | CmpOp::NotEq, _) if self.place == Place::Flow => {
                return self.of_row(&Expr::Compare(found.clone()));
            }
            (CmpOp::Eq | CmpOp::NotEq, _) => self.owner(other)?,
            (CmpOp::In | CmpOp::NotIn, _) if caller(&found.left) => {
                return self.of_row(&Expr::Compare(found.clone()));
            }
            _ => {
                self.later(
                    found,
                    "comparisons of `current_user` by anything but `==`, `!=` and `in`",
                );
                return None;
            }
        };
        Some(if positive { rule } else { Access::Not(Box::new(rule)) })
    }

    /// The path from the row to an account.
    fn owner(&mut self, tree: &Expr) -> Option<Access> {
        let Some(names) = path(self.expression, tree) else {
            self.later(tree, "comparisons of `current_user` with anything but a path");
            return None;
        };
        let names = match names.as_slice() {
            [("self", _), rest @ ..] => rest,
            all => all,
        };
        let mut entity = self.entity;
        let mut steps = Vec::new();
        for (name, span) in names {
            let id = self.step(entity, name, *span)?;
            entity = self.context.draft(entity).entity.relationships[id.index()].target;
            steps.push(id);
        }
        if let Some(account) = self.context.account
            && account != entity
        {
            let (found, wanted) = (self.context.draft(entity), self.context.draft(account));
            let message = format!(
                "this is a `{}`, but `current_user` is a `{}`",
                found.entity.name.value, wanted.entity.name.value
            );
            let span = self.expression.span(tree);
            self.refuse(span, message, "name a path that ends at the account");
            return None;
        }
        Some(Access::Owner(OwnerPath { steps }))
    }

    /// Many rows are no account.
    fn each<T>(&mut self, span: Span) -> Option<T> {
        let help = "say it of them: `any(row == current_user for row in rows)`";
        self.refuse(span, "this leads to many rows: which of them is meant?", help);
        None
    }

    fn step(
        &mut self,
        entity: EntityId,
        name: &str,
        span: Span,
    ) -> Option<crate::model::RelationshipId> {
        let draft = self.context.draft(entity);
        let owner = draft.entity.name.value.clone();
        if let Some(id) = draft.relationships.get(name).copied() {
            if draft.loose.contains(&id) {
                return None;
            }
            let kind = draft.entity.relationships[id.index()].kind;
            if kind.is_to_one() {
                return Some(id);
            }
            return self.each(span);
        }
        if let Some(inverse) = draft.entity.inverses.iter().find(|it| it.name.value == name) {
            let other = &self.context.draft(inverse.entity).entity;
            let kind = other.relationships[inverse.relationship.index()].kind;
            if kind != RelationshipKind::OneToOne {
                return self.each(span);
            }
            self.later_at(span, "paths through the other end of a one-to-one relationship");
            return None;
        }
        if draft.column(name).is_some() {
            let message = format!("`{name}` is an attribute, and `current_user` is a row");
            self.refuse(span, message, "name a relationship to the account");
            return None;
        }
        let known = draft.relationships.keys().map(String::as_str);
        let help = advice(name, known);
        let finding =
            Diagnostic::error(Code::E0205, format!("`{owner}` has no relationship `{name}`"));
        self.context.report(finding.at(span, "unknown name").help(help));
        None
    }
}

/// What is not null where a rule is as said.
fn facts_of(rule: &Access, holds: bool) -> Vec<Fact> {
    match rule {
        Access::Row(condition) => facts(condition, holds),
        Access::Not(inner) => facts_of(inner, !holds),
        Access::All(parts) if holds => parts.iter().flat_map(|it| facts_of(it, true)).collect(),
        Access::Any(parts) if !holds => parts.iter().flat_map(|it| facts_of(it, false)).collect(),
        _ => Vec::new(),
    }
}

impl Access {
    /// The same rule without what says nothing: nested joins, doubled negations, and parts that
    /// another part holds already.
    #[must_use]
    pub fn simplified(self) -> Self {
        match self {
            Self::Any(parts) => any(flat(parts, |part| match part {
                Self::Any(inner) => inner,
                other => vec![other],
            })),
            Self::All(parts) => all(flat(parts, |part| match part {
                Self::All(inner) => inner,
                other => vec![other],
            })),
            Self::Not(inner) => match inner.simplified() {
                Self::Not(inner) => *inner,
                other => Self::Not(Box::new(other)),
            },
            other => other,
        }
    }

    /// Whether it holds for signed-in callers only.
    fn needs_account(&self) -> bool {
        matches!(self, Self::Authenticated | Self::Role(_) | Self::Owner(_))
    }
}

fn flat(parts: Vec<Access>, open: fn(Access) -> Vec<Access>) -> Vec<Access> {
    let all = parts.into_iter().flat_map(|part| open(part.simplified()));
    let mut unique: Vec<Access> = Vec::new();
    for part in all {
        if !unique.contains(&part) {
            unique.push(part);
        }
    }
    unique
}

fn any(mut parts: Vec<Access>) -> Access {
    if parts.contains(&Access::Public) {
        return Access::Public;
    }
    if parts.contains(&Access::Authenticated) {
        parts.retain(|part| *part == Access::Authenticated || !part.needs_account());
    }
    merge_roles(&mut parts);
    merge_rows(&mut parts, BoolOp::Or);
    if parts.len() == 1 { parts.remove(0) } else { Access::Any(parts) }
}

fn all(mut parts: Vec<Access>) -> Access {
    if parts.len() > 1 {
        parts.retain(|part| *part != Access::Public);
    }
    if parts.iter().any(|part| part.needs_account() && *part != Access::Authenticated) {
        parts.retain(|part| *part != Access::Authenticated);
    }
    merge_rows(&mut parts, BoolOp::And);
    match parts.len() {
        0 => Access::Public,
        1 => parts.remove(0),
        _ => Access::All(parts),
    }
}

/// One of several roles is one list of roles.
fn merge_roles(parts: &mut Vec<Access>) {
    let mut roles: Vec<RoleId> = Vec::new();
    let mut first = None;
    let mut index = 0;
    parts.retain(|part| {
        let Access::Role(found) = part else {
            index += 1;
            return true;
        };
        roles.extend(found);
        let keep = first.is_none();
        first.get_or_insert(index);
        index += usize::from(keep);
        keep
    });
    roles.sort_unstable();
    roles.dedup();
    if let Some(first) = first {
        parts[first] = Access::Role(roles);
    }
}

/// Several conditions on the row are one.
fn merge_rows(parts: &mut Vec<Access>, op: BoolOp) {
    let mut rows: Vec<Condition> = Vec::new();
    let mut first = None;
    let mut index = 0;
    parts.retain(|part| {
        let Access::Row(found) = part else {
            index += 1;
            return true;
        };
        rows.push(found.clone());
        let keep = first.is_none();
        first.get_or_insert(index);
        index += usize::from(keep);
        keep
    });
    if let Some(first) = first {
        parts[first] = Access::Row(join(op, rows));
    }
}
