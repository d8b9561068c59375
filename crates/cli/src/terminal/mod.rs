//! What people see: findings, progress, messages. Machines read stdout, people stderr.

mod progress;

use std::io::{IsTerminal as _, Write as _};

use clap::ValueEnum;
use stratapi_driver::diagnostics::{Checked, Diagnostic, SourceMap, render};

pub(crate) use progress::{Bars, Checks};

use crate::exit::Exit;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    Always,
    Never,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With source lines, on stderr.
    Human,
    /// One line each, on stderr.
    Short,
    /// On stdout.
    Json,
    /// For code hosts, on stdout.
    Sarif,
}

/// The terminal, or what stands for it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    color: bool,
    interactive: bool,
}

impl Terminal {
    pub(crate) fn new(color: Color) -> Self {
        let interactive = std::io::stderr().is_terminal();
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => interactive && !set("NO_COLOR") && !dumb,
        };
        let choice =
            if color { anstream::ColorChoice::Always } else { anstream::ColorChoice::Never };
        choice.write_global();
        Self { color, interactive }
    }

    /// Whether a person can answer questions.
    pub(crate) fn can_ask(self) -> bool {
        self.interactive && std::io::stdin().is_terminal()
    }

    /// Progress bars on a terminal, nothing elsewhere.
    pub(crate) fn bars(self, format: Format) -> Bars {
        Bars::new(self.interactive && format == Format::Human)
    }

    /// A bar for so many checks on a terminal, nothing elsewhere.
    pub(crate) fn checks(self, count: usize) -> Checks {
        Checks::new(self.interactive, count)
    }

    /// Shows what a phase said, and gives its value.
    pub(crate) fn report<T>(
        self,
        checked: Checked<T>,
        sources: &SourceMap,
        format: Format,
    ) -> Result<T, Exit> {
        self.show(&checked.diagnostics, sources, format);
        checked.value.ok_or_else(|| Exit::of(&checked.diagnostics))
    }

    /// Shows findings; the formats for machines say also that there are none.
    pub(crate) fn show(self, diagnostics: &[Diagnostic], sources: &SourceMap, format: Format) {
        match format {
            Format::Human if diagnostics.is_empty() => {}
            Format::Human => {
                let text = render::human(diagnostics, sources, self.color, self.width());
                anstream::eprint!("{text}");
            }
            Format::Short => anstream::eprint!("{}", render::short(diagnostics, sources)),
            Format::Json => print(&render::json(diagnostics, sources)),
            Format::Sarif => print(&render::sarif(diagnostics, sources)),
        }
    }

    /// Whether text for people has colours.
    pub(crate) fn is_colored(self) -> bool {
        self.color
    }

    /// Columns of the terminal, if it is one.
    pub(crate) fn width(self) -> Option<usize> {
        self.interactive.then(width).flatten()
    }

    fn style(self, color: anstyle::AnsiColor) -> anstyle::Style {
        if self.color { color.on_default().bold() } else { anstyle::Style::new() }
    }

    /// A line for people: a green word and what it is about.
    pub(crate) fn say(self, word: &str, text: &str) {
        let style = self.style(anstyle::AnsiColor::Green);
        eprintln!("{style}{word:>12}{style:#} {text}");
    }

    /// A warning that is about no place.
    pub(crate) fn warn(self, text: &str) {
        let style = self.style(anstyle::AnsiColor::Yellow);
        eprintln!("{style}warning{style:#}: {text}");
    }

    /// Shows an error that is not about the input, and gives the exit code for it.
    pub(crate) fn fail(self, error: Diagnostic) -> Exit {
        let errors = [error];
        self.show(&errors, &SourceMap::default(), Format::Human);
        Exit::of(&errors)
    }

    /// An error that has no code, since it is about the arguments.
    pub(crate) fn complain(self, text: &str) {
        let style = self.style(anstyle::AnsiColor::Red);
        eprintln!("{style}error{style:#}: {text}");
    }
}

/// Shows text for people that is already laid out.
pub(crate) fn show_text(text: &str) {
    anstream::eprint!("{text}");
}

/// Prints a result on stdout; a reader that went away ends the matter.
pub(crate) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    drop(write!(out, "{text}{end}").and_then(|()| out.flush()));
}

fn width() -> Option<usize> {
    console::Term::stderr().size_checked().map(|(_, columns)| usize::from(columns))
}
