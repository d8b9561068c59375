//! The report as one page of HTML that needs nothing else: no script, no font, no picture from
//! elsewhere, and a policy that forbids them.

use std::fmt::Write as _;

use stratapi_diagnostics::{Diagnostic, Severity, SourceMap, Span};

use super::encode::markup;
use super::human::percent;
use super::{CheckReport, LayerReport, Report, Score};
use crate::result::Outcome;

const STYLE: &str = include_str!("report.css");

/// One page, with a line feed at its end.
pub fn html(report: &Report) -> String {
    let mut out = String::new();
    let app = markup(&report.app);
    let verdict = if report.passed() { "passed" } else { "failed" };
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{app}: {verdict}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header><h1>{app}</h1><p class=\"verdict {verdict}\">{verdict}</p>\n\
         <p>level {}, strict {} %, relaxed {} %</p></header>\n",
        report.facts.level.name(),
        percent(report.total.strict()),
        percent(report.total.relaxed()),
    );
    cards(&mut out, &report.layers);
    for layer in &report.layers {
        checks(&mut out, layer, report);
    }
    for (title, scores) in [
        ("Entities", &report.entities),
        ("Endpoints", &report.endpoints),
        ("Access rules", &report.rules),
    ] {
        table(&mut out, title, scores);
    }
    footer(&mut out, report);
    out.push_str("</body>\n</html>\n");
    out
}

/// The score of each layer, with a bar as wide as it is.
fn cards(out: &mut String, layers: &[LayerReport]) {
    out.push_str("<section class=\"cards\">\n");
    for layer in layers {
        let failed = layer.checks.iter().any(|check| check.outcome == Outcome::Failed);
        let strict = layer.score.strict().map_or(0.0, super::Percent::value);
        let _ = writeln!(
            out,
            "<article class=\"card {}\"><h2>{}</h2><p class=\"score\">{} %</p>\
             <div class=\"bar\"><div style=\"width: {strict:.1}%\"></div></div>\
             <p>relaxed {} %, {} checks</p></article>",
            if failed { "failed" } else { "passed" },
            layer.layer.title(),
            percent(layer.score.strict()),
            percent(layer.score.relaxed()),
            layer.checks.len(),
        );
    }
    out.push_str("</section>\n");
}

fn checks(out: &mut String, layer: &LayerReport, report: &Report) {
    let _ = writeln!(out, "<section>\n<h2>{}</h2>", layer.layer.title());
    for check in &layer.checks {
        let (class, word) = match &check.outcome {
            Outcome::Passed => ("passed", "passed".to_owned()),
            Outcome::Failed => ("failed", "failed".to_owned()),
            Outcome::Skipped(reason) => ("skipped", format!("skipped: {}", markup(reason))),
        };
        let open = if class == "failed" { " open" } else { "" };
        let _ = writeln!(
            out,
            "<details class=\"{class}\"{open}><summary><code>{}</code> {} <span>{word}</span></summary>\n<p>{}</p>",
            check.code,
            check.code.info().name,
            markup(check.code.info().summary()),
        );
        findings(out, check, report);
        out.push_str("</details>\n");
    }
    out.push_str("</section>\n");
}

fn findings(out: &mut String, check: &CheckReport, report: &Report) {
    let diagnosed = report.diagnosed_check(check, "");
    for diagnostic in &diagnosed.diagnostics {
        let class = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let _ =
            writeln!(out, "<div class=\"finding {class}\"><p>{}</p>", markup(&diagnostic.message));
        places(out, diagnostic, &diagnosed.sources);
        for help in &diagnostic.help {
            let _ = writeln!(out, "<p class=\"help\">{}</p>", markup(help));
        }
        out.push_str("</div>\n");
    }
}

/// Each place with its line; the place itself is marked.
fn places(out: &mut String, diagnostic: &Diagnostic, sources: &SourceMap) {
    for label in &diagnostic.labels {
        let file = sources.file(label.span.file);
        let at = sources.position(label.span);
        let (before, marked, behind) = line(&file.text, label.span);
        let _ = writeln!(
            out,
            "<p class=\"place\">{}:{}:{} {}</p><pre>{}<mark>{}</mark>{}</pre>",
            markup(&file.name),
            at.line,
            at.column,
            markup(&label.message),
            markup(before),
            markup(marked),
            markup(behind),
        );
    }
}

/// The first line of a place in three parts; long ones are cut.
fn line(text: &str, span: Span) -> (&str, &str, &str) {
    const AROUND: usize = 120;
    let (start, end) = (span.start as usize, span.end as usize);
    let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let last = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = end.clamp(start, last);
    let before =
        text[first..start].char_indices().rev().nth(AROUND).map_or(first, |(at, _)| first + at);
    let behind = text[end..last].char_indices().nth(AROUND).map_or(last, |(at, _)| end + at);
    (&text[before..start], &text[start..end], &text[end..behind])
}

fn table(out: &mut String, title: &str, scores: &[(String, Score)]) {
    let counted: Vec<&(String, Score)> =
        scores.iter().filter(|(_, score)| *score != Score::default()).collect();
    if counted.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "<section>\n<h2>{title}</h2>\n<table><tr><th></th><th>strict %</th><th>relaxed %</th>\
         <th>met</th><th>almost</th><th>broken</th><th>unknown</th></tr>"
    );
    for (name, score) in counted {
        let class = if score.broken > 0 { "failed" } else { "passed" };
        let _ = writeln!(
            out,
            "<tr class=\"{class}\"><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            markup(name),
            percent(score.strict()),
            percent(score.relaxed()),
            score.met,
            score.relaxed,
            score.broken,
            score.unknown,
        );
    }
    out.push_str("</table>\n</section>\n");
}

fn footer(out: &mut String, report: &Report) {
    let _ = write!(
        out,
        "<footer><p>model <code>{}</code></p><p>files <code>{}</code></p>",
        markup(&report.facts.input_hash),
        markup(&report.facts.tree_hash)
    );
    for (name, version) in &report.facts.versions {
        let _ = write!(out, "<p>{} {}</p>", markup(name), markup(version));
    }
    let _ = writeln!(out, "<p>{:.2} s of work</p></footer>", report.work().as_secs_f64());
}
