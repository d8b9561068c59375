//! Resources: routes, lists and their queries.

use crate::{AccessPlan, ListForm, Method, Operation, Pagination, PyIdent, RateLimit, ValueType};

/// How an entity is offered over HTTP.
#[derive(Debug, Clone)]
pub struct ResourcePlan {
    /// Path of the collection below the prefix, with FastAPI's converters: `/posts`,
    /// `/posts/{post_id:uuid}/comments`; the paths of all parents stand in front.
    pub collection_path: String,
    /// Path of one row: `/posts/{post_id:uuid}`, `/comments/{…}`; below the collection.
    pub item_path: String,
    /// Tag in the document: the collection's last segment, `order-items`.
    pub tag: String,
    /// The parent, if the collection is nested.
    pub parent: Option<ParentPlan>,
    /// Entities whose collections are nested below this one, at any depth (indices in
    /// `Plan::entities`, ascending).
    pub descendants: Vec<usize>,
    /// Field that stands in the path instead of the key (index in `EntityPlan::fields`).
    pub lookup: Option<usize>,
    /// Parameters of `item_path` behind those of the parent: the key's parts (without the part
    /// that the parent's parameter already gives), or the lookup.
    pub item_parameters: Vec<ParameterPlan>,
    /// Who may know that a row exists: the rule of `get`, else of `list`, else the default. Where it does not hold,
    /// a request for the row is answered 404.
    pub read: AccessPlan,
    /// The operations in canonical order.
    pub operations: Vec<OperationPlan>,
    /// Filters of the list, in order.
    pub filters: Vec<FilterPlan>,
    /// Orders that the list offers, ascending; each is offered descending too.
    pub sorts: Vec<SortPlan>,
    /// Position in `sorts` and direction (true = descending) of the default order. The key breaks ties.
    pub default_sort: (usize, bool),
    /// Model attributes in which `q` is looked for.
    pub search: Vec<PyIdent>,
    /// Kind of pages.
    pub pagination: Pagination,
    /// Rows in a page by default.
    pub page_size: u32,
    /// Rows in a page at the most.
    pub max_page_size: u32,
    /// What stands around the rows of the list, as pages of its kind have it.
    pub lists: ListForm,
    /// Whether that is not the form of the API.
    pub has_own_form: bool,
}

/// The parent of a nested collection. The parent itself is read under its own `get` rule, below its
/// own parent, if it has one.
#[derive(Debug, Clone)]
pub struct ParentPlan {
    /// Index in `Plan::entities`; its key has one part, or it has a `lookup`.
    pub entity: usize,
    /// The child's reference to it.
    pub reference: usize,
    /// Path parameter: `post_id`.
    pub parameter: PyIdent,
    /// Type of the parameter.
    pub ty: ValueType,
    /// Model attribute of the parent that it is compared with: `id`, `slug`.
    pub attribute: PyIdent,
    /// Position in the child's key that the parameter also gives, if the reference is part of it.
    pub key_part: Option<usize>,
    /// Who may know that the parent exists, else 404.
    pub read: AccessPlan,
    /// The parent's own parent, if its collection is nested too.
    pub above: Option<Box<ParentPlan>>,
}

impl ParentPlan {
    /// It and the parents above it, as they stand in the path: the outermost first.
    pub fn chain(&self) -> Vec<&Self> {
        let mut chain: Vec<&Self> =
            std::iter::successors(Some(self), |parent| parent.above.as_deref()).collect();
        chain.reverse();
        chain
    }
}

/// A path parameter of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterPlan {
    /// Name in the path and in Python: `post_id`, `post_slug`.
    pub name: PyIdent,
    /// Its type.
    pub ty: ValueType,
    /// Model attribute that it is compared with: `id`, `slug`.
    pub attribute: PyIdent,
    /// Position in the key; `None` for a lookup.
    pub key_part: Option<usize>,
    /// Words that have routes of their own in its place, ascending; its converter leaves them out.
    pub reserved: Vec<&'static str>,
}

/// An operation: one route, one function.
#[derive(Debug, Clone)]
pub struct OperationPlan {
    /// Which one.
    pub operation: Operation,
    /// Its path below the prefix, with FastAPI's converters: `/posts/{post_id:uuid}/publish`.
    pub path: String,
    /// Function of the router and operationId: `list_posts`, `create_post`.
    pub function: PyIdent,
    /// Summary for the document; also the docstring: `Return one post.`
    pub doc: String,
    /// Its rule.
    pub access: AccessPlan,
    /// Status of the answer where it succeeds.
    pub status: u16,
    /// How often a caller may ask, if that is limited.
    pub rate_limit: Option<RateLimit>,
    /// The view that it gives (index in `EntityPlan::views`), instead of all that may be read.
    pub view: Option<usize>,
    /// Status codes of problems that it documents, ascending, without those of the router.
    pub problems: Vec<u16>,
}

impl OperationPlan {
    /// How it is asked.
    pub fn method(&self) -> Method {
        match self.operation {
            Operation::List | Operation::Get | Operation::History(_) => Method::Get,
            Operation::Create | Operation::BulkCreate | Operation::Transition(_) => Method::Post,
            Operation::Update => Method::Patch,
            Operation::Replace => Method::Put,
            Operation::Delete => Method::Delete,
        }
    }
}

/// What a filter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterOperator {
    /// Equal.
    Equal,
    /// Greater or equal: `price_min`, `published_at_from`.
    AtLeast,
    /// Less or equal: `price_max`.
    AtMost,
    /// Less: `published_at_before`.
    Before,
}

/// What a filter looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterTarget {
    /// A model attribute of the entity.
    Attribute(PyIdent),
    /// The key attribute of a reference: `author_id`.
    Reference(PyIdent),
    /// The key of linked rows, by a link (index): `tag_id`.
    Link(usize),
    /// A model attribute behind a reference (index).
    ThroughReference(usize, PyIdent),
    /// A model attribute behind a link (index).
    ThroughLink(usize, PyIdent),
}

/// A query parameter of a list that narrows it.
#[derive(Debug, Clone)]
pub struct FilterPlan {
    /// Python name in the query schema.
    pub attribute: PyIdent,
    /// Name on the wire: `status`, `author_id`, `tags_name`, `price_min`.
    pub wire: String,
    /// What it does.
    pub operator: FilterOperator,
    /// What it looks at.
    pub target: FilterTarget,
    /// Its type; never nullable, never a list.
    pub ty: ValueType,
}

/// An order of a list.
#[derive(Debug, Clone)]
pub struct SortPlan {
    /// Name on the wire: `published_at`; `-published_at` descends.
    pub wire: String,
    /// Member of the sort enum: `PUBLISHED_AT`; `PUBLISHED_AT_DESC` descends.
    pub member: PyIdent,
    /// Model attribute.
    pub attribute: PyIdent,
    /// Its type (nulls come last).
    pub ty: ValueType,
}

/// `/posts/{post_id:uuid}` as the document has it: `/posts/{post_id}`.
pub fn without_converters(path: &str) -> String {
    let mut out = String::new();
    let mut converter = false;
    for letter in path.chars() {
        match letter {
            ':' => converter = true,
            '}' => converter = false,
            _ => {}
        }
        if !converter {
            out.push(letter);
        }
    }
    out
}
