//! `J0501`: the application can't be migrated, started or asked.

use stratapi_diagnostics::Code;

use crate::finding::{About, Finding, Place};
use crate::judge::Bench;
use crate::result::{Found, Grade};
use crate::served;
use crate::trouble;

pub(super) fn check(bench: &Bench<'_>) -> Found {
    let mut found = Found::default();
    let error = |message: String| Finding::error(Code::J0501, message);
    let served = match served::run(bench, Code::J0501) {
        Ok(served) => served,
        Err(found) => return found,
    };
    let stage = match served.stage.as_str() {
        "build" => Some("the containers can't be built or do not come up"),
        "migrate" => Some("the database can't be migrated"),
        "account" => Some("no account can be made"),
        "start" if served.hangs => Some("the application runs and never answers"),
        "start" => Some("the application does not start"),
        _ => None,
    };
    if let Some(stage) = stage {
        let mut finding = error(format!("{stage}: {}", trouble::last_line(served.log.as_bytes())));
        if let Some(place) = place(&served.log) {
            finding = finding.at(place, "");
        }
        found.broken(About::App, finding.help(log(&served.log)));
        return found;
    }
    if let Some(why) = &served.sign_in {
        let finding = error(format!("nobody can sign in: {why}"));
        found.broken(About::App, finding.at(Place::file("app/routers/auth.py"), ""));
    }
    for (path, (status, text)) in &served.probes {
        let answers = *status == 200 && (path != "/metrics" || text.contains("# "));
        if answers {
            found.fact(About::App, Grade::Met);
        } else {
            let finding = error(format!("`{path}` answers {status}"));
            let place = Place::file("app/routers/health.py");
            found.broken(About::App, finding.at(place, "").help(log(text)));
        }
    }
    found
}

fn log(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let start = lines.len().saturating_sub(12);
    format!("it said:\n{}", lines[start..].join("\n"))
}

/// The last place of the project in a traceback.
fn place(log: &str) -> Option<Place> {
    log.lines().rev().find_map(|line| {
        let (_, rest) = line.split_once("File \"")?;
        let (path, rest) = rest.split_once("\", line ")?;
        let number = rest.split(',').next()?.trim().parse().ok()?;
        let start = ["/app/", "/migrations/"].iter().find_map(|part| path.rfind(part))?;
        let is_installed = path.contains("/site-packages/");
        (!is_installed).then(|| Place::line(&path[start + 1..], number))
    })
}

#[cfg(test)]
mod tests {
    use super::place;
    use crate::finding::Place;

    #[test]
    fn a_traceback_leads_to_the_line_of_the_project() {
        let log = "Traceback (most recent call last):\n  \
            File \"/project/app/main.py\", line 7, in <module>\n    from app.core import x\n  \
            File \"/env/lib/site-packages/starlette/app/main.py\", line 1, in x\n\
            ImportError: no x\n\n";
        assert_eq!(place(log), Some(Place::line("app/main.py", 7)));
    }
}
