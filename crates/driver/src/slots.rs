//! Fills the slots of an application from the files beside its own, as far as these may fill them.

use stratapi_diagnostics::{Checked, Diagnostic, FileId, SourceMap};
use stratapi_ir::{SourceError, World};
use stratapi_llm_stratum as llm;
use stratapi_plan::{Artifact, Plan, SlotPlan};

/// The files of the slots, in their order. What was read is among the sources, whatever it is.
pub(crate) fn fill(
    world: &dyn World,
    entry: &str,
    plan: &Plan,
    sources: &mut SourceMap,
) -> Checked<Vec<Artifact>> {
    let mut findings = Vec::new();
    let mut filled = Vec::new();
    for slot in &plan.slots {
        match read(world, entry, slot, sources) {
            Ok(file) => {
                findings.extend(llm::accept(slot, sources, file));
                filled.push(llm::filled(slot, sources, file));
            }
            Err(finding) => findings.push(*finding),
        }
    }
    Checked::new(filled, findings)
}

fn read(
    world: &dyn World,
    entry: &str,
    slot: &SlotPlan,
    sources: &mut SourceMap,
) -> Result<FileId, Box<Diagnostic>> {
    let folder = entry.rfind('/').map_or("", |end| &entry[..=end]);
    let path = format!("{folder}{}", llm::file_name(slot));
    let bytes = world.read(&path).map_err(|error| match error {
        SourceError::NotFound => llm::unfilled(slot),
        other => llm::unreadable(slot, &other.to_string()),
    })?;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(sources.add(path, text)),
        Err(error) => {
            sources.add(path, String::from_utf8_lossy(error.as_bytes()));
            Err(Box::new(llm::unreadable(slot, "it is not UTF-8")))
        }
    }
}
