//! Names that generated code uses itself, so that no declaration may take them. One table a kind.

use super::reserved_classes::CLASS_NAMES;
use super::reserved_words::{
    ATTRIBUTE_NAMES, BUILTINS, FLOW_NAMES, LOCAL_NAMES, METHOD_NAMES, MODULE_NAMES, SLOT_NAMES,
    VARIABLE_NAMES,
};
pub(super) use super::reserved_words::{CLASS_SUFFIXES, FUNCTION_NAMES, ROUTE_NAMES};

/// Every class name that no entity, enum or value object can have, in no particular order.
pub fn reserved_class_names() -> &'static [&'static str] {
    CLASS_NAMES
}

pub(super) fn is_module(name: &str) -> bool {
    let device = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"))
        .is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit());
    device || MODULE_NAMES.contains(&name) || name.starts_with("test_")
}

pub(super) fn is_variable(name: &str) -> bool {
    VARIABLE_NAMES.contains(&name) || BUILTINS.contains(&name)
}

/// Whether a variable for a member of an entity can't have this name.
pub(super) fn is_local(name: &str) -> bool {
    LOCAL_NAMES.contains(&name) || BUILTINS.contains(&name)
}

/// Whether a row or a value of a flow can't have this name.
pub(super) fn is_of_flows(name: &str) -> bool {
    FLOW_NAMES.contains(&name) || BUILTINS.contains(&name)
}

/// Whether the function of a slot can't have this name.
pub(super) fn is_slot(name: &str) -> bool {
    is_of_flows(name) || SLOT_NAMES.contains(&name) || name.starts_with("test_")
}

pub(super) fn is_attribute(name: &str) -> bool {
    ATTRIBUTE_NAMES.contains(&name) || name.starts_with('_')
}

/// Whether services or repositories have a method of this name, or need it for something else.
pub(super) fn is_method(name: &str) -> bool {
    let made = name.starts_with("get_by_") || name.starts_with("unused_");
    made || METHOD_NAMES.contains(&name) || BUILTINS.contains(&name)
}

/// Whether the name begins as Pydantic keeps it for its own methods.
pub(super) fn is_protected(name: &str) -> bool {
    name.starts_with("model_dump") || name.starts_with("model_validate")
}
