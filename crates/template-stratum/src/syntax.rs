//! How templates are written: the delimiters, and what may stand between them.
//! The build script includes this file too, so that a template which breaks the law does not compile.

use minijinja::syntax::SyntaxConfig;

/// Delimiters of a kind of file.
pub(crate) struct Delimiters {
    /// Around what is printed.
    pub(crate) print: (&'static str, &'static str),
    /// Around statements.
    pub(crate) block: (&'static str, &'static str),
}

const USUAL: Delimiters = Delimiters { print: ("{{", "}}"), block: ("{%", "%}") };
/// Workflows, dashboards and Compose files have braces of their own.
const ANGLED: Delimiters = Delimiters { print: ("<<", ">>"), block: ("<%", "%>") };

/// The delimiters of the file that is made at `path`.
pub(crate) fn delimiters(path: &str) -> &'static Delimiters {
    let angled = [".yml", ".yaml", ".json"].iter().any(|ending| path.ends_with(ending));
    if angled { &ANGLED } else { &USUAL }
}

/// The same for minijinja; a statement alone on its line leaves nothing behind.
pub(crate) fn syntax(path: &str) -> Result<SyntaxConfig, minijinja::Error> {
    let Delimiters { print, block } = delimiters(path);
    SyntaxConfig::builder()
        .variable_delimiters(print.0, print.1)
        .block_delimiters(block.0, block.1)
        .comment_delimiters("{#", "#}")
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
}
