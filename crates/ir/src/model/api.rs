//! The `api` section, resolved.

use indexmap::IndexMap;
use stratapi_diagnostics::Span;

use super::{
    Access, Allowance, AttributeId, Column, Endpoint, EntityId, ListForm, Method, ProblemForm,
    RateLimit, RateLimits, RelationshipId, RowForm, Statuses, ViewId,
};

/// The `api` section.
#[derive(Debug, Clone)]
pub struct ApiModelIr {
    /// Path in front of every resource, `/api/v1` by default; empty or starting with `/`.
    pub prefix: String,
    /// Case of the names of members and parameters.
    pub case: Case,
    /// Status of the answer to a request that is not as the document says: 400 or 422, the default.
    pub invalid_status: u16,
    /// Status codes of what succeeds, where a resource says nothing else.
    pub statuses: Statuses,
    /// What stands around the rows of lists, where a resource says nothing else, and of histories.
    pub lists: ListForm,
    /// What stands around one row, where a resource says nothing else.
    pub rows: RowForm,
    /// What is answered to a request that fails.
    pub problems: ProblemForm,
    /// Resources in the order of their entities' declaration under `api.resources`, then the
    /// entities that are not listed there (they get the defaults).
    pub resources: Vec<Resource>,
    /// How often a caller may ask, where a resource or an endpoint says nothing else.
    pub rate_limits: RateLimits,
    /// Routes that start flows, in order of declaration.
    pub endpoints: Vec<Endpoint>,
}

/// How the words of a name are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Case {
    /// As declared, `full_name` as a rule.
    #[default]
    Snake,
    /// `fullName`
    Camel,
}

/// What a client can do to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// `GET /posts`.
    List,
    /// `GET /posts/{post_id}`.
    Get,
    /// `POST /posts`.
    Create,
    /// `POST /posts/bulk`: a list of new rows, all or none.
    BulkCreate,
    /// `PATCH /posts/{post_id}`.
    Update,
    /// `PUT /posts/{post_id}`.
    Replace,
    /// `DELETE /posts/{post_id}`.
    Delete,
    /// `POST /posts/{post_id}/publish`: a transition, by its position among those of all state
    /// machines of the entity. It is declared there, so no resource of the IR lists it.
    Transition(usize),
    /// `GET /posts/{post_id}/status-history`: the changes of a state machine's state, by its position
    /// among those of the entity. It goes where `get` goes, so no resource of the IR lists it either.
    History(usize),
}

impl Operation {
    /// Whether one of these goes by a key, its own or that of a group.
    pub fn any_goes_by(all: &[Self], key: &str) -> bool {
        all.iter().any(|operation| operation.groups().contains(&key))
    }

    /// The keys under which something is said of it, the closest first.
    pub fn groups(self) -> &'static [&'static str] {
        match self {
            Self::List => &["list", "read", "all"],
            Self::Get | Self::History(_) => &["get", "read", "all"],
            Self::Create => &["create", "write", "all"],
            Self::BulkCreate => &["bulk_create", "create", "write", "all"],
            Self::Update | Self::Transition(_) => &["update", "write", "all"],
            Self::Replace => &["replace", "update", "write", "all"],
            Self::Delete => &["delete", "write", "all"],
        }
    }
}

impl ApiModelIr {
    /// How often a caller may ask for an operation on an entity, whether that is declared on its
    /// resource or for the whole API.
    pub fn rate_limit(&self, entity: EntityId, operation: Operation) -> Option<RateLimit> {
        let resource = self.resources.iter().find(|resource| resource.entity == entity);
        let own = resource.and_then(|resource| resource.rate_limits.of(operation));
        own.or_else(|| self.rate_limits.of(operation)).and_then(Allowance::limit)
    }

    /// How often a caller may start the flow of an endpoint. What changes nothing is a read.
    pub fn endpoint_rate_limit(&self, endpoint: &Endpoint) -> Option<RateLimit> {
        let group = if endpoint.method == Method::Get { "read" } else { "write" };
        endpoint
            .rate_limit
            .or_else(|| self.rate_limits.first(&[group, "all"]))
            .and_then(Allowance::limit)
    }
}

/// How lists are cut into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pagination {
    /// `limit` and `offset`, with a total.
    Offset,
    /// `limit` and an opaque `cursor`, without a total.
    Cursor,
    /// `limit` and the number of a `page`, the first one being 1, with a total.
    Page,
}

/// An entity as it is offered over HTTP.
#[derive(Debug, Clone)]
pub struct Resource {
    /// What is offered.
    pub entity: EntityId,
    /// Last segment of the collection's path, in kebab case and plural (`order-items`).
    pub path: String,
    /// The operations, in the order of `Operation`; never empty.
    pub operations: Vec<Operation>,
    /// The rule of each operation; the same keys as `operations`.
    pub access: IndexMap<Operation, Access>,
    /// The views of the entity that operations answer with; all that may be read elsewhere.
    pub views: IndexMap<Operation, ViewId>,
    /// The view that transitions answer with, if not with all that may be read.
    pub transition_view: Option<ViewId>,
    /// How often a caller may ask.
    pub rate_limits: RateLimits,
    /// What a list can be filtered by.
    pub filter: Vec<FilterPath>,
    /// What a list can be sorted by, besides the default order.
    pub sort: Vec<Column>,
    /// The attributes in which `q` is looked for.
    pub search: Vec<AttributeId>,
    /// The parent, if the collection is nested.
    pub under: Option<Under>,
    /// The unique attribute that stands in the path instead of the key.
    pub lookup: Option<AttributeId>,
    /// Kind of pages.
    pub pagination: Pagination,
    /// Rows in a page by default, 20.
    pub page_size: u32,
    /// Rows in a page at the most, 100.
    pub max_page_size: u32,
    /// What stands around the rows of the list.
    pub lists: ListForm,
    /// What stands around one row.
    pub rows: RowForm,
    /// Status codes of what succeeds.
    pub statuses: Statuses,
    /// Where it was declared; for a default resource, the entity's name.
    pub span: Span,
}

impl Resource {
    /// The view that an operation answers with, if not with all that may be read.
    pub fn view(&self, operation: Operation) -> Option<ViewId> {
        match operation {
            Operation::Transition(_) => self.transition_view,
            other => self.views.get(&other).copied(),
        }
    }
}

/// Where a nested collection hangs: `under: Post.comments` on `Comment`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Under {
    /// The parent entity (`Post`).
    pub parent: EntityId,
    /// The child's relationship to it (`Comment.post`), whose inverse was named.
    pub relationship: RelationshipId,
}

/// What a filter looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterPath {
    /// An attribute of the entity itself: `status`, `created_at`.
    Column(Column),
    /// The identity of a related row: `author`.
    Relationship(RelationshipId),
    /// An attribute behind one relationship: `tags.name`.
    Through(RelationshipId, Column),
}
