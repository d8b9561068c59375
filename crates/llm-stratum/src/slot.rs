//! Slots, and the one table of paths that they may be written to.

/// What a slot is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlotKind {
    /// A step of a flow.
    FlowMethod,
    /// A rule of the business.
    BusinessRule,
    /// The body of a declared endpoint.
    CustomEndpoint,
    /// From one shape to another.
    Mapping,
    /// A mending of what one of the others gave.
    RepairPatch,
}

/// The only files that a slot may be written to: the kind, the folder, and how the name ends. What
/// stands before the ending is the name of the slot.
const PATHS: &[(SlotKind, &str, &str)] = &[
    (SlotKind::FlowMethod, "app/services/", "_flow_methods.py"),
    (SlotKind::BusinessRule, "app/services/", "_business_rules.py"),
    (SlotKind::CustomEndpoint, "app/routers/", "_custom_endpoints.py"),
    (SlotKind::Mapping, "app/services/", "_mappings.py"),
];

/// A place where free text meets code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    name: String,
    kind: SlotKind,
    path: String,
}

/// A slot may not be written to this path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathRefused {
    /// The kind of the slot.
    pub kind: SlotKind,
    /// The path.
    pub path: String,
}

impl Slot {
    /// A slot in a file, if its kind may be written there.
    ///
    /// # Errors
    /// If the path is not one of those that the kind may have.
    pub fn new(
        name: impl Into<String>,
        kind: SlotKind,
        path: impl Into<String>,
    ) -> Result<Self, PathRefused> {
        let path = path.into();
        if kind.may_write(&path) {
            Ok(Self { name: name.into(), kind, path })
        } else {
            Err(PathRefused { kind, path })
        }
    }

    /// Its name in the application.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its kind.
    pub fn kind(&self) -> SlotKind {
        self.kind
    }

    /// The file that it is written to.
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl From<stratapi_plan::SlotKind> for SlotKind {
    fn from(kind: stratapi_plan::SlotKind) -> Self {
        match kind {
            stratapi_plan::SlotKind::BusinessRule => Self::BusinessRule,
            stratapi_plan::SlotKind::FlowMethod => Self::FlowMethod,
        }
    }
}

impl SlotKind {
    /// Whether a slot of this kind may be written to the file. A repair goes wherever the text that
    /// it mends may go.
    pub fn may_write(self, path: &str) -> bool {
        PATHS.iter().any(|(kind, folder, ending)| {
            let module =
                path.strip_prefix(folder).and_then(|name| name.strip_suffix(ending)).unwrap_or("");
            (self == *kind || self == Self::RepairPatch) && is_module(module)
        })
    }
}

impl std::fmt::Display for PathRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a slot of kind {:?} may not be written to `{}`", self.kind, self.path)
    }
}

impl std::error::Error for PathRefused {}

fn is_module(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::{Slot, SlotKind};

    #[test]
    fn a_slot_is_written_only_where_its_kind_may_be() {
        let table = [
            (SlotKind::FlowMethod, "app/services/post_flow_methods.py", true),
            (SlotKind::BusinessRule, "app/services/order_item_business_rules.py", true),
            (SlotKind::CustomEndpoint, "app/routers/post_custom_endpoints.py", true),
            (SlotKind::Mapping, "app/services/post_mappings.py", true),
            (SlotKind::RepairPatch, "app/routers/post_custom_endpoints.py", true),
            (SlotKind::RepairPatch, "app/services/post_service.py", false),
            (SlotKind::FlowMethod, "app/services/post_service.py", false),
            (SlotKind::FlowMethod, "app/services/post_business_rules.py", false),
            (SlotKind::FlowMethod, "app/services/_flow_methods.py", false),
            (SlotKind::FlowMethod, "app/services/../core/x_flow_methods.py", false),
            (SlotKind::FlowMethod, "app/services/a/b_flow_methods.py", false),
            (SlotKind::FlowMethod, "/app/services/post_flow_methods.py", false),
            (SlotKind::FlowMethod, "app/services/Post_flow_methods.py", false),
        ];
        for (kind, path, allowed) in table {
            assert_eq!(Slot::new("s", kind, path).is_ok(), allowed, "{kind:?} {path}");
        }
    }
}
