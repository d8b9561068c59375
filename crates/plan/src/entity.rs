//! Entities as Python sees them.

use stratapi_diagnostics::Span;

use crate::{
    AttributeRulePlan, ColumnName, ComputedPlan, ConditionPlan, FlagPlan, MachinePlan, OnDelete,
    PyIdent, PythonDefault, ResourcePlan, RowForm, Sample, TransitionPlan, ValueType, ViewPlan,
    WantedPlan, WriteRulePlan,
};

/// An entity.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct EntityPlan {
    /// Name as declared.
    pub name: String,
    /// Class of the model: `OrderItem`; with a suffix where the name is taken by a library.
    pub class: PyIdent,
    /// Stem of the schema classes: `OrderItem` gives `OrderItemCreate`.
    pub stem: PyIdent,
    /// Module below `app.models`, `app.schemas`: `order_item`.
    pub module: PyIdent,
    /// Module below `app.routers`: `order_items`.
    pub router_module: PyIdent,
    /// Variable for one row: `order_item`.
    pub one: PyIdent,
    /// Variable for several rows and for its service or repository: `order_items`.
    pub many: PyIdent,
    /// In words, for docstrings and messages: `order item`.
    pub label: String,
    /// In words: `order items`.
    pub label_plural: String,
    /// Docstring's text of the model and of Read; never empty, ends with a full stop.
    pub doc: String,
    /// Index in `Plan::tables`.
    pub table: usize,
    /// The key, in order.
    pub key: Vec<KeyPart>,
    /// Whether the key is the base model's `id` (a mixin), not a declared one.
    pub surrogate_key: bool,
    /// Whether it has `created_at` and `updated_at`.
    pub timestamps: bool,
    /// Whether it has `is_active`.
    pub is_active: bool,
    /// Whether it has `version`, `ETag` and If-Match.
    pub optimistic_lock: bool,
    /// Whether DELETE sets `is_active` to false.
    pub soft_delete: bool,
    /// Attributes and the columns of value objects, in order; without base columns.
    pub fields: Vec<FieldPlan>,
    /// Value objects embedded here, in order; their columns are in `fields`.
    pub embedded: Vec<EmbeddedPlan>,
    /// To-one relationships, in order.
    pub references: Vec<ReferencePlan>,
    /// Many-to-many relationships declared here, in order.
    pub links: Vec<LinkPlan>,
    /// Other ends of relationships that point here, in order.
    pub collections: Vec<CollectionPlan>,
    /// Computed attributes, in order of declaration.
    pub computed: Vec<ComputedPlan>,
    /// Named projections, in order of declaration.
    pub views: Vec<ViewPlan>,
    /// What views tell callers of a row.
    pub flags: Vec<FlagPlan>,
    /// State machines, in order of declaration.
    pub machines: Vec<MachinePlan>,
    /// The transitions of all of them, in order: `Operation::Transition` says which one.
    pub transitions: Vec<TransitionPlan>,
    /// What the database holds for every row, and the status of the answer to a write that breaks it:
    /// checks first, then invariants, both in order of declaration.
    pub checks: Vec<(ConditionPlan, u16)>,
    /// Invariants that the repository holds writes to, in order of declaration.
    pub write_rules: Vec<WriteRulePlan>,
    /// What rows of the tests must refer to, for these to hold.
    pub wanted: Vec<WantedPlan>,
    /// References (their indexes) that rows of the tests leave out, for these to hold.
    pub left_out: Vec<usize>,
    /// Whether tests know rows that the write rules let through.
    pub stageable: bool,
    /// Whether the Create schema has at least one member.
    pub has_create: bool,
    /// Whether the Update schema has at least one member.
    pub has_update: bool,
    /// Whether it has a repository: it has a resource, is the account, or others refer to it.
    pub repository: bool,
    /// Entities that refer to this one or are linked with it, in ascending order.
    pub referrers: Vec<usize>,
    /// What stands around one row in answers and requests.
    pub form: RowForm,
    /// How it is offered over HTTP, if it is.
    pub resource: Option<ResourcePlan>,
    /// Declaration in the IR.
    pub span: Span,
}

/// A part of a primary key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPart {
    /// Attribute of the model: `id`, `sku`, `order_id`.
    pub attribute: PyIdent,
    /// Column.
    pub column: ColumnName,
    /// Path and function parameter: `post_id`, `product_sku`.
    pub parameter: PyIdent,
    /// Its type; never nullable, never a list.
    pub ty: ValueType,
    /// The field, if it is a declared attribute.
    pub field: Option<usize>,
    /// The reference and the position in its columns, if it is part of a foreign key.
    pub reference: Option<(usize, usize)>,
}

/// Where a field comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldSource {
    /// An attribute of the entity.
    Attribute,
    /// A part of a value object.
    Value {
        /// Attribute that embeds it, as on the wire: `address`.
        owner: String,
        /// Python name of that attribute.
        owner_attribute: PyIdent,
        /// Class of the value object's schema: `Address`.
        class: PyIdent,
        /// Part, as on the wire: `street`.
        part: String,
        /// Python name of that part in the value object's schema.
        part_attribute: PyIdent,
        /// Whether the whole value object may be null.
        owner_nullable: bool,
    },
}

/// Whether and how a schema has a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// It has none.
    Absent,
    /// Must be given.
    Required,
    /// May be left out; this is taken then. `None` as default of a value that may not be null
    /// means that the server makes it (a slug).
    Optional(PythonDefault),
}

/// An attribute of an entity: one column, one member of the schemas.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct FieldPlan {
    /// Name as declared, and on the wire: `class`.
    pub wire: String,
    /// Python name in models and schemas: `class_`.
    pub attribute: PyIdent,
    /// Its name in snake case, as a part of names of functions: `get_by_{word}`.
    pub word: String,
    /// Variable or parameter for a value of it: snake case, and no name that code needs itself.
    pub variable: PyIdent,
    /// Python name in the model where it differs (`hashed_password` for `password`), else equal.
    pub model_attribute: PyIdent,
    /// Column.
    pub column: ColumnName,
    /// One line for documents; may be empty.
    pub description: String,
    /// Its type.
    pub ty: ValueType,
    /// Default in the model, for rows that the server makes.
    pub model_default: Option<PythonDefault>,
    /// In Create (and in the items of bulk create).
    pub create: Presence,
    /// In Replace (PUT): `Required`, or `Optional` with the default or null.
    pub replace: Presence,
    /// In Update (PATCH): always optional by `MISSING`.
    pub update: bool,
    /// In Read.
    pub read: bool,
    /// Column is unique.
    pub unique: bool,
    /// Whether two rows with the same value may clash: it is unique, a part of the key, or in a group
    /// that is.
    pub distinct: bool,
    /// Column has an index of its own.
    pub index: bool,
    /// Marked deprecated in the API.
    pub deprecated: bool,
    /// Value for documents, as JSON, if declared.
    pub example: Option<serde_json::Value>,
    /// Who may read it of those who may read the row; `None` means all of them.
    pub readable_by: Option<AttributeRulePlan>,
    /// Who may write it of those who may write the row; `None` means all of them.
    pub writable_by: Option<AttributeRulePlan>,
    /// Whether some check speaks of it: rows of tests have its sample then, not its default.
    pub checked: bool,
    /// Whether the checks hold for a row of tests where it is null, and others that clear are too.
    pub clears: bool,
    /// Values for tests.
    pub sample: Sample,
    /// Where it comes from.
    pub source: FieldSource,
    /// Declaration in the IR.
    pub span: Span,
}

impl FieldPlan {
    /// Whether every answer shows it.
    pub fn is_shown(&self) -> bool {
        self.read && self.readable_by.is_none()
    }

    /// Whether it may be null, but is not where nothing is said about it.
    pub fn takes_default(&self) -> bool {
        let filled = self.model_default.as_ref().is_some_and(|it| *it != PythonDefault::None);
        self.ty.nullable && filled
    }

    /// Where its value stands in a body, as a JSON pointer: `/title`, `/address/city`.
    pub fn pointer(&self) -> String {
        match &self.source {
            FieldSource::Attribute => format!("/{}", self.wire),
            FieldSource::Value { owner, part, .. } => format!("/{owner}/{part}"),
        }
    }
}

/// A value object embedded in an entity: one attribute of the model (`composite`), one nested
/// object on the wire, several columns.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct EmbeddedPlan {
    /// Name as declared, and on the wire: `address`.
    pub wire: String,
    /// Python name in models and schemas.
    pub attribute: PyIdent,
    /// Index in `Plan::values`.
    pub value: usize,
    /// Indexes in `EntityPlan::fields`, one for each part, in order.
    pub fields: Vec<usize>,
    /// Whether the whole may be null: then all its columns are null.
    pub nullable: bool,
    /// In Create; a default is the JSON text of the object.
    pub create: Presence,
    /// In Replace.
    pub replace: Presence,
    /// In Update: replaced as a whole.
    pub update: bool,
    /// In Read.
    pub read: bool,
    /// Marked deprecated in the API.
    pub deprecated: bool,
    /// One line for documents; may be empty.
    pub description: String,
    /// Declaration in the IR.
    pub span: Span,
}

/// A value object: a frozen dataclass in `app/models/values.py` and a schema in `app/schemas/values.py`.
#[derive(Debug, Clone)]
pub struct ValuePlan {
    /// Name as declared.
    pub name: String,
    /// Class of the schema: `Address`.
    pub class: PyIdent,
    /// Class of the dataclass in `app.models.values`: `AddressValue`.
    pub model: PyIdent,
    /// Docstring's text; never empty, ends with a full stop.
    pub doc: String,
    /// At least one.
    pub parts: Vec<PartPlan>,
    /// Declaration in the IR.
    pub span: Span,
}

/// A part of a value object.
#[derive(Debug, Clone)]
pub struct PartPlan {
    /// Name as declared, and on the wire.
    pub wire: String,
    /// Python name in the dataclass and the schema.
    pub attribute: PyIdent,
    /// One line for documents; may be empty.
    pub description: String,
    /// Its type, with its own nullability.
    pub ty: ValueType,
    /// In the schema: required, or optional with its default or null.
    pub presence: Presence,
    /// Marked deprecated in the API.
    pub deprecated: bool,
    /// Value for documents, as JSON, if declared.
    pub example: Option<serde_json::Value>,
    /// Values for tests.
    pub sample: Sample,
    /// Declaration in the IR.
    pub span: Span,
}

impl PartPlan {
    /// What is taken if nothing is said, if that is more than null.
    pub fn default(&self) -> Option<&PythonDefault> {
        match &self.presence {
            Presence::Optional(default) if *default != PythonDefault::None => Some(default),
            _ => None,
        }
    }

    /// Whether a request may leave it out.
    pub fn is_optional(&self) -> bool {
        self.ty.nullable || self.default().is_some()
    }
}

/// How a reference gets its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// By the client, in the body.
    Client,
    /// To the caller, on create.
    CurrentUser,
    /// From the path of a nested collection.
    Parent,
    /// By the server only (read only).
    Server,
}

/// A to-one relationship.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct ReferencePlan {
    /// Name as declared: `author`.
    pub wire: String,
    /// Relationship attribute of the model: `author`.
    pub attribute: PyIdent,
    /// Its name in snake case, as a part of names of functions: `check_{word}`.
    pub word: String,
    /// Variable or parameter for the row: snake case, and no name that code needs itself.
    pub variable: PyIdent,
    /// Foreign key attributes, one for each part of the target's key: `author_id`.
    pub key_attributes: Vec<PyIdent>,
    /// Variables or parameters for those.
    pub key_variables: Vec<PyIdent>,
    /// Their names on the wire: `author_id`.
    pub key_wires: Vec<String>,
    /// Their columns.
    pub columns: Vec<ColumnName>,
    /// Index of the target in `Plan::entities`.
    pub target: usize,
    /// Index in the target's `collections` of the other end, if it has one.
    pub inverse: Option<usize>,
    /// Index in the foreign keys of the table.
    pub foreign_key: usize,
    /// Whether it may be absent.
    pub nullable: bool,
    /// Declared as required, but may be absent: it closes a circle of required references, in
    /// which no row could be the first.
    pub relaxed: bool,
    /// One-to-one: the foreign key is unique.
    pub unique: bool,
    /// Whether the foreign key columns have an index of their own.
    pub index: bool,
    /// What a deletion of the target does.
    pub on_delete: OnDelete,
    /// How it gets its value.
    pub set: Set,
    /// In Create.
    pub create: Presence,
    /// In Replace.
    pub replace: Presence,
    /// In Update.
    pub update: bool,
    /// Whether the relationship needs `foreign_keys=`: another one joins the same two tables.
    pub ambiguous: bool,
    /// Whether the columns are part of the primary key.
    pub primary: bool,
    /// One line for documents; may be empty.
    pub description: String,
    /// Declaration in the IR.
    pub span: Span,
}

/// A many-to-many relationship, on its declaring side.
#[derive(Debug, Clone)]
pub struct LinkPlan {
    /// Name as declared: `tags`.
    pub wire: String,
    /// Relationship attribute of the model: `tags`.
    pub attribute: PyIdent,
    /// Its name in snake case, as a part of names of functions: `find_{word}`.
    pub word: String,
    /// Variable or parameter for the rows: snake case, and no name that code needs itself.
    pub variable: PyIdent,
    /// Member of the schemas that holds the keys: `tag_ids`.
    pub ids_attribute: PyIdent,
    /// Variable or parameter for those.
    pub ids_variable: PyIdent,
    /// The same on the wire.
    pub ids_wire: String,
    /// Index of the target in `Plan::entities`; its key has one part.
    pub target: usize,
    /// Index in `Plan::associations`, or `None` for a relationship through an entity (view only).
    pub association: Option<usize>,
    /// The association entity, for one through an entity.
    pub through: Option<ThroughPlan>,
    /// Index in the target's `collections` of the other end, if it has one.
    pub inverse: Option<usize>,
    /// Whether clients may write it.
    pub writable: bool,
    /// Whether they may write it on create only.
    pub immutable: bool,
    /// One line for documents; may be empty.
    pub description: String,
    /// Declaration in the IR.
    pub span: Span,
}

/// The association entity of a many-to-many relationship.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThroughPlan {
    /// Its index in `Plan::entities`.
    pub entity: usize,
    /// Its reference to the declaring side.
    pub near: usize,
    /// Its reference to the target.
    pub far: usize,
    /// Whether it has other references to one of the sides, or a side refers to it, so that a join must
    /// be told.
    pub ambiguous: bool,
}

/// The other end of a relationship that points here.
#[derive(Debug, Clone)]
pub struct CollectionPlan {
    /// Relationship attribute of the model: `posts`.
    pub attribute: PyIdent,
    /// Index of the entity that declares it.
    pub source: usize,
    /// Its reference, if it is a to-one relationship there.
    pub reference: Option<usize>,
    /// Its link, if it is a many-to-many relationship there.
    pub link: Option<usize>,
    /// Whether this end holds at most one row (one-to-one).
    pub one: bool,
    /// What a deletion of this row does to those.
    pub on_delete: OnDelete,
}
