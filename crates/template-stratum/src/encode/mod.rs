//! One encoder a sink: the only way of a text into a file. No encoder exists for shells, `.env` and
//! Dockerfiles, since only bare names go there; a new sink gets its encoder, and its test, first.

mod markdown;
mod python;
mod quoted;

use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};

use crate::value::{Bare, Encoded, Text};

/// Gives every encoder its name in templates.
pub(crate) fn register(engine: &mut Environment<'static>) {
    engine.add_filter("py_str", |value: Value| encoded(&value, python::literal));
    engine.add_filter("py_constant", |value: Value, name: String| {
        encoded(&value, |text| python::constant(&name, text))
    });
    engine.add_filter("toml_str", |value: Value| encoded(&value, quoted::toml));
    engine.add_filter("yaml_str", |value: Value| encoded(&value, quoted::yaml));
    engine.add_filter("json_str", |value: Value| encoded(&value, quoted::json));
    engine.add_filter("md_inline", |value: Value| encoded(&value, markdown::inline));
}

fn encoded(value: &Value, encode: impl FnOnce(&str) -> String) -> Result<Value, Error> {
    let source = if let Some(text) = value.downcast_object_ref::<Text>() {
        &text.0
    } else if let Some(name) = value.downcast_object_ref::<Bare>() {
        &name.0
    } else if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    } else {
        return Err(Error::new(ErrorKind::InvalidOperation, "only texts and names are encoded"));
    };
    Ok(Encoded(encode(source)).into())
}

/// Whether a character can't be seen in an editor, or turns the text around it.
fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'
            | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}
