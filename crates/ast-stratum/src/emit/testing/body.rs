//! Bodies of requests: what they say themselves, and the rows that they refer to.

use stratapi_plan::{AccessPlan, LinkPlan, Presence, ReferencePlan, Set, Step};

use super::scene::{Scene, allowed};
use super::stage::{Stage, factory, in_json, owned, part_in_json, row_name};
use crate::python::build::{assign, dict, list, name, text};
use crate::python::{BinaryOperator, Expr, Stmt};

/// What a body is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit) enum BodyOf {
    /// A row that is made.
    New,
    /// `row`, which is the caller's to replace.
    Own,
    /// A row that is not.
    Foreign,
}

impl<'a> Stage<'a> {
    /// References that clients write on create, or when they replace a row, by their positions.
    pub(in crate::emit) fn written(
        &self,
        replace: bool,
    ) -> impl Iterator<Item = (usize, &'a ReferencePlan)> {
        let entity = self.entity;
        entity.references.iter().enumerate().filter(move |(_, reference)| {
            let presence = if replace { &reference.replace } else { &reference.create };
            reference.set == Set::Client && *presence != Presence::Absent
        })
    }

    /// Links that clients write.
    pub(in crate::emit) fn links(&self) -> impl Iterator<Item = &'a LinkPlan> {
        let entity = self.entity;
        entity.links.iter().filter(|link| link.writable)
    }

    /// Whether one row at the most starts a path that ends at the caller.
    fn is_once(&self, steps: &[Step]) -> bool {
        let unique =
            |step: &Step| self.plan.entities[step.entity].references[step.reference].unique;
        steps.iter().any(unique)
    }

    /// Rows that a body refers to, and `BODY | {"author_id": str(author_row.id)}`.
    pub(in crate::emit) fn body(
        &self,
        base: Expr,
        rules: &[&'a AccessPlan],
        of: BodyOf,
    ) -> (Vec<Stmt>, Expr) {
        self.body_as(base, rules, of, Scene::default())
    }

    /// The same in a scene of which something is said already.
    pub(in crate::emit) fn body_as(
        &self,
        base: Expr,
        rules: &[&'a AccessPlan],
        of: BodyOf,
        scene: Scene<'a>,
    ) -> (Vec<Stmt>, Expr) {
        let scene = allowed(self.plan, self.entity, scene, rules).unwrap_or_default();
        let mut stmts = Vec::new();
        let mut members = Vec::new();
        let left_out = &self.entity.left_out;
        for (position, reference) in self.written(of != BodyOf::New) {
            if left_out.contains(&position) {
                continue;
            }
            let row = row_name(&reference.word);
            let target = &self.plan.entities[reference.target];
            let owned_here = scene.owner.filter(|steps| {
                steps[0].attribute == reference.attribute && !self.through_parent(steps)
            });
            if let Some(steps) = owned_here
                && of == BodyOf::Own
                && self.is_once(&steps[1..])
            {
                // There is one such row, and the row that is replaced refers to it.
                let keys = reference.key_attributes.iter().zip(&target.key);
                let kept = keys.map(|(key, part)| part_in_json(part, name("row").attr(key)));
                members.extend(reference.key_wires.iter().map(text).zip(kept));
                continue;
            }
            let around = scene.around.iter().find(|it| it.leads_over(position));
            let around = around.filter(|it| !self.through_parent(it.path));
            if let Some(around) = around {
                stmts.extend(self.beside(around, reference, &row));
            } else {
                let made = match owned_here {
                    Some(steps) => owned(self.plan, &steps[1..]),
                    None => factory(&target.one, self.wanted(position)),
                };
                stmts.push(assign(&row, made));
            }
            for (wire, part) in reference.key_wires.iter().zip(&target.key) {
                members.push((text(wire), in_json(part, name(&row))));
            }
        }
        for link in self.links() {
            let row = row_name(&link.word);
            let target = &self.plan.entities[link.target];
            let wanted = scene.around.iter().flat_map(|it| it.linked(self.plan, &link.attribute));
            let made = wanted.last().unwrap_or_else(|| factory(&target.one, Vec::new()));
            stmts.push(assign(&row, made));
            members.push((text(&link.ids_wire), list([in_json(&target.key[0], name(&row))])));
        }
        if members.is_empty() {
            return (stmts, base);
        }
        (stmts, base.binary(BinaryOperator::BitOr, dict(members)))
    }
}
