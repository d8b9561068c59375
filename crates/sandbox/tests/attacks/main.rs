//! Live attacks, as scripts: none succeeds, each is answered within its limit and two seconds, and
//! nothing of it is left. They attack only what this test has opened itself.
//!
//! The test has its own harness, so that what can't be tested on a machine is counted as ignored.

mod exhaust;
mod honest;
mod lent;
mod outside;
mod reach;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use outside::Outside;
use stratapi_qa::{Ended, Limits, ToolCall, ToolOutcome, ToolRunner as _};
use stratapi_sandbox::{Permission, Sandbox, Settings, Stage, WayName};

/// What every script begins with.
const PRELUDE: &str = "
import ctypes, os, signal, socket, sys, time
def escaped(what):
    print('ESCAPED', what, flush=True)
def attempt(act):
    try:
        act()
    except (OSError, ValueError, OverflowError) as error:
        print('held:', error)
libc = ctypes.CDLL(None, use_errno=True)
syscall = libc.syscall
def attack():
";
const END: &str = "
try:
    attack()
except BaseException as error:
    print('held:', repr(error))
";

/// How an attack on the machine has to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bounds {
    /// In whatever way.
    Any,
    /// By itself, since it got no more, or by the watch.
    Ended,
    /// When its time is over.
    TimedOut,
    /// At once, whatever it left behind.
    Quick,
}

/// An attack.
#[derive(Clone, Copy)]
pub(crate) struct Attack {
    name: &'static str,
    script: &'static str,
    limits: fn() -> Limits,
    bounds: Bounds,
    /// Whether it is proved to succeed where nothing confines it.
    control: bool,
}

pub(crate) const fn reach(name: &'static str, control: bool, script: &'static str) -> Attack {
    const fn limits() -> Limits {
        Limits {
            time: Duration::from_secs(10),
            memory: 512 << 20,
            processes: 32,
            file: 8 << 20,
            disk: 16 << 20,
            output: 64 << 10,
        }
    }
    Attack { name, script, limits, bounds: Bounds::Ended, control }
}

pub(crate) const fn exhaust(
    name: &'static str,
    limits: fn() -> Limits,
    bounds: Bounds,
    script: &'static str,
) -> Attack {
    Attack { name, script, limits, bounds, control: false }
}

fn sandbox(project: &std::path::Path, permission: Permission, way: Option<WayName>) -> Sandbox {
    Sandbox::new(Settings {
        project: project.to_owned(),
        python: Ok("python3".into()),
        permission,
        stage: Stage { path: env!("CARGO_BIN_EXE_stratapi-stage").into(), arguments: Vec::new() },
        way,
        programs: Vec::new(),
        answers: None,
    })
}

fn run(attack: &Attack, sandbox: &Sandbox, outside: &Outside) -> ToolOutcome {
    let body = attack.script.replace('\n', "\n    ");
    let script = outside.fill(&format!("{PRELUDE}{body}{END}"));
    let mut call = ToolCall::new("python", &["-c", &script, outside.mark()]);
    call.limits = (attack.limits)();
    sandbox.run(&call)
}

/// What is wrong with how an attack ended; empty if nothing is.
fn faults(attack: &Attack, outcome: &ToolOutcome) -> Vec<String> {
    let mut faults = Vec::new();
    let text = String::from_utf8_lossy(&outcome.stdout);
    if let Some(line) = text.lines().find(|line| line.starts_with("ESCAPED")) {
        faults.push(line.to_owned());
    }
    let limits = (attack.limits)();
    let most = match attack.bounds {
        Bounds::Quick => Duration::from_secs(4),
        _ => limits.time + Duration::from_secs(2),
    };
    if outcome.time > most {
        faults.push(format!("answered after {:?}", outcome.time));
    }
    if outcome.stdout.len() > limits.output {
        faults.push(format!("{} bytes of output kept", outcome.stdout.len()));
    }
    let ended = match (attack.bounds, &outcome.ended) {
        (_, Ended::Refused(_) | Ended::Failed(_) | Ended::Missing(_)) => false,
        (Bounds::Any, _) | (Bounds::TimedOut, Ended::TimedOut) => true,
        (Bounds::Ended | Bounds::Quick, ended) => *ended != Ended::TimedOut,
        (Bounds::TimedOut, _) => false,
    };
    if !ended {
        let said = String::from_utf8_lossy(&outcome.stderr);
        faults.push(format!("ended by {:?}: {}", outcome.ended, said.trim()));
    }
    faults
}

/// Runs attacks, several at once, and notes what is wrong with how they ended.
fn side_by_side(
    attacks: &[Attack],
    several: usize,
    sandbox: &Sandbox,
    outside: &Outside,
    found: &Mutex<Vec<String>>,
) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..several {
            scope.spawn(|| {
                while let Some(attack) = attacks.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = run(attack, sandbox, outside);
                    let mut faults = faults(attack, &outcome);
                    faults.extend(outside.harm());
                    let name = attack.name;
                    let faults = faults.into_iter().map(|fault| format!("{name}: {fault}"));
                    found.lock().expect("no attack panics").extend(faults);
                }
            });
        }
    });
}

/// Runs all attacks in one way.
fn attacked(way: WayName) -> Result<String, Vec<String>> {
    let outside = Outside::new();
    let sandbox = sandbox(&outside.project(), Permission::Confined, Some(way));
    if let Err(reason) = sandbox.way() {
        return Ok(format!("ignored, {reason}"));
    }
    let found = Mutex::new(Vec::new());
    // A bomb slows down whatever runs beside it. Under landlock, nothing but the watch stops one, so
    // that its neighbours would be what is measured.
    let beside = if way == WayName::Bubblewrap { 4 } else { 1 };
    side_by_side(reach::ATTACKS, 4, &sandbox, &outside, &found);
    side_by_side(exhaust::ATTACKS, beside, &sandbox, &outside, &found);
    let mut found = found.into_inner().expect("no attack panics");
    found.extend(outside.left_over());
    if found.is_empty() {
        Ok(format!("ok, {} attacks", reach::ATTACKS.len() + exhaust::ATTACKS.len()))
    } else {
        Err(found)
    }
}

/// Attacks that are harmless succeed where nothing confines them: they are no empty words.
fn controlled() -> Result<String, Vec<String>> {
    let mut found = Vec::new();
    let mut count = 0;
    for attack in reach::ATTACKS.iter().filter(|attack| attack.control) {
        let outside = Outside::new();
        let sandbox = sandbox(&outside.project(), Permission::Unconfined, None);
        let outcome = run(attack, &sandbox, &outside);
        let text = String::from_utf8_lossy(&outcome.stdout);
        count += 1;
        if !text.contains("ESCAPED") {
            found.push(format!("{}: {:?} {text}", attack.name, outcome.ended));
        }
    }
    if found.is_empty() { Ok(format!("ok, {count} attacks")) } else { Err(found) }
}

/// Without a way, nothing that is not trusted runs.
fn refused() -> Result<String, Vec<String>> {
    let outside = Outside::new();
    let nothing = Settings {
        stage: Stage { path: "/nowhere/stage".into(), arguments: Vec::new() },
        ..sandbox(&outside.project(), Permission::Confined, None).settings().clone()
    };
    let outcome = Sandbox::new(nothing).run(&ToolCall::new("python", &["-c", "print(1)"]));
    match outcome.ended {
        Ended::Refused(reason) if reason.contains("--unconfined") => Ok("ok".to_owned()),
        other => Err(vec![format!("{other:?}")]),
    }
}

type Test = fn() -> Result<String, Vec<String>>;

fn main() -> std::process::ExitCode {
    if let Some(way) = honest::asked_to_hold() {
        return honest::hold(way);
    }
    let tests: [(&str, Test); 11] = [
        ("no_attack_succeeds_in_bubblewrap", || attacked(WayName::Bubblewrap)),
        ("no_attack_succeeds_under_landlock", || attacked(WayName::Landlock)),
        ("attacks_succeed_where_nothing_confines_them", controlled),
        ("what_nothing_confines_is_refused", refused),
        ("honest_programs_run_in_bubblewrap", || honest::run(WayName::Bubblewrap)),
        ("honest_programs_run_under_landlock", || honest::run(WayName::Landlock)),
        ("answers_are_kept_in_bubblewrap", || honest::answered(WayName::Bubblewrap)),
        ("answers_are_kept_under_landlock", || honest::answered(WayName::Landlock)),
        ("the_server_that_is_lent_is_reached_and_no_other", lent::run),
        ("nothing_outlives_a_judge_that_is_killed", honest::killed),
        ("what_a_program_prints_and_reads_may_be_anything", honest::bytes),
    ];
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let wanted = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word));
    let (mut passed, mut failed, mut ignored) = (0, 0, 0);
    for (name, test) in tests.into_iter().filter(|(name, _)| wanted(name)) {
        match test() {
            Ok(text) => {
                if text.starts_with("ignored") {
                    ignored += 1;
                } else {
                    passed += 1;
                }
                println!("test {name} ... {text}");
            }
            Err(faults) => {
                failed += 1;
                println!("test {name} ... FAILED\n  {}", faults.join("\n  "));
            }
        }
    }
    let word = if failed == 0 { "ok" } else { "FAILED" };
    println!("test result: {word}. {passed} passed; {failed} failed; {ignored} ignored");
    std::process::ExitCode::from(u8::from(failed > 0))
}
