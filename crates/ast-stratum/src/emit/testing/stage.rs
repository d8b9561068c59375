//! The statements that set a scene: the caller, the parent, the row and what it refers to.

use serde_json::Value;
use stratapi_plan::{
    AccessPlan, EntityPlan, FieldPlan, KeyPart, ParentPlan, Plan, PyIdent, ReferencePlan,
    ResourcePlan, Set, Step, ValueKind,
};

use super::around::Around;
use super::code::address;
use super::scene::{Scene, Who, allowed, fulfilled_when_created};
use super::{clash, refers_alone};
use crate::python::build::{assign, kw, name, none, tuple};
use crate::python::{Argument, Expr, Names, Stmt, add_names};
use crate::types;

/// A resource and where its rows come from.
#[derive(Clone, Copy)]
pub(in crate::emit) struct Stage<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The entity's index in the plan.
    pub index: usize,
    /// The entity.
    pub entity: &'a EntityPlan,
    /// Its resource.
    pub resource: &'a ResourcePlan,
    /// A reference (index in `EntityPlan::references`) whose row has these values, by field, and not
    /// those that the write rules want.
    pub breach: Option<(usize, &'a [(usize, Value)])>,
}

/// A scene that is set: the statements, and the keyword that carries the caller.
pub(in crate::emit) struct Scenery<'a> {
    /// Statements that define `caller`, `headers`, `parent` and `row`, as needed.
    pub stmts: Vec<Stmt>,
    /// `headers=headers`, if somebody is signed in.
    pub headers: Vec<Argument>,
    /// Keywords for further rows that the same rules allow.
    pub row: Vec<Argument>,
    /// Whether there is room for one such row alone.
    pub single: bool,
    /// Whether rows around the row keep it from being deleted.
    pub held: bool,
    /// Who calls.
    pub who: Who<'a>,
    /// What is made once a row is there, which stands in `row`.
    pub after: Vec<Stmt>,
}

impl Scenery<'_> {
    /// Makes further rows that the same rules allow.
    pub(in crate::emit) fn another(&self, entity: &EntityPlan) -> Vec<Stmt> {
        let made = factory(&entity.one, self.row.clone());
        if self.after.is_empty() {
            return vec![made.stmt()];
        }
        self.made(made)
    }

    /// The row with what is made once it is there.
    pub(in crate::emit) fn made(&self, row: Expr) -> Vec<Stmt> {
        std::iter::once(assign("row", row)).chain(self.after.iter().cloned()).collect()
    }

    /// Takes the row out of the scenery, with what is made once it is there.
    pub(in crate::emit) fn take_row(&mut self) -> Option<Expr> {
        let start = self.stmts.len().checked_sub(1 + self.after.len())?;
        match self.stmts.drain(start..).next() {
            Some(Stmt::Assign(_, row)) => Some(row),
            _ => None,
        }
    }

    /// Whether nothing but the rows of two sceneries differs.
    pub(in crate::emit) fn is_like(&self, other: &Self) -> bool {
        self.stmts == other.stmts && self.after == other.after
    }

    /// Whether the rules ask for a value of this attribute.
    pub(in crate::emit) fn says(&self, attribute: &PyIdent) -> bool {
        self.row.iter().any(|it| matches!(it, Argument::Keyword(key, _) if key == attribute))
    }
}

impl<'a> Stage<'a> {
    /// Sets a scene in which these rules allow something to be done with `row`.
    pub(in crate::emit) fn with_row(&self, rules: &[&'a AccessPlan]) -> Option<Scenery<'a>> {
        self.with_values(rules, Vec::new())
    }

    /// The same for a row that has these values.
    pub(in crate::emit) fn with_values(
        &self,
        rules: &[&'a AccessPlan],
        values: Vec<(PyIdent, Expr)>,
    ) -> Option<Scenery<'a>> {
        self.with_scene(rules, Scene { values, ..Scene::default() })
    }

    /// The same for a scene of which something is said already.
    pub(in crate::emit) fn with_scene(
        &self,
        rules: &[&'a AccessPlan],
        scene: Scene<'a>,
    ) -> Option<Scenery<'a>> {
        if !self.entity.stageable && self.holds_rows() {
            return None;
        }
        let scene = allowed(self.plan, self.entity, scene, rules)?;
        let (mut scenery, scene) = self.set(scene, false)?;
        let row = if scene.is_self {
            name("caller")
        } else {
            factory(&self.entity.one, scenery.row.clone())
        };
        let made = scenery.made(row);
        scenery.stmts.extend(made);
        Some(scenery)
    }

    /// Sets the same scene without the row.
    pub(in crate::emit) fn without_row(&self, rules: &[&'a AccessPlan]) -> Option<Scenery<'a>> {
        let scene = allowed(self.plan, self.entity, Scene::default(), rules)?;
        if scene.is_self { None } else { Some(self.set(scene, false)?.0) }
    }

    /// Sets a scene in which these rules allow a row to be created.
    pub(in crate::emit) fn for_create(&self, rules: &[&'a AccessPlan]) -> Option<Scenery<'a>> {
        self.for_create_as(rules, Scene::default())
    }

    /// The same for a scene of which something is said already.
    pub(in crate::emit) fn for_create_as(
        &self,
        rules: &[&'a AccessPlan],
        scene: Scene<'a>,
    ) -> Option<Scenery<'a>> {
        let scene = allowed(self.plan, self.entity, scene, rules)?;
        let made = rules.iter().all(|rule| {
            scene.values.is_empty()
                || fulfilled_when_created(self.plan, self.entity, rule.row.as_ref())
        });
        // What stands around the row itself can't be there before it.
        let around = scene.around.iter().any(|around| around.path.is_empty());
        if scene.is_self || !made || around || !self.entity.stageable {
            return None;
        }
        Some(self.set(scene, true)?.0)
    }

    /// Whether write rules look at what happens to a stored row.
    fn holds_rows(&self) -> bool {
        self.entity.write_rules.iter().any(|rule| rule.when.update || rule.when.delete)
    }

    /// What a row has that the write rules want at the end of a reference.
    pub(super) fn wanted(&self, reference: usize) -> Vec<Argument> {
        let wanted = self.entity.wanted.iter().find(|wanted| wanted.reference == reference);
        let values = match self.breach {
            Some((broken, values)) if broken == reference => values,
            _ => wanted.map_or(&[][..], |wanted| &wanted.values),
        };
        let target = &self.plan.entities[self.entity.references[reference].target];
        let values = values.iter().map(|(field, value)| {
            let field = &target.fields[*field];
            kw(&field.attribute, stored(self.plan, field, value))
        });
        values.collect()
    }

    /// The caller, the parent, and the keywords of the row, or of what one is created of.
    fn set(&self, mut scene: Scene<'a>, creates: bool) -> Option<(Scenery<'a>, Scene<'a>)> {
        let held = creates || self.breach.is_some() || self.holds_rows();
        if held && self.leads_nowhere(&scene) {
            return None;
        }
        let mut parent: Vec<Stmt> = Vec::new();
        let mut row: Vec<Argument> = Vec::new();
        if let Some(nested) = &self.resource.parent {
            let mut wanted = if held { self.wanted(nested.reference) } else { Vec::new() };
            let around = scene.around.iter().find(|it| leads_through(it.path, nested));
            wanted.extend(around.iter().flat_map(|around| around.of_end(self.plan)));
            let (mut above, seen) = self.parents(nested, &scene, 0, wanted)?;
            above.extend(around.iter().flat_map(|it| it.after(self.plan, &name("parent"))));
            scene.role = seen.role;
            scene.signed_in |= seen.signed_in;
            parent.extend(above);
            row.push(kw(&self.entity.references[nested.reference].attribute, name("parent")));
        }
        if let Some(steps) = scene.owner.filter(|steps| !self.through_parent(steps)) {
            let set = self.entity.references[steps[0].reference].set;
            let becomes = set == Set::Client || (set == Set::CurrentUser && steps.len() == 1);
            if creates && (!becomes || self.has_another(steps)) {
                return None;
            }
            row.push(kw(&steps[0].attribute, owned(self.plan, &steps[1..])));
        }
        let (beside, after) = self.stand_around(&scene, creates, &mut row)?;
        if held {
            self.refer(&scene, creates, &mut row)?;
        }
        for (attribute, value) in &scene.values {
            row.push(kw(attribute, value.clone()));
        }
        if repeats(&row) {
            return None;
        }
        let (mut stmts, headers) = self.call(&scene, &row, &mut parent)?;
        stmts.extend(parent);
        stmts.extend(beside);
        let single = self.is_single(&scene, &row);
        let held = scene.around.iter().any(|around| around.holds(self.plan));
        let who = Who::of(self.plan, &scene);
        Some((Scenery { stmts, headers, row, single, held, who, after }, scene))
    }

    /// Whether a scene leads over a reference that the write rules want to be null.
    fn leads_nowhere(&self, scene: &Scene<'_>) -> bool {
        let owner = scene.owner.and_then(<[Step]>::first);
        let around = scene.around.iter().filter_map(|around| around.path.first());
        let mut first = owner.into_iter().chain(around);
        first.any(|step| self.entity.left_out.contains(&step.reference))
    }

    /// Whether a path of several steps ends at another row of the entity that is the caller's alone, as
    /// a new row would be.
    fn has_another(&self, steps: &[Step]) -> bool {
        let last = steps.last().filter(|last| steps.len() > 1 && last.entity == self.index);
        last.is_some_and(|last| {
            let reference = &self.entity.references[last.reference];
            reference.set == Set::CurrentUser && reference.unique
        })
    }

    /// Whether a second row with the same keywords would clash with the first one, or its path to the
    /// caller with that of the first one.
    fn is_single(&self, scene: &Scene<'a>, row: &[Argument]) -> bool {
        let entity = self.entity;
        let shared = row.iter().filter_map(|argument| match argument {
            Argument::Keyword(attribute, value) if !matches!(value, Expr::Await(_)) => {
                Some(attribute)
            }
            _ => None,
        });
        let columns = shared.flat_map(|attribute| {
            let fields = entity.fields.iter().filter(move |field| field.attribute == *attribute);
            let mut references = entity.references.iter();
            let reference = references.find(|it| it.attribute == *attribute);
            let keys = reference.into_iter().flat_map(|reference| &reference.columns);
            fields.map(|field| &field.column).chain(keys)
        });
        let ends = |step: &Step| {
            let entity = &self.plan.entities[step.entity];
            refers_alone(self.plan, entity, &entity.references[step.reference])
        };
        scene.is_self
            || clash(self.plan, entity, &columns.collect::<Vec<_>>())
            || scene.owner.and_then(<[Step]>::last).is_some_and(ends)
    }

    /// Makes what rules ask for around the row: what stands behind its references, and what is made once
    /// the row is there.
    fn stand_around(
        &self,
        scene: &Scene<'a>,
        creates: bool,
        row: &mut Vec<Argument>,
    ) -> Option<(Vec<Stmt>, Vec<Stmt>)> {
        let mut after = Vec::new();
        let mut beside = Vec::new();
        for around in scene.around.iter().filter(|it| !self.through_parent(it.path)) {
            let Some(step) = around.path.first() else {
                row.extend(around.of_end(self.plan));
                after.extend(around.after(self.plan, &name("row")));
                continue;
            };
            let reference = &self.entity.references[step.reference];
            let owned = scene.owner.is_some_and(|steps| steps[0].reference == step.reference);
            if owned || scene.is_self || reference.set != Set::Client {
                return None;
            }
            if !creates {
                let related = row_name(&reference.word);
                beside.extend(self.beside(around, reference, &related));
                row.push(kw(&reference.attribute, name(&related)));
            }
        }
        Some((beside, after))
    }

    /// Makes the row refer to what write rules want.
    fn refer(&self, scene: &Scene<'a>, creates: bool, row: &mut Vec<Argument>) -> Option<()> {
        let nested = self.resource.parent.as_ref().map(|nested| nested.reference);
        for wanted in self.entity.wanted.iter().filter(|it| Some(it.reference) != nested) {
            if scene.around.iter().any(|it| it.leads_over(wanted.reference)) {
                return None;
            }
            let reference = &self.entity.references[wanted.reference];
            let values = self.wanted(wanted.reference);
            let owned = scene.owner.is_some_and(|steps| steps[0].reference == wanted.reference);
            // The breach may be a row as factories make it.
            let broken = self.breach.is_some_and(|(broken, _)| broken == wanted.reference);
            if (broken || !values.is_empty()) && (owned || reference.set != Set::Client) {
                return None;
            }
            // A row that need not refer to anything does not, unless it is told to.
            let told = !values.is_empty() || reference.nullable || reference.relaxed;
            let absent = reference.set != Set::Client && reference.relaxed && !owned;
            if creates && absent {
                return None;
            }
            if !creates && (reference.set == Set::Client || absent) && told && !owned {
                let target = &self.plan.entities[reference.target];
                row.push(kw(&reference.attribute, factory(&target.one, values)));
            }
        }
        Some(())
    }

    /// The statements that say who calls, and the keyword that carries it.
    fn call(
        &self,
        scene: &Scene<'a>,
        row: &[Argument],
        parent: &mut Vec<Stmt>,
    ) -> Option<(Vec<Stmt>, Vec<Argument>)> {
        let mut stmts = Vec::new();
        let mut headers = Vec::new();
        if scene.is_self && !parent.is_empty() {
            // Whoever calls is the row, and stands below the parents: they come first.
            let mut names = Names::default();
            parent.iter().for_each(|stmt| add_names(stmt, &mut names));
            if names.iter().any(|name| name.as_str() == "caller") {
                return None;
            }
            stmts.append(parent);
        }
        if scene.signed_in {
            let mut values = if scene.is_self { row.to_vec() } else { Vec::new() };
            if let Some((role, given)) = self.role_of(scene.role) {
                // The row that calls may have to have another role than whoever may do this.
                let other = |value: &Argument| is_keyword(value, role) && *value != given;
                if values.iter().any(other) {
                    return None;
                }
                values.retain(|value| !is_keyword(value, role));
            }
            stmts.extend(self.caller(scene.role, values));
            headers.push(kw("headers", name("headers")));
        }
        Some((stmts, headers))
    }

    /// The row that a rule asks for at the end of a reference, and what stands around it.
    pub(super) fn beside(
        &self,
        around: &Around<'_>,
        reference: &ReferencePlan,
        variable: &PyIdent,
    ) -> Vec<Stmt> {
        let target = &self.plan.entities[reference.target];
        let made = assign(variable, factory(&target.one, around.of_end(self.plan)));
        std::iter::once(made).chain(around.after(self.plan, &name(variable))).collect()
    }

    pub(super) fn through_parent(&self, steps: &[Step]) -> bool {
        self.resource.parent.as_ref().is_some_and(|parent| leads_through(steps, parent))
    }

    /// `parent = …` and those above it, such that the caller may know that they exist; `scene` is
    /// that of the row below, which is so many levels below the resource's parent.
    fn parents(
        &self,
        nested: &'a ParentPlan,
        scene: &Scene<'a>,
        level: usize,
        wanted: Vec<Argument>,
    ) -> Option<(Vec<Stmt>, Scene<'a>)> {
        let entity = &self.plan.entities[nested.entity];
        let inherited = scene.owner.filter(|steps| leads_through(steps, nested));
        let start = Scene {
            signed_in: scene.signed_in,
            role: scene.role,
            is_self: inherited.is_some_and(|steps| steps.len() == 1),
            owner: inherited.map(|steps| &steps[1..]).filter(|steps| !steps.is_empty()),
            values: Vec::new(),
            around: Vec::new(),
        };
        let mut seen = allowed(self.plan, entity, start, &[&nested.read])?;
        let variable = ancestor(level);
        if seen.is_self {
            // Whoever calls is found below a parent only if it is made with that parent.
            let alone = nested.above.is_none() && wanted.is_empty();
            return alone.then(|| (vec![assign(variable, name("caller"))], seen));
        }
        let mut stmts = Vec::new();
        let mut values: Vec<Argument> = Vec::new();
        if let Some(above) = nested.above.as_deref() {
            let (made, known) = self.parents(above, &seen, level + 1, Vec::new())?;
            seen.role = known.role;
            seen.signed_in |= known.signed_in;
            stmts.extend(made);
            values
                .push(kw(&entity.references[above.reference].attribute, name(ancestor(level + 1))));
        }
        let through = |steps: &&[Step]| {
            !nested.above.as_ref().is_some_and(|above| leads_through(steps, above))
        };
        if let Some(steps) = seen.owner.filter(through) {
            values.push(kw(&steps[0].attribute, owned(self.plan, &steps[1..])));
        }
        values.extend(seen.values.iter().map(|(attribute, value)| kw(attribute, value.clone())));
        let mut after = Vec::new();
        for around in &seen.around {
            if !around.path.is_empty() {
                return None;
            }
            values.extend(around.of_end(self.plan));
            after.extend(around.after(self.plan, &name(&variable)));
        }
        for value in wanted {
            let Argument::Keyword(attribute, _) = &value else { continue };
            match values.iter().find(|known| is_keyword(known, attribute)) {
                None => values.push(value),
                Some(known) if *known == value => {}
                Some(_) => return None,
            }
        }
        if repeats(&values) {
            return None;
        }
        stmts.push(assign(variable, factory(&entity.one, values)));
        stmts.extend(after);
        Some((stmts, seen))
    }

    /// The parents above the row, the outermost first, with their variables.
    pub(in crate::emit) fn ancestors(&self) -> Vec<(PyIdent, &'a ParentPlan)> {
        let chain = self.resource.parent.as_ref().map(ParentPlan::chain).unwrap_or_default();
        let levels = (0..chain.len()).rev();
        levels.zip(chain).map(|(level, parent)| (ancestor(level), parent)).collect()
    }

    /// Parents that somebody else made, each below the one before.
    pub(in crate::emit) fn strange_parents(&self) -> Vec<Stmt> {
        let mut above: Option<PyIdent> = None;
        let mut stmts = Vec::new();
        for (variable, parent) in self.ancestors() {
            let entity = &self.plan.entities[parent.entity];
            let own = parent.above.as_ref().zip(above.take());
            let own =
                own.map(|(it, row)| kw(&entity.references[it.reference].attribute, name(row)));
            let nearest = self.resource.parent.as_ref().filter(|it| std::ptr::eq(*it, parent));
            let wanted = nearest.filter(|_| self.holds_rows());
            let wanted = wanted.map_or_else(Vec::new, |it| self.wanted(it.reference));
            let values = own.into_iter().chain(wanted).collect();
            stmts.push(assign(&variable, factory(&entity.one, values)));
            above = Some(variable);
        }
        stmts
    }

    /// `caller = …` and their headers.
    pub(in crate::emit) fn caller(
        &self,
        role: Option<usize>,
        mut values: Vec<Argument>,
    ) -> Vec<Stmt> {
        let Some(auth) = &self.plan.app.auth else { return Vec::new() };
        let user = &self.plan.entities[auth.user];
        values.extend(self.role_of(role).map(|(_, given)| given));
        let headers = name("factory").attr("auth").call_with([name("caller")]);
        vec![assign("caller", factory(&user.one, values)), assign("headers", headers)]
    }

    /// The attribute that holds a role, and the keyword that gives one.
    fn role_of(&self, role: Option<usize>) -> Option<(&'a PyIdent, Argument)> {
        let auth = self.plan.app.auth.as_ref()?;
        let field = &self.plan.entities[auth.user].fields[auth.role?];
        let value = types::literal(self.plan, &field.ty, &role?.to_string());
        Some((&field.attribute, kw(&field.attribute, value)))
    }

    /// A path with the values of `parent` and `row`.
    pub(in crate::emit) fn url(&self, path: &str) -> Expr {
        self.url_of(path, None)
    }

    /// A path with the values of `parent` and another key.
    pub(in crate::emit) fn url_of(&self, path: &str, key: Option<&Expr>) -> Expr {
        self.address(path, |parameter| self.segment(parameter, key))
    }

    /// The row's path with the values of `other` in the place of one of the rows above it.
    pub(in crate::emit) fn url_below(&self, other: &PyIdent, replaced: &ParentPlan) -> Expr {
        self.address(&self.resource.item_path, |parameter| {
            if parameter == replaced.parameter.as_str() {
                return name(other).attr(&replaced.attribute);
            }
            self.segment(parameter, None)
        })
    }

    fn address(&self, path: &str, segment: impl Fn(&str) -> Expr) -> Expr {
        address(&format!("{}{path}", self.plan.app.prefix), segment)
    }

    /// The key of `row`, as sessions take it.
    pub(in crate::emit) fn key(&self) -> Expr {
        let mut parts: Vec<Expr> =
            self.entity.key.iter().map(|part| name("row").attr(&part.attribute)).collect();
        if parts.len() == 1 { parts.remove(0) } else { tuple(parts) }
    }

    fn segment(&self, parameter: &str, key: Option<&Expr>) -> Expr {
        let own = self.resource.item_parameters.iter();
        if let Some(own) = own.into_iter().find(|own| own.name.as_str() == parameter) {
            return key.cloned().unwrap_or_else(|| name("row").attr(&own.attribute));
        }
        let mut ancestors = self.ancestors().into_iter();
        let parent = ancestors.find(|(_, parent)| parent.parameter.as_str() == parameter);
        parent.map_or_else(|| name("row"), |(row, parent)| name(row).attr(&parent.attribute))
    }
}

/// Whether a path of references starts with the one to this parent.
fn leads_through(steps: &[Step], parent: &ParentPlan) -> bool {
    steps.first().is_some_and(|step| step.reference == parent.reference)
}

/// The variable for a row above: `parent`, `grandparent`, `great_grandparent`.
fn ancestor(level: usize) -> PyIdent {
    PyIdent::known(match level {
        0 => "parent".to_owned(),
        _ => format!("{}grandparent", "great_".repeat(level - 1)),
    })
}

/// A value of a row as a factory takes it.
pub(in crate::emit) fn stored(plan: &Plan, field: &FieldPlan, value: &Value) -> Expr {
    if value.is_null() { none() } else { types::stored(plan, &field.ty, value) }
}

pub(super) fn row_name(word: &str) -> PyIdent {
    PyIdent::known(format!("{word}_row"))
}

/// A part of a row's key as it stands in JSON.
pub(in crate::emit) fn in_json(part: &KeyPart, row: Expr) -> Expr {
    part_in_json(part, row.attr(&part.attribute))
}

/// A value of a part of a key as it stands in JSON.
pub(super) fn part_in_json(part: &KeyPart, value: Expr) -> Expr {
    match part.ty.kind {
        ValueKind::Int { .. } => value,
        _ => name("str").call_with([value]),
    }
}

fn is_keyword(argument: &Argument, name: &PyIdent) -> bool {
    matches!(argument, Argument::Keyword(keyword, _) if keyword == name)
}

/// Whether two rules want different things of one attribute.
fn repeats(row: &[Argument]) -> bool {
    let name = |argument: &Argument| match argument {
        Argument::Keyword(keyword, _) => Some(keyword.clone()),
        _ => None,
    };
    let names: Vec<_> = row.iter().filter_map(name).collect();
    names.iter().enumerate().any(|(position, name)| names[..position].contains(name))
}

/// The row at the start of a path that ends at the caller.
pub(super) fn owned(plan: &Plan, steps: &[Step]) -> Expr {
    steps.iter().rev().fold(name("caller"), |value, step| {
        factory(&plan.entities[step.entity].one, vec![kw(&step.attribute, value)])
    })
}

/// `await factory.post(…)`
pub(in crate::emit) fn factory(one: &PyIdent, values: Vec<Argument>) -> Expr {
    name("factory").attr(one).call(values).awaited()
}
