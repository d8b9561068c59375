//! What stands in a project's folder and is no part of the project: what tools leave behind, and what
//! belongs to its developers.

/// Folders that hold no part of a project.
const FOLDERS: &[&str] = &[
    ".git",
    ".hg",
    ".hypothesis",
    ".idea",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".schemathesis",
    ".stratapi",
    ".stratapi-dev",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pycache__",
    "node_modules",
    "venv",
];
/// Endings of files that hold no part of a project.
const ENDINGS: &[&str] = &["db", "db-shm", "db-wal", "pyc", "pyo", "sqlite", "sqlite3"];

/// Whether a folder of this name holds no part of a project.
pub fn is_foreign_folder(name: &str) -> bool {
    FOLDERS.contains(&name)
}

/// Whether a file of this name is no part of a project.
pub fn is_foreign_file(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.contains(&ending) || name.starts_with(".coverage")
}
