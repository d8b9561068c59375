//! Speed and memory, as ratios within one run: against `cp -r` of the same tree, and against a peer.
//!
//! Each run writes into a folder that never was: removing a tree right before makes the file system
//! search for inodes that were not in use a moment ago, which would be measured instead. For the same
//! reason memory is touched before: a virtual machine gets what it has never used page by page from
//! its host, which costs several times what the page itself does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::process::{captured, command, which};
use crate::python::Python;
use crate::{Result, root};

/// Runs of each command; the fastest counts, since all that makes one slower is other work of the
/// machine.
const RUNS: usize = 7;
/// How many of the judge's parts are shown.
const PARTS: usize = 12;

/// Measures models of growing size and prints one table.
pub(crate) fn run(largest: usize, peer: bool) -> Result {
    captured(command(env!("CARGO"), &root()).args([
        "build",
        "--release",
        "--quiet",
        "--package",
        "stratapi-cli",
    ]))?;
    let folder =
        tempfile::Builder::new().prefix("stratapi-bench-").tempdir_in(root().join("target"))?;
    println!(
        "| entities | files | MB | build s | no-op s | one change s | rewritten | cp -r s | build/cp | no-op/build | peak MiB |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    let mut builds = Vec::new();
    touch_memory();
    for entities in [5, 50, 500, 5000].into_iter().filter(|size| *size <= largest) {
        let row = measure(entities, folder.path())?;
        println!("{}", row.line());
        builds.push(row);
    }
    let of_500 = builds.iter().find(|row| row.entities == 500).map(|row| row.build);
    for pair in builds.windows(2) {
        let growth = pair[1].build.as_secs_f64() / pair[0].build.as_secs_f64();
        println!("{} entities cost {growth:.1} times {}", pair[1].entities, pair[0].entities);
    }
    if let Some(build) = of_500 {
        println!("{}", judge(folder.path(), build)?);
        println!("{}", judge_in_full(folder.path())?);
    }
    if peer {
        println!("{}", compare(folder.path())?);
    }
    Ok(())
}

/// Touches half of the memory that is free, of 8 GiB at the most.
fn touch_memory() {
    let about = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let free = about.lines().find_map(|line| {
        line.strip_prefix("MemAvailable:")?.trim().strip_suffix(" kB")?.parse::<usize>().ok()
    });
    let bytes = (free.unwrap_or(0) / 2 * 1024).min(8 << 30);
    let mut memory: Vec<u8> = Vec::with_capacity(bytes);
    memory.resize(bytes, 1);
    std::hint::black_box(&memory);
}

struct Row {
    entities: usize,
    files: usize,
    bytes: u64,
    build: Duration,
    noop: Duration,
    change: Duration,
    rewritten: usize,
    copy: Duration,
    peak: u64,
}

impl Row {
    fn line(&self) -> String {
        let seconds = |time: Duration| time.as_secs_f64();
        format!(
            "| {} | {} | {:.1} | {:.3} | {:.3} | {:.3} | {} | {:.3} | {:.2} | {:.2} | {} |",
            self.entities,
            self.files,
            megabytes(self.bytes),
            seconds(self.build),
            seconds(self.noop),
            seconds(self.change),
            self.rewritten,
            seconds(self.copy),
            seconds(self.build) / seconds(self.copy),
            seconds(self.noop) / seconds(self.build),
            self.peak / 1024,
        )
    }
}

fn measure(entities: usize, folder: &Path) -> Result<Row> {
    let home = folder.join(format!("model-{entities}"));
    std::fs::create_dir_all(&home)?;
    let input = home.join("app.yaml");
    std::fs::write(&input, model(entities, false))?;
    let runs = if entities > 1000 { 3 } else { RUNS };
    let out = home.join("out");
    let (mut builds, mut copies) = (Vec::new(), Vec::new());
    for run in 0..runs {
        // What was written before is on disk before the time counts.
        captured(&mut command("sync", &home))?;
        let made = if run == 0 { out.clone() } else { home.join(format!("out-{run}")) };
        builds.push(build(&input, &made)?);
        captured(&mut command("sync", &home))?;
        let started = Instant::now();
        let copy = home.join(format!("copy-{run}"));
        captured(command("cp", &home).arg("-r").arg(&made).arg(copy))?;
        copies.push(started.elapsed());
    }
    let noop = fastest((0..runs).map(|_| build(&input, &out)).collect::<Result<_>>()?);
    let before: BTreeSet<_> = stamps(&out)?.into_iter().collect();
    std::fs::write(&input, model(entities, true))?;
    let change = build(&input, &out)?;
    let after = stamps(&out)?;
    let rewritten = after.iter().filter(|entry| !before.contains(entry)).count();
    let bytes = after.iter().map(|(path, _)| std::fs::metadata(path).map_or(0, |m| m.len())).sum();
    Ok(Row {
        entities,
        files: after.len(),
        bytes,
        build: fastest(builds),
        noop,
        change,
        rewritten,
        copy: fastest(copies),
        peak: peak(&input, &home.join("peak"))?,
    })
}

/// Time of one build.
fn build(input: &Path, out: &Path) -> Result<Duration> {
    let stratapi = root().join("target/release/stratapi");
    let started = Instant::now();
    captured(command(stratapi, &root()).arg("build").arg(input).arg("--out").arg(out))?;
    Ok(started.elapsed())
}

/// Peak memory (KiB) of one build.
fn peak(input: &Path, out: &Path) -> Result<u64> {
    let stratapi = root().join("target/release/stratapi");
    let mut run = command("/usr/bin/time", &root());
    run.args(["-f", "%M"]).arg(stratapi).arg("build").arg(input).arg("--out").arg(out);
    let output = run.output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(said.into());
    }
    Ok(said.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or(0))
}

/// Bytes in millions, for the table.
#[expect(clippy::cast_precision_loss, reason = "one digit behind the point is shown")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn fastest(times: Vec<Duration>) -> Duration {
    times.into_iter().min().unwrap_or_default()
}

/// Every file with its modification time.
fn stamps(folder: &Path) -> Result<Vec<(PathBuf, std::time::SystemTime)>> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next)? {
            let entry = entry?;
            if entry.file_name() == ".stratapi" {
                continue;
            }
            if entry.file_type()?.is_dir() {
                open.push(entry.path());
            } else {
                found.push((entry.path(), entry.metadata()?.modified()?));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A model with a real mix: nine attributes, two references and a link for every third entity.
fn model(entities: usize, changed: bool) -> String {
    let mut out = String::from(
        "stratapi: 1\napp:\n  name: bench\ndomain:\n  enums:\n    State: [draft, open, closed]\n  entities:\n",
    );
    for index in 0..entities {
        let limit = if changed && index == 0 { 121 } else { 120 };
        let _ = write!(
            out,
            "    Thing{index}:\n      description: Thing number {index} of the model.\n      attributes:\n        \
             name: string(1..{limit})\n        code: string(3..32) unique\n        notes: text?\n        \
             amount: decimal(12, 2, min=0) = 0\n        count: int(0..) = 0\n        state: State = draft\n        \
             due: date?\n        seen_at: datetime?\n        flag: bool = false\n"
        );
        if index > 0 {
            let _ = write!(
                out,
                "      relationships:\n        parent: many_to_one Thing{} (inverse=children{index}, on_delete=cascade)\n        \
                 peer: many_to_one Thing{}? (on_delete=set_null)\n",
                index / 2,
                index - 1
            );
            if index % 3 == 0 {
                let _ = writeln!(
                    out,
                    "        marks: many_to_many Thing{} (inverse=marked{index})",
                    index / 3
                );
            }
        }
    }
    out
}

/// The judge's first two layers over 500 entities, beside compiling them in the same process, and
/// beside a build, which writes them too.
fn judge(folder: &Path, build: Duration) -> Result<String> {
    let home = folder.join("model-500");
    let mut fastest: Option<(f64, f64, BTreeMap<String, f64>)> = None;
    for _ in 0..RUNS {
        let output = captured(
            command(root().join("target/release/stratapi"), &home)
                .args(["judge", "out", "--ir", "app.yaml", "--format", "json"]),
        )?;
        let times = times(&serde_json::from_str(&output)?)?;
        let time = |name: &str| times.get(name).copied().unwrap_or(f64::INFINITY);
        let run = (time("(all checks)"), time("(compile)"));
        if fastest.as_ref().is_none_or(|known| run.0 / run.1 < known.0 / known.1) {
            fastest = Some((run.0, run.1, times));
        }
    }
    let (judged, compiled, times) = fastest.ok_or("no run of the judge")?;
    Ok(format!(
        "500 entities: judged in {judged:.3} s; compiled in memory in {compiled:.3} s: {:.2} times; built: {:.2} times\n{}",
        judged / compiled,
        judged / build.as_secs_f64(),
        table(&times)
    ))
}

/// The full judge of the golden case `blog`, in an environment that is there already.
fn judge_in_full(folder: &Path) -> Result<String> {
    let out = folder.join("blog");
    let input = root().join("golden/blog/app.yaml");
    build(&input, &out)?;
    let python = Python::prepare(&out)?.tool("python");
    let started = Instant::now();
    let mut judge = command(root().join("target/release/stratapi"), folder);
    judge.arg("judge").arg(&out).arg("--ir").arg(&input).arg("--python").arg(python);
    // The project is ours: where nothing confines it, it is judged in full all the same.
    let output = captured(judge.args(["--level", "full", "--unconfined", "--format", "json"]))?;
    let time = started.elapsed().as_secs_f64();
    let report: serde_json::Value = serde_json::from_str(&output)?;
    let layers = report["layers"].as_array().ok_or("the report has no layers")?;
    let checks = layers.iter().filter_map(|layer| layer["checks"].as_array()).flatten();
    let skipped = checks.filter(|check| check["outcome"] == "skipped").count();
    Ok(format!(
        "the full judge of `blog`: {time:.0} s, {skipped} checks skipped\n{}",
        table(&times(&report)?)
    ))
}

/// Seconds of each part of a report.
fn times(report: &serde_json::Value) -> Result<BTreeMap<String, f64>> {
    let parts = report["times"].as_object().ok_or("the report has no times")?;
    let seconds =
        |(name, time): (&String, &serde_json::Value)| Some((name.clone(), time.as_f64()?));
    Ok(parts.iter().filter_map(seconds).collect())
}

/// The dearest parts. Those that wait for the same run show its time each.
fn table(times: &BTreeMap<String, f64>) -> String {
    let mut rows: Vec<(&String, &f64)> = times.iter().collect();
    rows.sort_by(|a, b| b.1.total_cmp(a.1));
    let lines = rows.into_iter().take(PARTS).map(|(name, time)| format!("| {name} | {time:.3} |"));
    std::iter::once("| part | s |\n|---|---:|".to_owned())
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The peer makes models from the published document of the same 50 entities.
fn compare(folder: &Path) -> Result<String> {
    let venv = folder.join("peer");
    let Some(python) = which(&["python3"]) else { return Ok("no Python for the peer".into()) };
    captured(command(&python, folder).args(["-m", "venv"]).arg(&venv))?;
    let pip = venv.join("bin/pip");
    captured(command(pip, folder).args(["install", "--quiet", "datamodel-code-generator"]))?;
    let home = folder.join("model-50");
    let document = home.join("out/docs/openapi.yaml");
    let generator = venv.join("bin/datamodel-codegen");
    let started = Instant::now();
    captured(
        command(generator, &home)
            .arg("--input")
            .arg(&document)
            .args(["--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel"])
            .args(["--output", "peer.py"]),
    )?;
    let peer = started.elapsed();
    let again = |run| build(&home.join("app.yaml"), &home.join(format!("again-{run}")));
    let ours = fastest((0..RUNS).map(again).collect::<Result<_>>()?);
    Ok(format!(
        "50 entities: datamodel-code-generator {:.3} s (models only), stratapi {:.3} s (whole project): {:.0} times",
        peer.as_secs_f64(),
        ours.as_secs_f64(),
        peer.as_secs_f64() / ours.as_secs_f64()
    ))
}
