//! Who calls, and which rows must exist, so that a rule allows or refuses an operation.

use serde_json::Value;
use stratapi_plan::{
    AccessPlan, Comparison, ConditionPlan, EntityPlan, FieldPlan, FieldSource, Gate, OperandPlan,
    Plan, Predicate, Presence, PyIdent, PythonDefault, Step, ValueKind, ValueType,
};

use super::super::factories::says_checked;
use super::around::{self, Around};
use super::stage::stored;
use crate::python::Expr;
use crate::python::build::{boolean, name, none};
use crate::types;

/// What must hold for a rule to allow an operation.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::emit) struct Scene<'a> {
    /// Somebody is signed in.
    pub signed_in: bool,
    /// They have this role.
    pub role: Option<usize>,
    /// The row is their account.
    pub is_self: bool,
    /// The account at the end of this path is theirs.
    pub owner: Option<&'a [Step]>,
    /// The row has these values.
    pub values: Vec<(PyIdent, Expr)>,
    /// Other rows stand around it, by the path that leads to them.
    pub around: Vec<Around<'a>>,
}

/// `scene` made such that all rules allow, if that is possible. Role rules come first: they need no rows.
pub(in crate::emit) fn allowed<'a>(
    plan: &Plan,
    entity: &EntityPlan,
    mut scene: Scene<'a>,
    rules: &[&'a AccessPlan],
) -> Option<Scene<'a>> {
    for rule in rules {
        match &rule.gate {
            Gate::Public => {}
            Gate::Authenticated => scene.signed_in = true,
            Gate::Roles(allowed) => scene = with_role(scene, allowed)?,
        }
    }
    for rule in rules {
        if let Some(row) = &rule.row {
            scene = satisfied(plan, entity, scene, row)?;
        }
    }
    Some(scene)
}

fn with_role<'a>(mut scene: Scene<'a>, roles: &[usize]) -> Option<Scene<'a>> {
    match scene.role {
        Some(role) if roles.contains(&role) => {}
        Some(_) => return None,
        None => scene.role = Some(*roles.last()?),
    }
    scene.signed_in = true;
    Some(scene)
}

/// The scene with a caller and a row for which a rule holds, if that is possible.
pub(in crate::emit) fn satisfied<'a>(
    plan: &Plan,
    entity: &EntityPlan,
    mut scene: Scene<'a>,
    rule: &'a Predicate,
) -> Option<Scene<'a>> {
    match rule {
        Predicate::True => Some(scene),
        Predicate::SignedIn => {
            scene.signed_in = true;
            Some(scene)
        }
        Predicate::Role(roles) => with_role(scene, roles),
        // A row can't be made to lead to an account that is the row itself.
        Predicate::IsSelf if scene.owner.is_some() => None,
        Predicate::Owner(_) if scene.is_self => None,
        Predicate::IsSelf => {
            scene.signed_in = true;
            scene.is_self = true;
            Some(scene)
        }
        Predicate::Owner(steps) => {
            if scene.owner.is_some_and(|owner| owner != steps.as_slice()) {
                return None;
            }
            scene.signed_in = true;
            scene.owner = Some(steps);
            Some(scene)
        }
        Predicate::Row(condition) => fulfilling(plan, entity, scene, condition),
        Predicate::All(rules) => {
            rules.iter().try_fold(scene, |scene, rule| satisfied(plan, entity, scene, rule))
        }
        Predicate::Any(rules) => {
            rules.iter().find_map(|rule| satisfied(plan, entity, scene.clone(), rule))
        }
        Predicate::False | Predicate::Not(_) => None,
    }
}

/// The scene with a row that fulfils a condition, where that is simple.
fn fulfilling<'a>(
    plan: &Plan,
    entity: &EntityPlan,
    mut scene: Scene<'a>,
    condition: &'a ConditionPlan,
) -> Option<Scene<'a>> {
    if let Some(values) = values(plan, entity, condition) {
        if !values.iter().all(|(attribute, value)| may_have(plan, entity, attribute, value)) {
            return None;
        }
        for (attribute, value) in values {
            say(&mut scene.values, attribute, value)?;
        }
        return Some(scene);
    }
    if let Some((attribute, value)) = as_the_caller(entity, condition) {
        scene.signed_in = true;
        say(&mut scene.values, attribute, value)?;
        return Some(scene);
    }
    match condition {
        ConditionPlan::All(parts) => {
            return parts.iter().try_fold(scene, |scene, it| fulfilling(plan, entity, scene, it));
        }
        ConditionPlan::Any(parts) => {
            return parts.iter().find_map(|it| fulfilling(plan, entity, scene.clone(), it));
        }
        _ => {}
    }
    let found = around::of_condition(plan, condition)?;
    scene.signed_in |= condition.speaks_of_caller();
    let Some(known) = scene.around.iter_mut().find(|known| known.path == found.path) else {
        scene.around.push(found);
        return Some(scene);
    };
    for (attribute, value) in found.values {
        say(&mut known.values, attribute, value)?;
    }
    // Several rules may ask for the same.
    for member in found.members {
        if !known.members.contains(&member) {
            known.members.push(member);
        }
    }
    Some(scene)
}

/// Whether a row may have a value: of what checks speak of, the rows of the tests have samples that
/// fulfil them together.
fn may_have(plan: &Plan, entity: &EntityPlan, attribute: &PyIdent, value: &Expr) -> bool {
    let mut checked = entity.fields.iter().filter(|field| field.checked);
    checked
        .find(|field| field.attribute == *attribute)
        .is_none_or(|field| stored(plan, field, &field.sample.value) == *value)
}

/// The caller's own value, where a row fulfils a condition by having it too.
fn as_the_caller(entity: &EntityPlan, condition: &ConditionPlan) -> Option<(PyIdent, Expr)> {
    let ConditionPlan::Compare(left, comparison, right) = condition else { return None };
    let ((OperandPlan::Attribute(own, _), OperandPlan::Related(caller))
    | (OperandPlan::Related(caller), OperandPlan::Attribute(own, _))) = (left, right)
    else {
        return None;
    };
    let equal = matches!(
        comparison,
        Comparison::Equal | Comparison::LessOrEqual | Comparison::GreaterOrEqual
    );
    let mut fields = entity.fields.iter().filter(|it| it.source == FieldSource::Attribute);
    let field = fields.find(|field| field.attribute == *own)?;
    let same = field.ty.kind == caller.ty.kind && caller.variable == 1 && caller.steps.is_empty();
    (equal && same).then(|| (own.clone(), name("caller").attr(&caller.attribute)))
}

/// Adds a value, unless another one is said already.
fn say(known: &mut Vec<(PyIdent, Expr)>, attribute: PyIdent, value: Expr) -> Option<()> {
    match known.iter().find(|(other, _)| *other == attribute) {
        None => known.push((attribute, value)),
        Some((_, other)) if *other == value => {}
        Some(_) => return None,
    }
    Some(())
}

/// Values of a row that fulfils a condition, where that is simple.
fn values(
    plan: &Plan,
    entity: &EntityPlan,
    condition: &ConditionPlan,
) -> Option<Vec<(PyIdent, Expr)>> {
    let known = |attribute: &PyIdent, value: &Expr| {
        let own = |field: &FieldPlan| field.source == FieldSource::Attribute;
        // Nobody sees a row that a soft delete has hidden.
        let hides = entity.soft_delete && *value != boolean(true);
        entity.fields.iter().any(|field| field.attribute == *attribute && own(field))
            || (entity.is_active && attribute.as_str() == "is_active" && !hides)
    };
    match condition {
        ConditionPlan::All(parts) => {
            let parts: Option<Vec<_>> =
                parts.iter().map(|part| values(plan, entity, part)).collect();
            Some(parts?.concat())
        }
        ConditionPlan::Any(parts) => parts.iter().find_map(|part| values(plan, entity, part)),
        other => match fixed(plan, other)? {
            (OperandPlan::Attribute(attribute, _), value) if known(attribute, &value) => {
                Some(vec![(attribute.clone(), value)])
            }
            _ => None,
        },
    }
}

/// What a condition speaks of, and a value of it for which it holds.
pub(super) fn fixed<'c>(
    plan: &Plan,
    condition: &'c ConditionPlan,
) -> Option<(&'c OperandPlan, Expr)> {
    let literal = |value: &OperandPlan| match value {
        OperandPlan::Literal(ty, text) => Some(types::literal(plan, ty, text)),
        _ => None,
    };
    match condition {
        ConditionPlan::Compare(operand, Comparison::Equal, value) => {
            Some((operand, literal(value)?))
        }
        ConditionPlan::In(operand, items, true) => Some((operand, literal(items.first()?)?)),
        ConditionPlan::IsNull(operand, true) => Some((operand, none())),
        ConditionPlan::Flag(operand) => Some((operand, boolean(true))),
        _ => None,
    }
}

/// A caller who owns nothing.
#[derive(Debug, Clone, Copy)]
pub(in crate::emit) struct Stranger {
    /// They are signed in.
    pub signed_in: bool,
    /// Their role.
    pub role: Option<usize>,
}

/// The account that a factory makes by default.
pub(in crate::emit) fn newcomer(plan: &Plan) -> Stranger {
    let role = plan.app.auth.as_ref().and_then(|auth| {
        let field = &plan.entities[auth.user].fields[auth.role?];
        match &field.model_default {
            Some(PythonDefault::Literal(index)) => index.parse().ok(),
            _ => None,
        }
    });
    Stranger { signed_in: true, role }
}

/// A caller in a scene, as rules about attributes see them.
#[derive(Debug, Clone, Copy)]
pub(in crate::emit) struct Who<'a> {
    /// Signed in or not, and with which role.
    pub caller: Stranger,
    /// The row is their account.
    pub is_self: bool,
    /// The account at the end of this path is theirs.
    pub owner: Option<&'a [Step]>,
}

impl<'a> Who<'a> {
    /// Whoever calls in a scene.
    pub(super) fn of(plan: &Plan, scene: &Scene<'a>) -> Self {
        let role = scene.role.or_else(|| newcomer(plan).role).filter(|_| scene.signed_in);
        let caller = Stranger { signed_in: scene.signed_in, role };
        Self { caller, is_self: scene.is_self, owner: scene.owner }
    }

    /// Somebody with their own account, which a factory made.
    pub(in crate::emit) fn themself(plan: &Plan) -> Self {
        Self { caller: newcomer(plan), is_self: true, owner: None }
    }

    /// Whether a rule holds for them and a row that a factory made, which was told the attributes that
    /// `told` knows; if that is known.
    pub(in crate::emit) fn fulfils(
        self,
        plan: &Plan,
        entity: &EntityPlan,
        rule: &Predicate,
        told: &dyn Fn(&PyIdent) -> bool,
    ) -> Option<bool> {
        let each = |rule: &Predicate| self.fulfils(plan, entity, rule, told);
        match rule {
            Predicate::IsSelf => Some(self.is_self),
            Predicate::Row(condition) => {
                let mut unsure = self.is_self;
                condition.attributes(&mut |attribute| unsure |= told(attribute));
                (!unsure).then(|| fulfilled(plan, entity, condition, Row::Stored)).flatten()
            }
            Predicate::All(rules) => all(rules.iter().map(each)),
            Predicate::Any(rules) => any(rules.iter().map(each)),
            Predicate::Not(rule) => each(rule).map(|it| !it),
            other => holds_for_owner(plan, entity, Some(other), self.caller, self.owner),
        }
    }
}

/// What the gate says.
pub(in crate::emit) fn passes(gate: &Gate, caller: Stranger) -> bool {
    match gate {
        Gate::Public => true,
        Gate::Authenticated => caller.signed_in,
        Gate::Roles(roles) => caller.role.is_some_and(|role| roles.contains(&role)),
    }
}

/// Whether the rule about the row holds for a row of somebody else that a factory made, if that
/// is known.
pub(in crate::emit) fn holds(
    plan: &Plan,
    entity: &EntityPlan,
    rule: Option<&Predicate>,
    caller: Stranger,
) -> Option<bool> {
    holds_for_owner(plan, entity, rule, caller, None)
}

/// The same for a row that is the caller's by one path.
pub(in crate::emit) fn holds_for_owner(
    plan: &Plan,
    entity: &EntityPlan,
    rule: Option<&Predicate>,
    caller: Stranger,
    path: Option<&[Step]>,
) -> Option<bool> {
    let Some(rule) = rule else { return Some(true) };
    let each = |rule: &Predicate| holds_for_owner(plan, entity, Some(rule), caller, path);
    match rule {
        Predicate::True => Some(true),
        Predicate::False | Predicate::IsSelf => Some(false),
        Predicate::Owner(steps) => Some(path == Some(steps.as_slice())),
        Predicate::SignedIn => Some(caller.signed_in),
        Predicate::Role(roles) => Some(caller.role.is_some_and(|role| roles.contains(&role))),
        Predicate::Row(condition) => fulfilled(plan, entity, condition, Row::Stored),
        Predicate::All(rules) => all(rules.iter().map(each)),
        Predicate::Any(rules) => any(rules.iter().map(each)),
        Predicate::Not(rule) => each(rule).map(|it| !it),
    }
}

/// True if all are, false if one is not.
fn all(mut parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    parts
        .try_fold(Some(true), |sum, part| match part {
            Some(false) => Err(Some(false)),
            Some(true) => Ok(sum),
            None => Ok(None),
        })
        .unwrap_or_else(|found| found)
}

/// True if one is, false if none is.
fn any(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    all(parts.map(|part| part.map(|it| !it))).map(|none| !none)
}

/// Where a row of the tests comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// A factory has stored it.
    Stored,
    /// A request has created it.
    Created,
}

/// What a row of the tests has where nothing is said about it, if it is a truth value or a member
/// of an enum.
fn usual(plan: &Plan, field: &FieldPlan, row: Row) -> Option<Value> {
    let sent = row == Row::Created && field.create != Presence::Absent;
    if sent || says_checked(field) {
        return Some(field.sample.value.clone());
    }
    match &field.model_default {
        Some(PythonDefault::Literal(text)) => literal(plan, &field.ty, text),
        _ => None,
    }
}

/// A truth value or a member of an enum, as it stands in JSON.
fn literal(plan: &Plan, ty: &ValueType, text: &str) -> Option<Value> {
    match ty.kind {
        ValueKind::Bool => Some(Value::Bool(text == "true")),
        ValueKind::Enum(index) => {
            let member = plan.enums[index].members.get(text.parse::<usize>().ok()?)?;
            Some(Value::String(member.value.clone()))
        }
        _ => None,
    }
}

/// Conditions that the usual values of a row decide.
fn fulfilled(
    plan: &Plan,
    entity: &EntityPlan,
    condition: &ConditionPlan,
    row: Row,
) -> Option<bool> {
    let value = |attribute: &PyIdent| {
        if entity.is_active && attribute.as_str() == "is_active" {
            return Some(Value::Bool(true));
        }
        let field = entity.fields.iter().find(|field| field.attribute == *attribute)?;
        usual(plan, field, row)
    };
    let each = |condition| fulfilled(plan, entity, condition, row);
    match condition {
        ConditionPlan::Compare(
            OperandPlan::Attribute(attribute, _),
            Comparison::Equal,
            OperandPlan::Literal(ty, text),
        ) => {
            let wanted = literal(plan, ty, text)?;
            value(attribute).map(|found| found == wanted)
        }
        ConditionPlan::Flag(OperandPlan::Attribute(attribute, _)) => {
            value(attribute).map(|found| found == Value::Bool(true))
        }
        ConditionPlan::Flag(OperandPlan::Related(related)) => {
            let [step] = related.steps.as_slice() else { return None };
            let reference = entity.references.get(step.reference).filter(|_| !step.nullable)?;
            let target = (related.variable == 0).then(|| &plan.entities[reference.target])?;
            let mut fields = target.fields.iter();
            let field = fields.find(|field| field.attribute == related.attribute)?;
            usual(plan, field, Row::Stored).map(|found| found == Value::Bool(true))
        }
        // Factories make no rows around the one that they are asked for.
        ConditionPlan::Quantified(some, ..) => Some(!some),
        ConditionPlan::All(parts) => all(parts.iter().map(each)),
        ConditionPlan::Any(parts) => any(parts.iter().map(each)),
        ConditionPlan::Not(inner) => each(inner).map(|it| !it),
        _ => None,
    }
}

/// Whether a new row fulfils a condition: what stands behind its references is made for it.
fn holds_when_created(plan: &Plan, entity: &EntityPlan, condition: &ConditionPlan) -> bool {
    match condition {
        ConditionPlan::All(parts) => {
            parts.iter().all(|part| holds_when_created(plan, entity, part))
        }
        other if other.speaks_of_others() => {
            around::of_condition(plan, other).is_some_and(|around| !around.path.is_empty())
        }
        other => fulfilled(plan, entity, other, Row::Created) == Some(true),
    }
}

/// Whether a new row fulfils the conditions of a rule by what a request says of it.
pub(in crate::emit) fn fulfilled_when_created(
    plan: &Plan,
    entity: &EntityPlan,
    rule: Option<&Predicate>,
) -> bool {
    match rule {
        Some(Predicate::Row(condition)) => holds_when_created(plan, entity, condition),
        Some(Predicate::All(rules) | Predicate::Any(rules)) => {
            rules.iter().all(|rule| fulfilled_when_created(plan, entity, Some(rule)))
        }
        _ => true,
    }
}
