//! What attributes and inputs are given: `set`, `create` and `call`.

use indexmap::IndexMap;
use ruff_python_ast::Expr;
use stratapi_diagnostics::{Code, Diagnostic, Span};

use super::step::bare;
use super::walk::Walk;
use super::{not_yet, wrong};
use crate::model::{
    Action, Argument, AttributeId, AttributeType, Call, Change, ChangedMember, Column, Creation,
    DefaultValue, EntityId, FlowId, FlowValue, InputKind, Literal, Operand, Reference,
    RelationshipId, RowPath,
};
use crate::read::Source;
use crate::resolve::condition::{Scope, class};
use crate::resolve::expression::literal;
use crate::resolve::literal::literal as typed;
use crate::shorthand::{Raw, RawValue};
use crate::syntax::{Entry, Node, Value};

/// What is given a value.
pub(super) struct Target {
    pub(super) name: String,
    pub(super) ty: AttributeType,
    pub(super) list: bool,
    pub(super) nullable: bool,
}

impl Walk<'_, '_> {
    /// `set: {item.product.stock: item.product.stock - item.quantity}`
    pub(super) fn set(&mut self, entry: &Entry) -> Option<Action> {
        let entries = entry.value.entries();
        let mut changes = Vec::new();
        for entry in entries {
            let change = self.change(entry);
            if let Some(Change { member: ChangedMember::Relationship(..), .. }) = &change {
                self.forget();
            }
            changes.push(change);
        }
        for change in changes.iter().flatten() {
            if let ChangedMember::Attribute(id, _) = &change.member {
                self.forget_column(&change.row, Column::Attribute(*id));
            }
        }
        if changes.is_empty() {
            wrong(entry.key.span, "nothing is set", "name an attribute", self.context);
            return None;
        }
        changes.into_iter().collect::<Option<Vec<_>>>().map(Action::Set)
    }

    /// `item.product.stock`, and what it is set to.
    fn change(&mut self, entry: &Entry) -> Option<Change> {
        let key = Source::key(&entry.key);
        let Some((row, name)) = key.text.rsplit_once('.') else {
            let help = "write such as `order.total`";
            wrong(key.span, "this is no attribute of a row", help, self.context);
            return None;
        };
        let row = self.row(key.between(0, row.len()))?;
        let name = key.suffix(key.text.len() - name.len());
        let draft = self.context.draft(row.entity);
        let member = match draft.relationships.get(name.text).copied() {
            Some(id) => {
                self.movable(row.entity, id, name)?;
                let reference = self.reference(row.entity, id, name, &entry.value)?;
                ChangedMember::Relationship(id, reference)
            }
            None => {
                let id = self.changeable(row.entity, name)?;
                let target = self.attribute(row.entity, id);
                ChangedMember::Attribute(id, self.value(&entry.value, &target)?)
            }
        };
        Some(Change { row: row.path, entity: row.entity, member })
    }

    /// An attribute that a flow may set.
    fn changeable(&mut self, entity: EntityId, name: Source<'_>) -> Option<AttributeId> {
        let id = self.writable(entity, name)?;
        let flags = self.context.draft(entity).entity.attributes[id.index()].flags;
        self.may_change(flags.primary, flags.immutable, name).then_some(id)
    }

    /// Whether a flow may say where a relationship leads; else that is reported.
    fn movable(&mut self, entity: EntityId, id: RelationshipId, name: Source<'_>) -> Option<()> {
        let draft = self.context.draft(entity);
        if draft.loose.contains(&id) {
            return None;
        }
        let found = &draft.entity.relationships[id.index()];
        let (primary, immutable) = (found.primary, found.immutable);
        self.may_change(primary, immutable, name).then_some(())
    }

    fn may_change(&mut self, primary: bool, immutable: bool, name: Source<'_>) -> bool {
        let problem = if primary {
            "it is part of the key, which never changes"
        } else if immutable {
            "it never changes"
        } else {
            return true;
        };
        let message = format!("a flow can't set `{}`: {problem}", name.text);
        wrong(name.span, message, "leave it out", self.context);
        false
    }

    /// An attribute that a flow may write.
    fn writable(&mut self, entity: EntityId, name: Source<'_>) -> Option<AttributeId> {
        let draft = self.context.draft(entity);
        let computed = || draft.computed(name.text).map(Column::Computed);
        let id = match draft.column(name.text).or_else(computed) {
            Some(column) if draft.is_broken(column) => return None,
            Some(Column::Attribute(id)) => id,
            Some(Column::Base(_) | Column::Computed(_)) => {
                let message = format!("the server keeps `{}` by itself", name.text);
                wrong(name.span, message, "leave it out", self.context);
                return None;
            }
            None => {
                let what = format!("member of `{}`", draft.entity.name.value);
                let names = draft.attributes.keys().chain(draft.relationships.keys());
                let known: Vec<String> = names.cloned().collect();
                self.context.unknown(&what, name.text, name.span, &known);
                return None;
            }
        };
        let held = |machine: &&crate::model::StateMachine| {
            machine.entity == entity && machine.attribute == id
        };
        let attribute = &draft.entity.attributes[id.index()];
        let place = attribute.span;
        if self.machines.iter().any(|machine| held(&machine)) {
            let message = format!("`{}` is a state, which only transitions change", name.text);
            let finding = Diagnostic::error(Code::E0318, message).at(name.span, "");
            let finding = finding.also(place, "declared here");
            self.context.report(finding.help("write a step `transition`, or leave it out"));
            return None;
        }
        if let Some(what) = unwritable(&attribute.ty) {
            let what = format!("{what} that a flow writes");
            not_yet(name.span, &what, "leave it out until a later version", self.context);
            return None;
        }
        Some(id)
    }

    fn attribute(&self, entity: EntityId, id: AttributeId) -> Target {
        let found = &self.context.draft(entity).entity.attributes[id.index()];
        let (name, ty) = (found.name.value.clone(), found.ty.clone());
        Target { name, ty, list: found.list, nullable: found.nullable }
    }

    /// A value that fits.
    pub(super) fn value(&mut self, node: &Node, target: &Target) -> Option<FlowValue> {
        let Some(source) = node.source() else {
            return self.constant(target, &Raw::of(node));
        };
        let raw = self.read(source, |scope, tree| {
            if let Some(raw) = literal(scope.expression, tree) {
                return Some(Ok(raw));
            }
            // A bare member of an enum is no name of the flow.
            let word = matches!(target.ty, AttributeType::Enum(_) | AttributeType::Role);
            if let Some(name) = bare(scope, tree).filter(|name| word && !scope.knows(name)) {
                let span = scope.expression.span(tree);
                return Some(Ok(Raw { span, value: RawValue::Word(name.to_owned()) }));
            }
            computed(scope, tree, target).map(Err)
        })?;
        match raw {
            Ok(raw) => self.constant(target, &raw),
            Err(value) => Some(value),
        }
    }

    /// A literal that fits.
    fn constant(&mut self, target: &Target, raw: &Raw) -> Option<FlowValue> {
        let name = &target.name;
        if matches!(raw.value, RawValue::Null) {
            if target.nullable {
                return Some(FlowValue::Null);
            }
            let message = format!("`{name}` is given null, but it may not be null");
            wrong(raw.span, message, "give it another value", self.context);
            return None;
        }
        if target.list || matches!(target.ty, AttributeType::Json) {
            let what = "literals of lists and of JSON in flows";
            not_yet(raw.span, what, "name a value of the flow", self.context);
            return None;
        }
        match typed(&target.ty, false, raw, self.context) {
            Ok(found) => {
                let ty = target.ty.clone();
                Some(FlowValue::Value(Operand::Literal(found, ty)))
            }
            Err(problem) => {
                let message = format!("what `{name}` is given does not fit: {}", problem.message);
                let help = problem.help.unwrap_or_else(|| "write a value of its type".to_owned());
                wrong(problem.span, message, help, self.context);
                None
            }
        }
    }

    /// `create: Order`
    pub(super) fn create(&mut self, node: &Node, word: Span) -> Option<Action> {
        let source = node.text("create")?;
        let entity = self.context.find_entity(source.text, source.span);
        let Some(entity) = entity else {
            self.bind_lost(node.text("as"));
            return None;
        };
        let given = node.get("with").map_or(&[][..], Node::entries);
        let mut values: IndexMap<AttributeId, Option<FlowValue>> = IndexMap::new();
        let mut references: IndexMap<RelationshipId, Option<Reference>> = IndexMap::new();
        let mut good = true;
        for entry in given {
            let name = Source::key(&entry.key);
            if let Some(id) = self.context.draft(entity).relationships.get(name.text).copied() {
                let found = self.reference(entity, id, name, &entry.value);
                good &= found.is_some();
                references.insert(id, found);
                continue;
            }
            let Some(id) = self.writable(entity, name) else {
                good = false;
                continue;
            };
            let target = self.attribute(entity, id);
            let found = self.value(&entry.value, &target);
            good &= found.is_some();
            values.insert(id, found);
        }
        good &= self.complete(entity, word, &values, &references);
        // Others may be found again by what was made.
        let name = node.text("as");
        let bound = match name {
            Some(name) => self.bind_row(name, entity).is_some(),
            None => true,
        };
        if !good || !bound {
            return None;
        }
        let mut values: Vec<_> =
            values.into_iter().filter_map(|(id, value)| Some((id, value?))).collect();
        let mut references: Vec<_> =
            references.into_iter().filter_map(|(id, row)| Some((id, row?))).collect();
        values.sort_by_key(|(id, _)| *id);
        references.sort_by_key(|(id, _)| *id);
        let name = name.map(|name| name.text.to_owned());
        Some(Action::Create(Creation { entity, values, references, name }))
    }

    /// The row that a new one refers to.
    fn reference(
        &mut self,
        entity: EntityId,
        id: RelationshipId,
        name: Source<'_>,
        node: &Node,
    ) -> Option<Reference> {
        let draft = self.context.draft(entity);
        if draft.loose.contains(&id) {
            return None;
        }
        let found = &draft.entity.relationships[id.index()];
        let (target, nullable) = (found.target, found.nullable);
        if !found.kind.is_to_one() {
            let help = "leave it out until a later version";
            not_yet(name.span, "many-to-many rows that a flow links", help, self.context);
            return None;
        }
        if matches!(node.value, Value::Null) && nullable {
            return Some(Reference::Nowhere);
        }
        let Some(source) = node.source() else {
            let message = format!("`{}` leads to a row", name.text);
            wrong(node.span, message, "name a row of the flow", self.context);
            return None;
        };
        self.row_of(target, source).map(Reference::Row)
    }

    /// A path to a row of an entity.
    fn row_of(&mut self, entity: EntityId, source: Source<'_>) -> Option<RowPath> {
        let row = self.row(source)?;
        if row.entity == entity {
            return Some(row.path);
        }
        let name = |id: EntityId| &self.context.draft(id).entity.name.value;
        let message = format!("this is a `{}`, not a `{}`", name(row.entity), name(entity));
        let help = format!("name a `{}`", name(entity));
        wrong(source.span, message, help, self.context);
        None
    }

    /// Whether everything is given that a row needs; else that is reported.
    fn complete(
        &mut self,
        entity: EntityId,
        word: Span,
        values: &IndexMap<AttributeId, Option<FlowValue>>,
        references: &IndexMap<RelationshipId, Option<Reference>>,
    ) -> bool {
        let draft = self.context.draft(entity);
        let mut missing = Vec::new();
        let mut later = None;
        for (position, found) in draft.entity.attributes.iter().enumerate() {
            let id = AttributeId::at(position);
            let needed = !found.nullable && found.default.is_none();
            if !needed || values.contains_key(&id) || draft.is_broken(Column::Attribute(id)) {
                continue;
            }
            match unwritable(&found.ty) {
                Some(what) => later = later.or(Some((what, found.span))),
                None => missing.push(format!("`{}`", found.name.value)),
            }
        }
        for (position, found) in draft.entity.relationships.iter().enumerate() {
            let one = found.kind.is_to_one();
            if one && !found.nullable && !references.contains_key(&RelationshipId::at(position)) {
                missing.push(format!("`{}`", found.name.value));
            }
        }
        let name = draft.entity.name.value.clone();
        if let Some((what, place)) = later {
            let message = format!(
                "rows with {what} that a flow makes belong to the language, but they are not built yet"
            );
            let finding = Diagnostic::error(Code::E0311, message)
                .at(word, "this version of the compiler can't build it")
                .also(place, "declared here");
            self.context.report(finding.help("let clients make such rows"));
            return false;
        }
        if missing.is_empty() {
            return true;
        }
        let missing = missing.join(", ");
        let message = format!("a new `{name}` needs {missing}");
        wrong(word, message, format!("give it {missing} under `with`"), self.context);
        false
    }

    /// `call: pay`
    pub(super) fn call(&mut self, node: &Node, word: Span) -> Option<Action> {
        let source = node.text("call")?;
        let heads = self.heads;
        let Some(index) = heads.iter().position(|head| head.name.value == source.text) else {
            let known: Vec<String> = heads.iter().map(|head| head.name.value.clone()).collect();
            self.context.unknown("flow", source.text, source.span, &known);
            self.bind_lost(node.text("as"));
            return None;
        };
        let head = &heads[index];
        let given = node.get("with").map_or(&[][..], Node::entries);
        let known: Vec<&str> = head.inputs.iter().map(|it| it.name.value.as_str()).collect();
        let mut good = self.only_inputs(source, given, &known);
        let mut arguments = Vec::new();
        for input in &head.inputs {
            let Some(kind) = &input.kind else { continue };
            let name = &input.name.value;
            if let Some(default) = default(kind)
                && given.iter().all(|entry| entry.key.value != *name)
            {
                arguments.push(Argument::Value(default));
                continue;
            }
            let Some(entry) = self.input(source, given, name, word) else {
                good = false;
                continue;
            };
            arguments.extend(self.given(name, kind, &entry.value));
        }
        self.forget();
        let name = node.text("as");
        let Some(known) = head.known else {
            self.bind_lost(name);
            return None;
        };
        self.caller |= known.caller;
        match (name, known.returns) {
            (Some(name), Some(entity)) => self.bind_row(name, entity)?,
            (Some(name), None) => {
                let message = format!("`{}` returns nothing", head.name.value);
                wrong(name.span, message, "leave `as` out", self.context);
                self.bind_lost(Some(name));
                return None;
            }
            (None, _) => {}
        }
        if !good || arguments.len() < head.inputs.len() {
            return None;
        }
        let name = name.map(|name| name.text.to_owned());
        Some(Action::Call(Call { flow: FlowId::at(index), arguments, name }))
    }

    /// What an input is given.
    fn given(&mut self, name: &str, kind: &InputKind, node: &Node) -> Option<Argument> {
        match kind {
            InputKind::Value(found) => {
                let (list, nullable) = (found.list, found.nullable);
                let target = Target { name: name.to_owned(), ty: found.ty.clone(), list, nullable };
                self.value(node, &target).map(Argument::Value)
            }
            InputKind::Row(entity) => {
                let Some(source) = node.source() else {
                    let message = format!("`{name}` is a row");
                    wrong(node.span, message, "name a row of the flow", self.context);
                    return None;
                };
                self.row_of(*entity, source).map(Argument::Row)
            }
        }
    }
}

/// What an input is if nothing is given.
fn default(kind: &InputKind) -> Option<FlowValue> {
    let InputKind::Value(found) = kind else { return None };
    match found.default.as_ref()? {
        DefaultValue::Literal(Literal::Null) => Some(FlowValue::Null),
        DefaultValue::Literal(literal) => {
            Some(FlowValue::Value(Operand::Literal(literal.clone(), found.ty.clone())))
        }
        _ => None,
    }
}

/// A value that is computed and fits.
fn computed(scope: &mut Scope<'_, '_>, tree: &Expr, target: &Target) -> Option<FlowValue> {
    let found = scope.operand(tree)?;
    if found.list != target.list || !fits(&target.ty, &found.ty) {
        let message = format!("`{}` is of another type than `{}`", found.name, target.name);
        scope.refuse(found.span, message, "give it a value of its type");
        return None;
    }
    if !target.nullable && !scope.tested(&found) {
        return None;
    }
    if let (crate::model::Operand::Sequence(_), Some(most), AttributeType::String { length, .. }) =
        (&found.operand, longest(&target.ty), &found.ty)
        && length.max.is_some_and(|length| length > most)
    {
        let message = format!("`{}` takes no more than {most} characters", target.name);
        scope.refuse(found.span, message, "let numbers of ten digits have room");
        return None;
    }
    Some(FlowValue::Value(found.operand))
}

/// How many characters a text may have.
fn longest(ty: &AttributeType) -> Option<u32> {
    match ty {
        AttributeType::String { length, .. } | AttributeType::Text { length } => length.max,
        _ => None,
    }
}

/// Whether values of a type can be stored where those of another are.
pub(super) fn fits(target: &AttributeType, found: &AttributeType) -> bool {
    use AttributeType::{BigInt, Bytes, Decimal, Float, Int, Json};
    match (target, found) {
        (Int(_) | BigInt(_) | Float(_), Int(_) | BigInt(_))
        | (Float(_), Float(_))
        | (Json, Json)
        | (Bytes { .. }, Bytes { .. }) => true,
        (Decimal { scale, .. }, Decimal { scale: other, .. }) => scale == other,
        (target, found) => {
            let (one, other) = (class(target), class(found));
            one == other && !matches!(one.0, 0 | 11)
        }
    }
}

/// What values of a type are called that flows can't take or write yet.
pub(super) fn unwritable(ty: &AttributeType) -> Option<&'static str> {
    match ty {
        AttributeType::Password { .. } => Some("passwords"),
        AttributeType::Slug { .. } => Some("slugs"),
        AttributeType::Value(_) => Some("value objects"),
        _ => None,
    }
}
