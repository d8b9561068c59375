//! `stratapi explain`: the page of a code.

use stratapi_driver::diagnostics::Code;

use super::Ended;
use crate::exit::Exit;
use crate::terminal::{self, Terminal};

/// Explain a code such as E0203.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The code, or its name (`unknown-key`).
    code: String,
}

pub(crate) fn run(arguments: &Arguments, terminal: Terminal) -> Ended {
    let wanted = arguments.code.trim();
    let by_name = || Code::all().iter().find(|info| info.name.eq_ignore_ascii_case(wanted));
    if let Some(info) = Code::find(wanted).or_else(by_name) {
        terminal::print(info.page);
        return Ok(());
    }
    let near = closest(wanted).map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
    terminal.complain(&format!("there is no code `{wanted}`{near}"));
    Err(Exit::Usage)
}

/// The code or name that is most alike, if one is alike at all.
fn closest(wanted: &str) -> Option<&'static str> {
    let wanted = wanted.to_lowercase();
    Code::all()
        .iter()
        .flat_map(|info| [info.code.as_str(), info.name])
        .map(|name| {
            (similar::TextDiff::from_chars(wanted.clone(), name.to_lowercase()).ratio(), name)
        })
        .filter(|(ratio, _)| *ratio >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
