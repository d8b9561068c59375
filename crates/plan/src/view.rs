//! Views: what reads show of a row where they don't show all that may be read.

use std::collections::BTreeSet;

use stratapi_diagnostics::Span;

use crate::{
    EntityPlan, OnDelete, Operation, OperationPlan, Plan, Predicate, PyIdent, ReferencePlan,
    answers_rows,
};

/// A named projection of an entity.
#[derive(Debug, Clone)]
pub struct ViewPlan {
    /// Name as declared.
    pub name: String,
    /// Class of the schema: `PostSummary`.
    pub class: PyIdent,
    /// Docstring's text; never empty, ends with a full stop.
    pub doc: String,
    /// What it shows, in order.
    pub members: Vec<ViewMemberPlan>,
    /// Declaration in the IR.
    pub span: Span,
}

/// A member of a view.
#[derive(Debug, Clone)]
pub struct ViewMemberPlan {
    /// Name on the wire.
    pub wire: String,
    /// Python name in the schema.
    pub attribute: PyIdent,
    /// What it shows.
    pub shown: ShownPlan,
}

/// What a member of a view shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShownPlan {
    /// What a member of Read shows.
    Own {
        /// Its Python name.
        attribute: PyIdent,
        /// Its name on the wire.
        wire: String,
    },
    /// What holds for the row and the caller (index in `EntityPlan::flags`).
    Flag(usize),
    /// Related rows.
    Rows(NestedPlan),
}

/// Whether something holds for a row and whoever reads it: the database decides it, as the row is read.
#[derive(Debug, Clone)]
pub struct FlagPlan {
    /// Attribute of the model.
    pub attribute: PyIdent,
    /// Function that says it to the database: `article_liked`.
    pub function: PyIdent,
    /// One line for documents; may be empty.
    pub description: String,
    /// What must hold.
    pub predicate: Predicate,
    /// Declaration in the IR.
    pub span: Span,
}

/// Related rows that a view shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NestedPlan {
    /// Relationship attribute of the model.
    pub relationship: PyIdent,
    /// Their entity (index in `Plan::entities`).
    pub entity: usize,
    /// The view of that entity (index in `EntityPlan::views`).
    pub view: usize,
    /// Whether it is a list of rows.
    pub many: bool,
    /// Whether the one row may be absent.
    pub nullable: bool,
}

impl ViewPlan {
    /// The related rows that it shows.
    pub fn nested(&self) -> impl Iterator<Item = &NestedPlan> {
        self.members.iter().filter_map(|member| match &member.shown {
            ShownPlan::Rows(nested) => Some(nested),
            ShownPlan::Own { .. } | ShownPlan::Flag(_) => None,
        })
    }

    /// Whether it shows more than the row itself: related rows, or what holds for the caller.
    pub fn is_deep(&self) -> bool {
        self.nested().next().is_some() || self.flags().next().is_some()
    }

    /// The member that shows what a member of Read shows, by its Python name.
    pub fn showing(&self, attribute: &PyIdent) -> Option<&ViewMemberPlan> {
        let shows = |member: &&ViewMemberPlan| matches!(&member.shown, ShownPlan::Own { attribute: own, .. } if own == attribute);
        self.members.iter().find(shows)
    }

    /// What it tells each caller of the row (indexes in `EntityPlan::flags`).
    pub fn flags(&self) -> impl Iterator<Item = usize> {
        self.members.iter().filter_map(|member| match member.shown {
            ShownPlan::Flag(index) => Some(index),
            ShownPlan::Own { .. } | ShownPlan::Rows(_) => None,
        })
    }

    /// What it shows of the row itself: the names on the wire in Read and here.
    pub fn own_wires(&self) -> impl Iterator<Item = (&str, &str)> {
        self.members.iter().filter_map(|member| match &member.shown {
            ShownPlan::Own { wire, .. } => Some((wire.as_str(), member.wire.as_str())),
            ShownPlan::Flag(_) | ShownPlan::Rows(_) => None,
        })
    }
}

impl OperationPlan {
    /// Whether it answers with all that may be read of rows.
    pub fn answers_whole_rows(&self) -> bool {
        answers_rows(self.operation) && self.view.is_none()
    }
}

impl EntityPlan {
    /// The view that an operation gives, if it gives one.
    pub fn view(&self, operation: &OperationPlan) -> Option<&ViewPlan> {
        operation.view.map(|index| &self.views[index])
    }

    /// The class of what an operation says of one row: `PostRead`, or that of its view.
    pub fn row_class(&self, operation: &OperationPlan) -> PyIdent {
        self.view(operation).map_or_else(|| self.read_class(), |view| view.class.clone())
    }

    /// `PostRead`
    pub fn read_class(&self) -> PyIdent {
        PyIdent::known(format!("{}Read", self.stem))
    }

    /// The name under which an operation shows a member of Read, if it shows it.
    pub fn shown_as<'a>(&'a self, operation: &OperationPlan, wire: &'a str) -> Option<&'a str> {
        let Some(view) = self.view(operation) else { return Some(wire) };
        view.own_wires().find(|(read, _)| *read == wire).map(|(_, here)| here)
    }

    /// Whether a single read may be answered by 304: the version of the row is another one whenever
    /// something is that the answer shows. What the database changes by itself leaves the version as
    /// it is, and what other rows say has none here.
    pub fn is_revalidated(&self) -> bool {
        let Some(get) = self.operation(Operation::Get).filter(|_| self.optimistic_lock) else {
            return false;
        };
        let view = self.view(get);
        let shows = |attribute: &PyIdent| view.is_none_or(|view| view.showing(attribute).is_some());
        let cleared = |one: &&ReferencePlan| one.on_delete == OnDelete::SetNull;
        let mut changing = (self.references.iter().filter(cleared))
            .flat_map(|reference| &reference.key_attributes)
            .chain(self.links.iter().map(|link| &link.ids_attribute))
            .chain(self.computed.iter().filter(|it| it.is_related()).map(|it| &it.attribute));
        let by_caller = view.is_none() && self.is_shown_by_caller();
        let nests = view.is_some_and(ViewPlan::is_deep);
        !by_caller && !nests && !changing.any(shows)
    }
}

impl Plan {
    /// Whether what a view shows differs by caller, in it or in the rows that it shows along.
    pub fn tells_caller(&self, view: &ViewPlan) -> bool {
        let below = |nested: &NestedPlan| &self.entities[nested.entity].views[nested.view];
        view.flags().next().is_some() || view.nested().any(|it| self.tells_caller(below(it)))
    }

    /// Whether the answer of an operation on an entity differs by caller.
    pub fn answers_by_caller(&self, entity: &EntityPlan, operation: &OperationPlan) -> bool {
        match entity.view(operation) {
            Some(view) => self.tells_caller(view),
            None => answers_rows(operation.operation) && entity.is_shown_by_caller(),
        }
    }

    /// What views tell callers of rows, each once, with its entity (index).
    pub fn shown_flags(&self) -> Vec<(usize, &FlagPlan)> {
        let views = self.shown_views();
        let mut found = Vec::new();
        let told = |(_, entity): &(usize, &EntityPlan)| !entity.flags.is_empty();
        for (index, entity) in self.entities.iter().enumerate().filter(told) {
            let own = views.iter().filter(|(one, _)| std::ptr::eq(*one, entity));
            let shown: BTreeSet<usize> = own.flat_map(|(_, view)| view.flags()).collect();
            found.extend(shown.into_iter().map(|flag| (index, &entity.flags[flag])));
        }
        found
    }

    /// Whether some single read may be answered by 304.
    pub fn has_revalidation(&self) -> bool {
        self.entities.iter().any(EntityPlan::is_revalidated)
    }

    /// The views that operations give and those that stand in them, with their entities; what stands
    /// in another comes before it.
    pub fn shown_views(&self) -> Vec<(&EntityPlan, &ViewPlan)> {
        let mut order = Vec::new();
        for (index, entity) in self.entities.iter().enumerate() {
            let operations = entity.resource.iter().flat_map(|resource| &resource.operations);
            for view in operations.filter_map(|operation| operation.view) {
                self.visit(index, view, &mut order);
            }
        }
        order
            .into_iter()
            .map(|(entity, view)| (&self.entities[entity], &self.entities[entity].views[view]))
            .collect()
    }

    fn visit(&self, entity: usize, view: usize, order: &mut Vec<(usize, usize)>) {
        if order.contains(&(entity, view)) {
            return;
        }
        for nested in self.entities[entity].views[view].nested() {
            self.visit(nested.entity, nested.view, order);
        }
        order.push((entity, view));
    }
}
