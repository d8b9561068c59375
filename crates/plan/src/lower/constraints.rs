//! Names of constraints and indexes: those of the naming convention where they fit into 63 bytes
//! and are free, else shortened ones with a stable hash. Names are unique in the whole schema.

use rustc_hash::FxHashSet;

use crate::{ColumnName, ConstraintName};

/// Bytes of a name at the most: PostgreSQL cuts longer ones.
pub(super) const LONGEST: usize = 63;
const HASH: usize = 8;

/// Gives names to constraints and indexes.
#[derive(Debug, Default)]
pub(super) struct ConstraintNames {
    taken: FxHashSet<String>,
}

impl ConstraintNames {
    /// Keeps a table's name free: in `PostgreSQL`, tables and indexes share one space of names.
    pub(super) fn keep(&mut self, name: &str) {
        self.taken.insert(name.to_lowercase());
    }

    /// `pk_posts`
    pub(super) fn primary_key(&mut self, table: &str) -> ConstraintName {
        self.name(format!("pk_{table}")).0
    }

    /// `uq_posts_author_id_title`
    pub(super) fn unique(&mut self, table: &str, columns: &[ColumnName]) -> (ConstraintName, bool) {
        self.name(format!("uq_{table}_{}", joined(columns)))
    }

    /// `ix_posts_status_published_at`
    pub(super) fn index(&mut self, table: &str, columns: &[ColumnName]) -> (ConstraintName, bool) {
        self.name(format!("ix_{table}_{}", joined(columns)))
    }

    /// `fk_posts_author_id_users`
    pub(super) fn foreign_key(
        &mut self,
        table: &str,
        columns: &[ColumnName],
        target: &str,
    ) -> (ConstraintName, bool) {
        self.name(format!("fk_{table}_{}_{target}", joined(columns)))
    }

    /// `ck_posts_views_range`
    pub(super) fn check(&mut self, table: &str, short: &str) -> (ConstraintName, bool) {
        self.name(format!("ck_{table}_{short}"))
    }

    /// The name, and whether it is the one that was asked for.
    fn name(&mut self, wanted: String) -> (ConstraintName, bool) {
        if wanted.len() <= LONGEST && self.taken.insert(wanted.to_lowercase()) {
            return (ConstraintName::checked(wanted), true);
        }
        for round in 0_u32.. {
            let hash = blake3::hash(format!("{wanted}#{round}").as_bytes()).to_hex();
            let mut end = wanted.len().min(LONGEST - HASH - 1);
            while !wanted.is_char_boundary(end) {
                end -= 1;
            }
            let name = format!("{}_{}", &wanted[..end], &hash.as_str()[..HASH]);
            if self.taken.insert(name.to_lowercase()) {
                return (ConstraintName::checked(name), false);
            }
        }
        stratapi_diagnostics::bug!("no free constraint name")
    }
}

fn joined(columns: &[ColumnName]) -> String {
    columns.iter().map(ColumnName::as_str).collect::<Vec<_>>().join("_")
}
