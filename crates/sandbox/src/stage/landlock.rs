//! Gives up all files but some, all signals to others, and all sockets of others.

use landlock::{
    ABI, Access as _, AccessFs, CompatLevel, Compatible as _, PathBeneath, PathFd, Ruleset,
    RulesetAttr as _, RulesetCreatedAttr as _, RulesetStatus, Scope,
};

use super::Order;

/// The first version that keeps signals and abstract sockets inside.
const VERSION: ABI = ABI::V6;
/// What any program may write to without harm.
const DEVICES: &[&str] = &["/dev/full", "/dev/null", "/dev/random", "/dev/urandom", "/dev/zero"];

/// Whether this kernel has all that [`restrict`] needs.
pub(crate) fn is_there() -> bool {
    ruleset().is_ok()
}

fn ruleset() -> Result<landlock::RulesetCreated, landlock::RulesetError> {
    Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(VERSION))?
        .scope(Scope::from_all(VERSION))?
        .create()
}

/// Gives them up, for this process and all that it starts.
pub(super) fn restrict(order: &Order) -> Result<(), String> {
    let failed = |error: &dyn std::fmt::Display| format!("landlock: {error}");
    let mut rules = ruleset().map_err(|error| failed(&error))?;
    let read = AccessFs::from_read(VERSION);
    let all = AccessFs::from_all(VERSION) & !(AccessFs::MakeBlock | AccessFs::MakeChar);
    let files = AccessFs::from_file(VERSION);
    let devices = DEVICES.iter().map(std::path::PathBuf::from);
    let given = order.read.iter().map(|path| (path.clone(), read));
    let given = given.chain(order.write.iter().map(|path| (path.clone(), all)));
    for (path, access) in given.chain(devices.map(|path| (path, files))) {
        let Ok(opened) = PathFd::new(&path) else { continue };
        let access = if path.is_dir() { access } else { access & files };
        rules = rules
            .add_rule(PathBeneath::new(opened, access))
            .map_err(|error| failed(&format!("{}: {error}", path.display())))?;
    }
    let status = rules.restrict_self().map_err(|error| failed(&error))?;
    if status.ruleset != RulesetStatus::FullyEnforced || !status.no_new_privs {
        return Err("landlock: not all of it is enforced".to_owned());
    }
    Ok(())
}
