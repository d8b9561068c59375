//! Tables as the database sees them: what models, the migration and the catalog must agree on.

use stratapi_diagnostics::Span;

use crate::{ColumnName, ConditionPlan, ConstraintName, OnDelete, PyIdent, TableName};

/// A table.
#[derive(Debug, Clone)]
pub struct TablePlan {
    /// Its name.
    pub name: TableName,
    /// In order: key, attributes, references, `is_active`, `created_at`, `updated_at`, `version`.
    pub columns: Vec<ColumnPlan>,
    /// Columns of the primary key, in order, and the constraint's name.
    pub primary_key: (ConstraintName, Vec<ColumnName>),
    /// Unique constraints: those of single columns first.
    pub uniques: Vec<UniquePlan>,
    /// Checks that are not part of an enum's column.
    pub checks: Vec<CheckPlan>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKeyPlan>,
    /// Indexes.
    pub indexes: Vec<IndexPlan>,
    /// Index in `Plan::entities`, unless it belongs to an association or to sign-in.
    pub entity: Option<usize>,
}

impl TablePlan {
    /// Whether the naming convention gives the primary key's name; if not, print it.
    pub fn primary_key_conventional(&self) -> bool {
        self.primary_key.0.as_str().strip_prefix("pk_") == Some(self.name.as_str())
    }

    /// Columns of which no two rows have the same values: those of each unique constraint, and of the
    /// primary key.
    pub fn unique_sets(&self) -> impl Iterator<Item = &Vec<ColumnName>> {
        self.uniques.iter().map(|unique| &unique.columns).chain([&self.primary_key.1])
    }

    /// The same, with those of unique indexes.
    pub fn exclusive_sets(&self) -> impl Iterator<Item = &Vec<ColumnName>> {
        let indexes = self.indexes.iter().filter(|index| index.unique);
        self.unique_sets().chain(indexes.map(|index| &index.columns))
    }

    /// The column with this name.
    pub fn column(&self, name: &ColumnName) -> Option<&ColumnPlan> {
        self.columns.iter().find(|column| &column.name == name)
    }
}

/// A column.
#[derive(Debug, Clone)]
pub struct ColumnPlan {
    /// Its name.
    pub name: ColumnName,
    /// Its type.
    pub ty: ColumnType,
    /// Whether it may be null.
    pub nullable: bool,
    /// What the database fills in.
    pub server_default: Option<ServerDefault>,
    /// Whether it counts up by itself (`id: int`).
    pub autoincrement: bool,
    /// The check of an enum's column.
    pub enum_check: Option<EnumCheckPlan>,
}

/// The check of an enum's column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumCheckPlan {
    /// Its full name in the database: `ck_posts_status`.
    pub name: ConstraintName,
    /// Whether the naming convention makes the same name from the column's; if not, print
    /// `name=conv("…")`.
    pub conventional: bool,
}

/// Type of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnType {
    /// `sa.Uuid()`
    Uuid,
    /// `sa.String(length)`
    String(u32),
    /// `sa.Text()`
    Text,
    /// `sa.Integer()`
    Integer,
    /// `sa.BigInteger()`; with a variant `Integer` on SQLite where it counts up.
    BigInteger,
    /// `sa.Double()`
    Double,
    /// `ExactDecimal(p, s)`; in migrations `sa.Numeric(p, s).with_variant(sa.BigInteger(), "sqlite")`
    Decimal(u32, u32),
    /// `sa.Boolean()`
    Boolean,
    /// `sa.Date()`
    Date,
    /// `sa.Time()`
    Time,
    /// `UTCDateTime()`; in migrations `sa.DateTime(timezone=True)`
    DateTime,
    /// `DurationSeconds()`; in migrations `sa.BigInteger()`: microseconds
    Duration,
    /// `sa.JSON()` with a variant JSONB on PostgreSQL
    Json,
    /// `sa.LargeBinary(length)`
    Binary(u32),
    /// `string_enum(Plan::enums[.0], name=…, length=…)`; its check is `ck_<table>_<column>`
    Enum(usize),
}

/// What the database fills in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerDefault {
    /// A text literal, printed as a plain string.
    Text(String),
    /// A number, printed as such; for decimals the exact literal.
    Number(String),
    /// `sa.true()` or `sa.false()`.
    Bool(bool),
    /// `sa.func.now()`.
    Now,
    /// `sa.func.current_date()`.
    Today,
}

/// A unique constraint.
#[derive(Debug, Clone)]
pub struct UniquePlan {
    /// Its name in the database.
    pub name: ConstraintName,
    /// Whether the naming convention of `models/base.py` gives the same name; if not, print it.
    pub conventional: bool,
    /// At least one.
    pub columns: Vec<ColumnName>,
    /// What it follows from, in the IR.
    pub span: Span,
}

/// A check.
#[derive(Debug, Clone)]
pub struct CheckPlan {
    /// Its full name in the database: `ck_posts_views_range`.
    pub name: ConstraintName,
    /// What the convention is given: `views_range`. `None` where the full name must be printed.
    pub short: Option<String>,
    /// Its SQL on both databases; columns that need it are quoted.
    pub sql: String,
    /// The condition as a tree, for declared checks.
    pub tree: Option<ConditionPlan>,
    /// What a client is told when it is violated, if that is declared.
    pub invariant: Option<InvariantPlan>,
    /// What it follows from, in the IR.
    pub span: Span,
}

/// What a client is told when a write breaks a rule of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvariantPlan {
    /// The code of the problem: `not_overpaid`.
    pub name: String,
    /// Its detail.
    pub message: String,
    /// Its status: 400, 409 or 422.
    pub status: u16,
    /// Values that break it and no other check, by fields of the entity (indexes in
    /// `EntityPlan::fields`), as they stand in JSON; none where tests find none.
    pub broken_by: Option<Vec<(usize, serde_json::Value)>>,
}

/// A foreign key.
#[derive(Debug, Clone)]
pub struct ForeignKeyPlan {
    /// Its name in the database.
    pub name: ConstraintName,
    /// Whether the naming convention gives the same name; if not, print it.
    pub conventional: bool,
    /// Own columns.
    pub columns: Vec<ColumnName>,
    /// The other table.
    pub target: TableName,
    /// Its columns, in the same order.
    pub target_columns: Vec<ColumnName>,
    /// What a deletion of the other row does.
    pub on_delete: OnDelete,
    /// Whether it closes a cycle: added after all tables (`use_alter=True` in the model).
    pub deferred: bool,
}

/// An index.
#[derive(Debug, Clone)]
pub struct IndexPlan {
    /// Its name in the database.
    pub name: ConstraintName,
    /// Whether the naming convention gives the same name; if not, print it.
    pub conventional: bool,
    /// At least one.
    pub columns: Vec<ColumnName>,
    /// Whether it forbids equal rows.
    pub unique: bool,
    /// SQL of the condition of a partial index.
    pub condition: Option<String>,
    /// The same condition as a tree.
    pub condition_tree: Option<ConditionPlan>,
    /// What it follows from, in the IR.
    pub span: Span,
}

/// The association table of a many-to-many relationship (`app/models/post_tag.py`).
#[derive(Debug, Clone)]
pub struct AssociationPlan {
    /// Variable that holds the `Table`: `post_tags`.
    pub variable: PyIdent,
    /// Module below `app.models`: `post_tags`.
    pub module: PyIdent,
    /// Index in `Plan::tables`.
    pub table: usize,
    /// Entity that declares the relationship; its columns come first.
    pub left: usize,
    /// Columns that refer to `left`'s key.
    pub left_columns: Vec<ColumnName>,
    /// The target.
    pub right: usize,
    /// Columns that refer to `right`'s key.
    pub right_columns: Vec<ColumnName>,
}
