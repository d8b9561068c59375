//! The judge and a project that its own containers serve. A program of the test stands for `docker`:
//! it writes down what it is asked, and for the whole walk it serves the project itself. Only the
//! last test asks a real engine.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use stratapi_driver::FileWorld;
use stratapi_qa::{Grade, Layer, Outcome, Subject, Verdict};
use stratapi_sandbox::{Permission, Sandbox, Settings, Stage};
use stratapi_tests::judged::{Compiled, environment, written};
use tempfile::TempDir;

/// Stands for `docker`. Beside it stand `calls`, what it was asked; `python`, the one that serves;
/// `no-engine` and `broken`, if nothing answers or nothing can be built.
const DOCKER: &str = r#"#!/bin/sh
here=$(dirname "$0")
echo "$*" >>"$here/calls"
[ "$*" = "compose version --short" ] && echo 2.40.0 && exit
if [ "$1" = version ]; then
    [ -e "$here/no-engine" ] && echo "Cannot connect to the Docker daemon" >&2 && exit 1
    echo 28.2.2
    exit
fi
env | sort >"$here/environment"
export DATABASE_URL="sqlite:///$here/judged.db" AUTH_RATE_LIMIT=100000/minute RATE_LIMITS_ENABLED=false ENVIRONMENT=production
export PYTHONDONTWRITEBYTECODE=1
project=$5 file=$7
cd "$project"
shift 7
case $1 in
up)
    cp "$file" "$here/file"
    [ -e "$here/broken" ] && echo "failed to solve: no such image" >&2 && exit 17
    "$here/python" -m alembic upgrade head || exit 1
    "$here/python" -m uvicorn app.main:app --port "$STRATAPI_PORT" >"$here/log" 2>&1 &
    echo $! >"$here/serving"
    ;;
exec)
    service=$3
    shift 4
    if [ "$service" = database ]; then
        exec "$here/python" -c "import sqlite3; print(*sqlite3.connect('$here/judged.db').iterdump())"
    fi
    exec "$here/python" "$@"
    ;;
logs)
    cat "$here/log"
    ;;
down)
    [ -e "$here/serving" ] || exit 0
    serving=$(cat "$here/serving")
    kill "$serving"
    while kill -0 "$serving" 2>/dev/null; do sleep 0.1; done
    ;;
esac
"#;

/// A folder with the program.
struct Docker(TempDir);

impl Docker {
    fn new(files: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let program = folder.path().join("docker");
        std::fs::write(&program, DOCKER).unwrap();
        std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
        for file in files {
            std::fs::write(folder.path().join(file), "").unwrap();
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// What it was asked about the project, without its name and the places of its files.
    fn calls(&self) -> Vec<String> {
        let calls = std::fs::read_to_string(self.path("calls")).unwrap();
        let lines = calls.lines().filter(|line| line.starts_with("compose --project-name"));
        lines.map(|line| line.split(' ').skip(7).collect::<Vec<_>>().join(" ")).collect()
    }
}

/// What the judge says about files that the containers of `docker` serve.
fn judged(
    compiled: &Compiled,
    files: &BTreeMap<String, String>,
    python: Result<PathBuf, String>,
    programs: Vec<PathBuf>,
) -> Verdict {
    let folder = TempDir::new().unwrap();
    let actual = written(files, folder.path());
    let sandbox = Sandbox::new(Settings {
        project: folder.path().to_owned(),
        python,
        permission: Permission::Confined,
        stage: Stage { path: env!("CARGO_BIN_EXE_stage").into(), arguments: Vec::new() },
        way: None,
        programs,
        answers: None,
    });
    let sandbox = sandbox.composing(true);
    let subject = Subject::new(&compiled.build.plan, &compiled.build.tree, &actual);
    let layers = [Layer::Contract, Layer::Smoke];
    stratapi_qa::judge(&subject, &layers, Some(&sandbox), &stratapi_qa::Silent)
}

fn said(verdict: &Verdict) -> Vec<String> {
    let findings = verdict.results.iter().flat_map(|result| &result.findings);
    findings.map(|finding| format!("{}: {}", finding.code, finding.message)).collect()
}

fn blog() -> Compiled {
    Compiled::of(&FileWorld::new(stratapi_tests::golden("blog")))
}

fn programs(docker: &Docker) -> Vec<PathBuf> {
    vec![docker.0.path().to_owned()]
}

#[test]
fn without_an_engine_that_is_what_is_found() {
    let docker = Docker::new(&["no-engine"]);
    let compiled = blog();
    let verdict = judged(&compiled, &compiled.files(), Err("not there".into()), programs(&docker));
    let expected = "J0702: nothing here runs containers: the engine does not answer: Cannot connect \
                    to the Docker daemon";
    assert_eq!(said(&verdict), [expected]);
    assert!(docker.calls().is_empty(), "{:?}", docker.calls());
}

#[test]
fn what_reaches_for_the_machine_is_refused() {
    let docker = Docker::new(&[]);
    let compiled = blog();
    let mut files = compiled.files();
    let file = files.get_mut("docker-compose.yml").unwrap();
    *file = file.replace("    build: .\n", "    build: .\n    privileged: true\n");
    let verdict = judged(&compiled, &files, Err("not there".into()), programs(&docker));
    let said = said(&verdict);
    assert!(said.len() == 1 && said[0].starts_with("J0507: "), "{said:?}");
    assert!(said[0].contains("asks for `privileged`"), "{said:?}");
    assert!(!docker.path("calls").exists());
}

#[test]
fn containers_that_can_not_be_built_are_told_and_taken_down() {
    let docker = Docker::new(&["broken"]);
    let compiled = blog();
    let verdict = judged(&compiled, &compiled.files(), Err("not there".into()), programs(&docker));
    let said = said(&verdict);
    let words = "the containers can't be built or do not come up: failed to solve: no such image";
    assert_eq!(said, [format!("J0501: {words}")]);
    assert_eq!(
        docker.calls(),
        [
            "up --build --detach --quiet-pull app",
            "down --volumes --remove-orphans --rmi local --timeout 5"
        ]
    );
}

#[test]
fn the_whole_walk_is_taken_through_what_the_containers_serve() {
    let Some(environment) = environment() else {
        eprintln!("not tested: `cargo xtask e2e` has made no environment yet");
        return;
    };
    let docker = Docker::new(&[]);
    let python = environment.join("bin/python");
    // A link would not find its environment.
    let script = format!("#!/bin/sh\nexec '{}' \"$@\"\n", python.display());
    std::fs::write(docker.path("python"), script).unwrap();
    std::fs::set_permissions(docker.path("python"), std::fs::Permissions::from_mode(0o755))
        .unwrap();
    let compiled = blog();
    let verdict = judged(&compiled, &compiled.files(), Ok(python), programs(&docker));
    assert_eq!(said(&verdict), Vec::<String>::new());
    for result in &verdict.results {
        assert_eq!(result.outcome, Outcome::Passed, "{}", result.code);
        assert!(result.facts.iter().any(|fact| fact.grade == Grade::Met), "{}", result.code);
    }
    let calls = docker.calls();
    assert_eq!(calls[0], "up --build --detach --quiet-pull app");
    assert!(calls[1].starts_with("exec -T app python -c import sys;"), "{calls:?}");
    let end = &calls[calls.len() - 3..];
    assert_eq!(end[0], "logs --no-color --no-log-prefix app");
    assert!(end[1].starts_with("exec -T database sh -c pg_dump"), "{calls:?}");
    assert_eq!(end[2], "down --volumes --remove-orphans --rmi local --timeout 5");
    // What was served is gone, and it was told nothing of the machine.
    let serving = std::fs::read_to_string(docker.path("serving")).unwrap();
    let process = Path::new("/proc").join(serving.trim()).join("cmdline");
    assert!(std::fs::read(process).unwrap_or_default().is_empty(), "{serving}");
    let told = std::fs::read_to_string(docker.path("environment")).unwrap();
    assert!(told.contains("\nSECRET_KEY=") && !told.contains("CARGO"), "{told}");
}

/// A real engine builds, serves and takes down, where there is one.
#[test]
fn a_real_engine_serves_what_the_compiler_makes() {
    let Some(environment) = environment() else {
        eprintln!("not tested: `cargo xtask e2e` has made no environment yet");
        return;
    };
    let compiled = blog();
    let python = environment.join("bin/python");
    let verdict = judged(&compiled, &compiled.files(), Ok(python), Vec::new());
    let said = said(&verdict);
    if let [only] = said.as_slice()
        && only.starts_with("J0702")
    {
        eprintln!("skipped: no engine ({only})");
        return;
    }
    assert_eq!(said, Vec::<String>::new());
}
