//! What is judged: the files as they are, beside the plan and the files as they should be.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;
use stratapi_diagnostics::Span;
use stratapi_plan::{
    Artifact, ArtifactTree, EndpointPlan, Operation, OperationPlan, Plan, PlannedFile,
    ResourcePlan, Subject as Of, without_converters,
};

use crate::finding::{About, Finding, Place};
use crate::origin;
use crate::tree::Tree;

/// A project under judgement.
pub struct Subject<'a> {
    /// Every decision of the compiler.
    pub plan: &'a Plan,
    /// What the compiler would make now.
    pub expected: &'a ArtifactTree,
    /// What is there.
    pub actual: &'a Tree,
    planned: BTreeMap<&'a str, &'a PlannedFile>,
    changed: Option<BTreeSet<String>>,
    /// Paths of files that hold another text than they should, once somebody has asked.
    differing: OnceLock<Vec<String>>,
}

impl<'a> Subject<'a> {
    /// The files of a project beside what they should be.
    pub fn new(plan: &'a Plan, expected: &'a ArtifactTree, actual: &'a Tree) -> Self {
        let planned = plan.files.iter().map(|file| (file.path.as_str(), file)).collect();
        Self { plan, expected, actual, planned, changed: None, differing: OnceLock::new() }
    }

    /// Files that hold another text than the compiler would make now, by their paths.
    pub(crate) fn differing(&self) -> impl Iterator<Item = (&'a Artifact, &'a str)> {
        let found = self.differing.get_or_init(|| {
            let all: Vec<&Artifact> = self.expected.iter().collect();
            let differs = |file: &&Artifact| {
                self.actual.text(&file.path).is_some_and(|text| text != file.text)
            };
            all.into_par_iter().filter(differs).map(|file| file.path.clone()).collect()
        });
        let both = |path: &String| Some((self.expected.get(path)?, self.actual.text(path)?));
        found.iter().filter_map(both)
    }

    /// The same project, of which only these files have changed since it was found good.
    #[must_use]
    pub fn limited_to(mut self, changed: BTreeSet<String>) -> Self {
        self.changed = Some(changed);
        self
    }

    /// Files that have changed since the project was found good, if it ever was.
    pub(crate) const fn changed(&self) -> Option<&BTreeSet<String>> {
        self.changed.as_ref()
    }

    /// Whether a file may have changed since the project was found good.
    pub fn is_changed(&self, path: &str) -> bool {
        self.changed.as_ref().is_none_or(|changed| changed.contains(path))
    }

    /// Whether a change may reach an entity: a file about it has changed, or one about the
    /// application as a whole, which anything may depend on.
    pub fn is_reached(&self, entity: usize) -> bool {
        self.changed.as_ref().is_none_or(|changed| {
            changed.iter().any(|path| self.entity_of(path).is_none_or(|other| other == entity))
        })
    }

    /// What the plan says about a file, if it is one of its own.
    pub fn planned(&self, path: &str) -> Option<&'a PlannedFile> {
        self.planned.get(path).copied()
    }

    /// The entity that a file is about, as an index in `Plan::entities`.
    pub fn entity_of(&self, path: &str) -> Option<usize> {
        match self.planned(path)?.subject {
            Of::Entity(index) | Of::History(index, _) => Some(index),
            Of::App | Of::Slot(_) => None,
            Of::Association(index) => Some(self.plan.associations[index].left),
        }
    }

    /// What a file is about.
    pub fn about(&self, path: &str) -> About {
        self.entity_of(path).map_or(About::App, |index| self.about_entity(index))
    }

    /// An entity as the subject of a fact.
    pub fn about_entity(&self, index: usize) -> About {
        About::Entity(self.plan.entities[index].name.clone())
    }

    /// Every endpoint of an entity with its resource, in the order of the plan. The endpoints of
    /// sign-in, of the caller's own account and of health belong to no entity.
    pub fn endpoints(&self) -> impl Iterator<Item = Endpoint<'a>> {
        let plan = self.plan;
        plan.entities.iter().enumerate().flat_map(move |(entity, one)| {
            one.resource.iter().flat_map(move |resource| {
                resource.operations.iter().map(move |operation| Endpoint {
                    entity,
                    resource,
                    operation,
                    name: endpoint_name(plan, operation),
                })
            })
        })
    }

    /// Every route that starts a flow, in the order of the plan.
    pub fn flow_routes(&self) -> impl Iterator<Item = FlowRoute<'a>> {
        let plan = self.plan;
        plan.endpoints
            .iter()
            .map(move |endpoint| FlowRoute { endpoint, name: endpoint.operation(&plan.app.prefix) })
    }

    /// Where in the IR a place of the project comes from: by the lines that the compiler made from
    /// there, else the declaration of the entity that the file is about.
    pub fn origin(&self, place: &Place) -> Option<Span> {
        let text = self.actual.text(&place.path);
        let artifact = self.expected.get(&place.path);
        artifact
            .and_then(|artifact| origin::of(artifact, text, place))
            .or_else(|| self.entity_of(&place.path).map(|index| self.plan.entities[index].span))
    }

    /// Fills in what a check need not know: where a finding comes from.
    pub(crate) fn complete(&self, mut finding: Finding) -> Finding {
        if finding.origin.is_none() {
            finding.origin = finding.place.as_ref().and_then(|place| self.origin(place));
        }
        finding
    }
}

/// An endpoint of the plan.
#[derive(Debug, Clone)]
pub struct Endpoint<'a> {
    /// Index in `Plan::entities`.
    pub entity: usize,
    /// Its resource.
    pub resource: &'a ResourcePlan,
    /// Its operation.
    pub operation: &'a OperationPlan,
    /// `GET /api/v1/posts/{post_id}`.
    pub name: String,
}

impl Endpoint<'_> {
    /// The endpoint as the subject of a fact.
    pub fn about(&self) -> About {
        About::Endpoint(self.name.clone())
    }

    /// Its access rule as the subject of a fact.
    pub fn rule(&self) -> About {
        About::Rule(self.operation.function.as_str().to_owned())
    }
}

/// A route of the plan that starts a flow.
#[derive(Debug, Clone)]
pub struct FlowRoute<'a> {
    /// What is decided about it.
    pub endpoint: &'a EndpointPlan,
    /// `POST /api/v1/orders/{order_id}/pay`.
    pub name: String,
}

impl FlowRoute<'_> {
    /// The file that it stands in.
    pub const FILE: &'static str = "app/routers/flows.py";

    /// The route as the subject of a fact.
    pub fn about(&self) -> About {
        About::Endpoint(self.name.clone())
    }

    /// Its access rule as the subject of a fact.
    pub fn rule(&self) -> About {
        About::Rule(self.endpoint.function.as_str().to_owned())
    }
}

/// Method and path of an operation, below the prefix.
pub(crate) fn request(operation: &OperationPlan) -> (&'static str, &str) {
    let method = match operation.operation {
        Operation::List | Operation::Get | Operation::History(_) => "GET",
        Operation::Create | Operation::BulkCreate | Operation::Transition(_) => "POST",
        Operation::Update => "PATCH",
        Operation::Replace => "PUT",
        Operation::Delete => "DELETE",
    };
    (method, &operation.path)
}

fn endpoint_name(plan: &Plan, operation: &OperationPlan) -> String {
    let (method, path) = request(operation);
    format!("{method} {}{}", plan.app.prefix, without_converters(path))
}
