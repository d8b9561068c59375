//! What of a project's `docker-compose.yml` is run: the application with all that it depends on, and
//! nothing that reaches for the machine. Whoever may start containers may do anything on it, so that
//! what is granted is listed here, and all else is refused by its name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use serde_json::{Map, Value, json};

use crate::containers::{Composition, PORT};

/// The file, in the project.
pub(super) const FILE: &str = "docker-compose.yml";
/// The service that is the application, and the one that is its database.
pub(super) const APP: &str = "app";
pub(super) const DATABASE: &str = "database";
/// Keys of the file and of a service that reach for nothing outside.
const TOP: &[&str] = &["name", "services", "version", "volumes"];
const SERVICE: &[&str] = &[
    "build",
    "command",
    "depends_on",
    "entrypoint",
    "environment",
    "expose",
    "healthcheck",
    "image",
    "init",
    "labels",
    "ports",
    "read_only",
    "restart",
    "stop_grace_period",
    "stop_signal",
    "tmpfs",
    "user",
    "volumes",
    "working_dir",
];
const BUILD: &[&str] = &["args", "context", "dockerfile", "target"];
/// The port at which the application listens inside, where the file does not say.
const INSIDE: &str = "8000";

/// What is run of the file, or why nothing is.
pub(super) fn of(text: &str, environment: BTreeMap<String, String>) -> Result<Composition, String> {
    let file: Value =
        serde_yaml::from_str(text).map_err(|error| format!("it is no YAML: {error}"))?;
    let top = file.as_object().ok_or("it is no mapping")?;
    known(top.keys().filter(|key| !key.starts_with("x-")), TOP, "the file")?;
    let all = top.get("services").and_then(Value::as_object).ok_or("it has no services")?;
    let volumes = volumes(top.get("volumes"))?;
    let mut services = Map::new();
    for name in needed(all, APP)? {
        let service = all.get(&name).and_then(Value::as_object);
        let service = service.ok_or_else(|| format!("there is no service `{name}`"))?;
        services.insert(name.clone(), granted(&name, service, &volumes)?);
    }
    let volumes: Map<String, Value> =
        volumes.into_iter().map(|name| (name.to_owned(), json!({}))).collect();
    let file = json!({"services": services, "volumes": volumes}).to_string();
    Ok(Composition { file, service: APP.to_owned(), environment })
}

fn known<'a>(
    mut keys: impl Iterator<Item = &'a String>,
    granted: &[&str],
    place: &str,
) -> Result<(), String> {
    match keys.find(|key| !granted.contains(&key.as_str())) {
        Some(key) => Err(format!("{place} asks for `{key}`, which the judge does not grant")),
        None => Ok(()),
    }
}

/// Names of volumes, each of which is an empty one of the engine's own.
fn volumes(all: Option<&Value>) -> Result<Vec<&str>, String> {
    let Some(all) = all else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    for (name, options) in all.as_object().ok_or("its volumes are no mapping")? {
        let plain = options.is_null() || options.as_object().is_some_and(Map::is_empty);
        if !plain {
            return Err(format!("the volume `{name}` has options, which the judge does not grant"));
        }
        names.push(name.as_str());
    }
    Ok(names)
}

/// A service with all that it depends on.
fn needed(all: &Map<String, Value>, service: &str) -> Result<BTreeSet<String>, String> {
    let mut known = BTreeSet::new();
    let mut open = vec![service.to_owned()];
    while let Some(name) = open.pop() {
        let depends = all.get(&name).and_then(|service| service.get("depends_on"));
        match depends {
            None => {}
            Some(Value::Object(others)) => open.extend(others.keys().cloned()),
            Some(Value::Array(others)) => {
                open.extend(others.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            Some(_) => return Err(format!("what `{name}` depends on is no list")),
        }
        known.insert(name);
        open.retain(|name| !known.contains(name));
    }
    Ok(known)
}

/// A service as it is run.
fn granted(name: &str, service: &Map<String, Value>, volumes: &[&str]) -> Result<Value, String> {
    known(service.keys(), SERVICE, &format!("the service `{name}`"))?;
    let mut service = service.clone();
    if let Some(build) = service.get("build") {
        built(name, build)?;
    }
    if let Some(mounts) = service.get("volumes") {
        let mounts =
            mounts.as_array().ok_or_else(|| format!("the volumes of `{name}` are no list"))?;
        let refused = mounts.iter().find(|mount| !is_granted(mount, volumes));
        if let Some(mount) = refused {
            return Err(format!(
                "the service `{name}` mounts {mount}, which the judge does not grant"
            ));
        }
    }
    let ports = service.remove("ports");
    if name == APP {
        let inside = ports.as_ref().and_then(inner_port).unwrap_or_else(|| INSIDE.to_owned());
        service.insert("ports".to_owned(), json!([format!("127.0.0.1:${{{PORT}}}:{inside}")]));
    }
    service.insert("restart".to_owned(), json!("no"));
    service.insert("mem_limit".to_owned(), json!("2g"));
    service.insert("pids_limit".to_owned(), json!(512));
    service.insert("security_opt".to_owned(), json!(["no-new-privileges:true"]));
    if service.contains_key("build") {
        // Code of the project.
        service.insert("cap_drop".to_owned(), json!(["ALL"]));
        patient(&mut service);
    }
    Ok(Value::Object(service))
}

/// A service that is asked more often than people would.
fn patient(service: &mut Map<String, Value>) {
    const SAID: [(&str, &str); 2] =
        [("AUTH_RATE_LIMIT", "100000/minute"), ("RATE_LIMITS_ENABLED", "false")];
    for (name, value) in SAID {
        match service.entry("environment").or_insert_with(|| json!({})) {
            Value::Object(values) => drop(values.insert(name.to_owned(), json!(value))),
            Value::Array(lines) => lines.push(json!(format!("{name}={value}"))),
            _ => {}
        }
    }
}

fn built(name: &str, build: &Value) -> Result<(), String> {
    let place = format!("the build of `{name}`");
    let (context, dockerfile) = match build {
        Value::String(context) => (Some(context.as_str()), None),
        Value::Object(build) => {
            known(build.keys(), BUILD, &place)?;
            let text = |key: &str| build.get(key).and_then(Value::as_str);
            (text("context"), text("dockerfile"))
        }
        _ => return Err(format!("{place} names no folder")),
    };
    match [context.or(Some(".")), dockerfile].into_iter().flatten().find(|path| !is_inside(path)) {
        Some(path) => Err(format!("{place} takes `{path}`, which is not in the project")),
        None => Ok(()),
    }
}

/// Whether a path leads to something in the project, and is no address.
fn is_inside(path: &str) -> bool {
    let parts = Path::new(path).components();
    !path.contains([':', '$', '@', '~'])
        && parts.into_iter().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Whether a mount is a volume of the file, or something of the project that can't be written.
fn is_granted(mount: &Value, volumes: &[&str]) -> bool {
    let Some(mount) = mount.as_str() else { return false };
    let mut parts = mount.split(':');
    let (Some(source), Some(_), mode, None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let read_only = mode == Some("ro");
    volumes.contains(&source) || (source.starts_with("./") && is_inside(source) && read_only)
}

/// The port inside that a service publishes: `8000` of `0.0.0.0:80:8000/tcp`.
fn inner_port(ports: &Value) -> Option<String> {
    let first = ports.as_array()?.first()?;
    let text = first.as_str().map_or_else(|| first.to_string(), str::to_owned);
    let port = text.rsplit(':').next()?.split('/').next()?;
    port.parse::<u16>().ok().map(|port| port.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{Value, json};

    use super::of;

    const FILE: &str = "
name: x
x-environment: &environment {A: '${B:?}'}
services:
  app:
    build: .
    environment: *environment
    ports: ['0.0.0.0:80:8123/tcp']
    restart: always
    depends_on: {database: {condition: service_healthy}}
  database:
    image: postgres:18
    ports: ['5432:5432']
    volumes: ['database:/var/lib/postgresql', './docker/x.conf:/etc/x.conf:ro']
  watcher: {image: watcher, privileged: true}
volumes: {database: }
";

    #[test]
    fn the_application_is_run_with_what_it_needs_and_nothing_else() {
        let composition = of(FILE, BTreeMap::new()).unwrap();
        let file: Value = serde_json::from_str(&composition.file).unwrap();
        assert_eq!(file["volumes"], json!({"database": {}}));
        let services = file["services"].as_object().unwrap();
        assert_eq!(services.keys().collect::<Vec<_>>(), ["app", "database"]);
        let app = &services["app"];
        assert_eq!(app["ports"], json!(["127.0.0.1:${STRATAPI_PORT}:8123"]));
        assert_eq!(app["environment"]["AUTH_RATE_LIMIT"], "100000/minute");
        assert_eq!(app["environment"]["RATE_LIMITS_ENABLED"], "false");
        assert_eq!((&app["restart"], &app["cap_drop"]), (&json!("no"), &json!(["ALL"])));
        assert!(services["database"].get("ports").is_none());
    }

    #[test]
    fn what_reaches_for_the_machine_is_refused_by_its_name() {
        let cases = [
            ("    restart: always\n", "    privileged: true\n", "`privileged`"),
            ("    restart: always\n", "    network_mode: host\n", "`network_mode`"),
            ("    restart: always\n", "    env_file: /etc/passwd\n", "`env_file`"),
            ("    build: .\n", "    build: ..\n", "`..`"),
            ("    build: .\n", "    build: https://x/y.git\n", "`https://x/y.git`"),
            ("    build: .\n", "    build: {context: ., ssh: default}\n", "`ssh`"),
            ("    build: .\n", "    build: {dockerfile: /etc/passwd}\n", "`/etc/passwd`"),
            ("./docker/x.conf:/etc/x.conf:ro", "/:/host", "\"/:/host\""),
            ("./docker/x.conf:/etc/x.conf:ro", "./../x:/x:ro", "\"./../x:/x:ro\""),
            ("./docker/x.conf:/etc/x.conf:ro", "./x:/x", "\"./x:/x\""),
            ("./docker/x.conf:/etc/x.conf:ro", "other:/x", "\"other:/x\""),
            ("{database: }", "{database: {driver_opts: {device: /}}}", "the volume `database`"),
            ("name: x\n", "include: [/etc/passwd]\n", "`include`"),
            ("depends_on: {database:", "depends_on: {cellar:", "no service `cellar`"),
            ("  app:\n", "  application:\n", "no service `app`"),
            ("services:", "- x", "no YAML"),
        ];
        for (part, other, word) in cases {
            assert!(FILE.contains(part), "{part}");
            let error = of(&FILE.replace(part, other), BTreeMap::new()).unwrap_err();
            assert!(error.contains(word), "{word}: {error}");
        }
    }
}
