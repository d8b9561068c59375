//! `file`: an uploaded file. It belongs to the language, but nothing can be built from it yet.

use stratapi_diagnostics::Code;

use super::literal::none;
use super::{Abilities, TypeDef};

pub(super) static TYPE: TypeDef = TypeDef {
    name: "file",
    doc: "An uploaded file (not built yet).",
    parameters: &["max_bytes", "types"],
    positions: &[],
    range: None,
    make: |arguments| {
        arguments.refuse(
            Code::E0311,
            "",
            "attributes of type `file` belong to the language, but they are not built yet"
                .to_owned(),
            "use `url` for now, and keep the file elsewhere".to_owned(),
        );
        None
    },
    is: |_| false,
    print: |_| Vec::new(),
    literal: none,
    function: None,
    can: Abilities::STORED,
};
