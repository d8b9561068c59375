//! The template engine, bare but for `for`, `if` and one encoder a sink.

use std::sync::LazyLock;

use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use stratapi_diagnostics::bug;

use crate::encode;
use crate::layout;
use crate::syntax;
use crate::value::{Bare, Encoded};

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

static ENGINE: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut engine = empty();
    for (path, text) in TEMPLATES {
        add(&mut engine, path, text).unwrap_or_else(|error| bug!("template {path}: {error}"));
    }
    engine
});

/// The engine without templates: strict, nothing built in, no escaping by file name.
fn empty() -> Environment<'static> {
    let mut engine = Environment::empty();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    engine.set_formatter(print);
    encode::register(&mut engine);
    engine
}

fn add(
    engine: &mut Environment<'static>,
    path: &'static str,
    text: &'static str,
) -> Result<(), Error> {
    engine.set_syntax(syntax::syntax(path)?);
    engine.add_template(path, text)
}

/// Prints names, whole numbers and what an encoder made; all else is an error.
fn print(out: &mut Output, _: &mut State, value: &Value) -> Result<(), Error> {
    let done = if let Some(name) = value.downcast_object_ref::<Bare>() {
        out.write_str(&name.0)
    } else if let Some(encoded) = value.downcast_object_ref::<Encoded>() {
        out.write_str(&encoded.0)
    } else if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    } else if value.is_integer() {
        out.write_str(&value.to_string())
    } else {
        return Err(Error::new(ErrorKind::BadEscape, "a text needs the encoder of its sink"));
    };
    done.map_err(|_| ErrorKind::WriteFailure.into())
}

/// Parses the templates, if that has not been done.
pub(crate) fn warm_up() {
    LazyLock::force(&ENGINE);
}

/// Renders the template of an output path.
pub(crate) fn render(path: &str, context: &Value) -> String {
    let template = ENGINE.get_template(path);
    let (source, text) = template
        .and_then(|template| Ok((template.source().to_owned(), template.render(context)?)))
        .unwrap_or_else(|error| bug!("template {path}: {error:#}"));
    // Names are of any length: where they are printed, lines and imports must be laid out anew.
    let python = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "py");
    if python && source.contains("{{") { layout::settled(path, &text) } else { text }
}

/// Output paths of all templates, in ascending order.
pub(crate) fn paths() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(path, _)| *path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{bare, table, text};

    fn rendered(template: &'static str) -> Result<String, ErrorKind> {
        let mut engine = empty();
        add(&mut engine, "x.py", template).map_err(|error| error.kind())?;
        let context = table([
            ("title", text("a \"b\"")),
            ("name", bare("blog")),
            ("count", Value::from(3)),
            ("flag", Value::from(false)),
            ("none", text("")),
        ]);
        engine.get_template("x.py").unwrap().render(context).map_err(|error| error.kind())
    }

    #[test]
    fn only_names_numbers_and_encoded_texts_are_printed() {
        assert_eq!(rendered("{{ name }} {{ count }}\n").unwrap(), "blog 3\n");
        assert_eq!(rendered("{{ title | py_str }}").unwrap(), "'a \"b\"'");
        assert_eq!(rendered("{{ title }}"), Err(ErrorKind::BadEscape));
        assert_eq!(rendered("{{ \"literal\" }}"), Err(ErrorKind::BadEscape));
        assert_eq!(rendered("{{ flag }}"), Err(ErrorKind::BadEscape));
        assert_eq!(rendered("{{ missing }}"), Err(ErrorKind::UndefinedError));
        assert_eq!(rendered("{% if missing %}{% endif %}"), Err(ErrorKind::UndefinedError));
        assert_eq!(rendered("{{ missing | py_str }}"), Err(ErrorKind::UndefinedError));
    }

    #[test]
    fn texts_do_not_escape_through_operators_or_a_second_encoder() {
        assert!(rendered("{{ title ~ name }}").is_err());
        assert!(rendered("{{ (title ~ name) | py_str }}").is_err());
        assert_eq!(rendered("{{ title | py_str | toml_str }}"), Err(ErrorKind::InvalidOperation));
        assert_eq!(rendered("{{ title | upper }}"), Err(ErrorKind::UnknownFilter));
        assert_eq!(rendered("{% if none %}x{% else %}y{% endif %}").unwrap(), "y");
    }

    #[test]
    fn workflows_keep_their_own_braces() {
        let mut engine = empty();
        add(&mut engine, "ci.yml", "a: ${{ github.ref }} << name >>\n").unwrap();
        let text = engine.get_template("ci.yml").unwrap().render(table([("name", bare("blog"))]));
        assert_eq!(text.unwrap(), "a: ${{ github.ref }} blog\n");
    }
}
