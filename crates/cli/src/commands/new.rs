//! `stratapi new`: a first file to start from.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use stratapi_driver::MemoryWorld;
use stratapi_driver::diagnostics::SourceMap;

use super::Ended;
use crate::exit::Exit;
use crate::terminal::{Format, Terminal};

/// Start an application: writes its file, asking for what no flag says.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Name of the application: lower case letters, digits, `-` and `_`.
    name: Option<String>,
    /// What to start from.
    #[arg(long, value_enum)]
    start: Option<Start>,
    /// The file to write.
    #[arg(long, default_value = "app.yaml")]
    file: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Start {
    /// One entity, nothing else.
    Minimal,
    /// Users, posts, tags and comments, with sign-in and access rules.
    Blog,
}

impl Start {
    /// The text, and what stands in it for the application's own name and title.
    fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::Minimal => (include_str!("../../starters/minimal.yaml"), "  name: notes\n"),
            Self::Blog => (
                include_str!("../../../../examples/blog.yaml"),
                "  name: blog\n  title: Blog Platform\n",
            ),
        }
    }
}

pub(crate) fn run(arguments: &Arguments, terminal: Terminal) -> Ended {
    let name = match &arguments.name {
        Some(name) => name.clone(),
        None => ask_name(terminal)?,
    };
    let start = match arguments.start {
        Some(start) => start,
        None if terminal.can_ask() && arguments.name.is_none() => ask_start()?,
        None => Start::Minimal,
    };
    let (text, named) = start.text();
    let text = text.replacen(named, &format!("  name: {name}\n"), 1);
    validate(&text, terminal)?;
    write(&arguments.file, &text).map_err(|error| refuse(terminal, &arguments.file, &error))?;
    let file = arguments.file.display();
    terminal.say("Written", &format!("{file}"));
    terminal.say("Next", &format!("stratapi dev {file}"));
    Ok(())
}

/// The compiler itself says whether the name can be used.
fn validate(text: &str, terminal: Terminal) -> Ended {
    let world = MemoryWorld::new().with("app.yaml", text);
    let mut sources = SourceMap::default();
    let plan = stratapi_driver::plan(&world, "app.yaml", &mut sources);
    terminal.report(plan, &sources, Format::Human).map(|_| ())
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent)?;
    }
    std::fs::OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

fn refuse(terminal: Terminal, path: &Path, error: &std::io::Error) -> Exit {
    if error.kind() == std::io::ErrorKind::AlreadyExists {
        let path = path.display();
        terminal.complain(&format!("`{path}` exists; choose another file with `--file`"));
        return Exit::Refused;
    }
    terminal.complain(&format!("cannot write `{}`: {error}", path.display()));
    Exit::InputOutput
}

fn ask_name(terminal: Terminal) -> Result<String, Exit> {
    if !terminal.can_ask() {
        terminal.complain("the name is missing: `stratapi new NAME`");
        return Err(Exit::Usage);
    }
    dialoguer::Input::new()
        .with_prompt("Name of the application")
        .interact_text()
        .map_err(|_| Exit::Interrupted)
}

fn ask_start() -> Result<Start, Exit> {
    let choice = dialoguer::Select::new()
        .with_prompt("Start from")
        .items(["minimal: one entity", "blog: users, posts, tags, comments"])
        .default(0)
        .interact()
        .map_err(|_| Exit::Interrupted)?;
    Ok(if choice == 0 { Start::Minimal } else { Start::Blog })
}
