//! Which crate may import which: the table of the architecture, as data.

/// A crate with the workspace crates that it may depend on.
pub(crate) struct Layer {
    /// Package name without the prefix `stratapi-`.
    pub(crate) name: &'static str,
    /// The same of what it may import.
    pub(crate) may_import: &'static [&'static str],
    /// Words that its sources must not contain: what it is not allowed to know.
    pub(crate) never: &'static [&'static str],
}

/// The crates of the workspace, from the bottom up.
pub(crate) const LAYERS: &[Layer] = &[
    Layer {
        name: "diagnostics",
        may_import: &[],
        never: &["std::fs", "TcpStream", "TcpListener", "UdpSocket", "std::process"],
    },
    Layer {
        name: "ir",
        may_import: &["diagnostics"],
        never: &[
            "std::fs",
            "TcpStream",
            "TcpListener",
            "UdpSocket",
            "std::process",
            "SystemTime",
            "Instant",
        ],
    },
    Layer {
        name: "plan",
        may_import: &["diagnostics", "ir"],
        never: &["std::fs", "TcpStream", "TcpListener", "UdpSocket", "minijinja"],
    },
    Layer {
        name: "template-stratum",
        may_import: &["diagnostics", "plan"],
        never: &["TcpStream", "TcpListener", "UdpSocket", "std::process"],
    },
    Layer {
        name: "ast-stratum",
        may_import: &["diagnostics", "plan"],
        never: &["std::fs", "TcpStream", "TcpListener", "UdpSocket", "minijinja"],
    },
    Layer { name: "llm-stratum", may_import: &["diagnostics", "plan"], never: &["std::fs"] },
    Layer {
        name: "qa",
        may_import: &["diagnostics", "plan", "llm-stratum"],
        never: &["std::fs", "std::process", "TcpStream", "TcpListener", "UdpSocket"],
    },
    Layer {
        name: "driver",
        may_import: &[
            "diagnostics",
            "ir",
            "plan",
            "template-stratum",
            "ast-stratum",
            "llm-stratum",
            "qa",
        ],
        never: &["clap", "println!", "process::exit", "anstream"],
    },
    Layer {
        name: "sandbox",
        may_import: &["qa"],
        never: &["clap", "println!", "process::exit", "anstream"],
    },
    Layer {
        name: "cli",
        may_import: &["diagnostics", "driver", "sandbox"],
        never: &["stratapi_ir", "stratapi_plan", "_stratum"],
    },
];
