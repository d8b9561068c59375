//! Names that Python itself brings: built-in ones, and the modules of the standard library that
//! every supported version has.

use std::sync::LazyLock;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

/// Asked for whatever a scope does not define.
type Names = IndexSet<&'static str, FxBuildHasher>;

static BUILTINS: LazyLock<Names> = LazyLock::new(|| include_str!("builtins.txt").lines().collect());
static STDLIB: LazyLock<Names> = LazyLock::new(|| include_str!("stdlib.txt").lines().collect());

/// Whether a name is defined everywhere.
pub(crate) fn is_builtin(name: &str) -> bool {
    BUILTINS.contains(name)
}

/// Whether a module belongs to the standard library; `name` is its first part.
pub(crate) fn is_stdlib(name: &str) -> bool {
    STDLIB.contains(name)
}

#[cfg(test)]
mod tests {
    use super::{is_builtin, is_stdlib};

    #[test]
    fn whole_names_are_known() {
        assert!(is_builtin("len") && is_builtin("__name__") && is_builtin("ExceptionGroup"));
        assert!(!is_builtin("le") && !is_builtin("") && !is_builtin("reveal_type"));
        assert!(is_stdlib("asyncio") && is_stdlib("__future__"));
        assert!(!is_stdlib("distutils") && !is_stdlib("yaml"));
    }
}
