//! The registry of codes: one line a code, never reused. Each has a page in `docs/errors/`,
//! which is part of the program: a code without a page does not compile.

/// A stable code such as `E0203`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

/// What is known about a code.
#[derive(Debug, Clone, Copy)]
pub struct CodeInfo {
    /// The code.
    pub code: Code,
    /// Its short name in kebab case.
    pub name: &'static str,
    /// Its page in Markdown: what, why, a failing example and a mended one.
    pub page: &'static str,
}

impl CodeInfo {
    /// What the code means in one line: the first line of text on its page.
    pub fn summary(&self) -> &'static str {
        let text = |line: &&str| !line.is_empty() && !line.starts_with('#');
        self.page.lines().map(str::trim).find(text).unwrap_or(self.name)
    }
}

impl Code {
    /// The text, for example `E0203`.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The code with this text, if there is one; upper and lower case are alike.
    pub fn find(text: &str) -> Option<&'static CodeInfo> {
        REGISTRY.iter().find(|info| info.code.0.eq_ignore_ascii_case(text))
    }

    /// What is known about this code.
    pub fn info(self) -> &'static CodeInfo {
        REGISTRY
            .iter()
            .find(|info| info.code == self)
            .unwrap_or_else(|| crate::bug!("the code {self} is not registered"))
    }

    /// The page of this code, in Markdown.
    pub fn page(self) -> &'static str {
        self.info().page
    }

    /// All codes, in order.
    pub fn all() -> &'static [CodeInfo] {
        REGISTRY
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

macro_rules! codes {
    ($($code:ident $name:literal)*) => {
        impl Code {
            $(#[doc = concat!("`", stringify!($code), "`: ", $name, ".")]
            pub const $code: Self = Self(stringify!($code));)*
        }
        const REGISTRY: &[CodeInfo] = &[$(CodeInfo {
            code: Code::$code,
            name: $name,
            page: include_str!(concat!("../../../docs/errors/", stringify!($code), ".md")),
        }),*];
    };
}

// E01 syntax, E02 resolve, E03 check, E04 plan, E05 template, E06 emit, E07 slot and lock, E08 evolve,
// E09 input and output, J judge, W lints.
codes! {
    E0101 "malformed-document"
    E0102 "duplicate-key"
    E0103 "forbidden-yaml-feature"
    E0104 "unsupported-encoding"
    E0105 "document-too-large"
    E0106 "nested-too-deeply"
    E0107 "several-documents"
    E0108 "forbidden-character"
    E0109 "malformed-attribute"
    E0110 "malformed-relationship"
    E0111 "malformed-expression"
    E0112 "include-failed"
    E0201 "wrong-shape"
    E0202 "missing-key"
    E0203 "unknown-key"
    E0204 "unknown-type"
    E0205 "unknown-name"
    E0206 "declared-twice"
    E0207 "cut-shorthand"
    E0208 "unsupported-version"
    E0301 "invalid-name"
    E0302 "confusable-names"
    E0303 "invalid-bounds"
    E0304 "invalid-default"
    E0305 "invalid-combination"
    E0306 "invalid-key"
    E0307 "invalid-relationship"
    E0308 "invalid-access"
    E0309 "invalid-resource"
    E0310 "invalid-security"
    E0311 "not-built-yet"
    E0312 "invalid-pattern"
    E0313 "untested-null"
    E0314 "wrong-operand"
    E0315 "invalid-invariant"
    E0316 "invalid-state-machine"
    E0317 "invalid-transition"
    E0318 "invalid-flow"
    E0319 "invalid-endpoint"
    E0320 "invalid-slot"
    E0321 "decided-condition"
    E0322 "invalid-view"
    E0323 "invalid-schedule"
    E0324 "invalid-seed"
    E0325 "invalid-shape"
    E0401 "names-collide"
    E0402 "reserved-name"
    E0403 "routes-collide"
    E0701 "unfilled-slot"
    E0702 "unreadable-slot"
    E0703 "wrong-signature"
    E0704 "unsafe-slot"
    E0705 "failed-example"
    E0706 "unproved-slot"
    E0901 "cannot-read"
    E0902 "cannot-write"
    E0903 "edited-file"
    E0904 "foreign-file"
    E0905 "build-in-progress"
    E0906 "link-out-of-root"
    E0907 "no-python"
    E0908 "environment-failed"
    E0909 "port-taken"
    E0910 "application-failed"
    J0101 "unparsable-python"
    J0102 "empty-body"
    J0105 "unpinned-requirement"
    J0106 "unreadable-file"
    J0107 "missing-file"
    J0108 "unresolved-import"
    J0109 "undefined-name"
    J0110 "open-route"
    J0111 "orphan-slot"
    J0112 "secret-in-tree"
    J0113 "missing-await"
    J0114 "blocking-call"
    J0115 "sql-from-text"
    J0116 "open-cors"
    J0117 "unverified-token"
    J0118 "secret-default"
    J0119 "naive-time"
    J0120 "float-for-decimal"
    J0121 "mutable-default"
    J0122 "swallowed-error"
    J0123 "debug-on"
    J0124 "edited-file"
    J0125 "ignored-caller"
    J0126 "written-document"
    J0127 "weakened-test"
    J0128 "uncompilable-python"
    J0129 "unlike-seeds"
    J0201 "known-mistake"
    J0202 "malformed-patterns"
    J0203 "runaway-pattern"
    J0301 "unjudged-database"
    J0302 "dead-postgresql"
    J0303 "failing-migration"
    J0304 "several-heads"
    J0305 "unlike-tables"
    J0306 "unlike-columns"
    J0307 "unlike-defaults"
    J0308 "unlike-primary-key"
    J0309 "unlike-uniques"
    J0310 "unlike-foreign-keys"
    J0311 "unlike-checks"
    J0312 "unlike-indexes"
    J0313 "incomplete-downgrade"
    J0401 "served-document"
    J0501 "no-start"
    J0502 "failed-operation"
    J0503 "open-door"
    J0504 "wrong-list"
    J0505 "unguarded-write"
    J0506 "weak-session"
    J0507 "refused-containers"
    J0601 "lint"
    J0602 "unformatted-python"
    J0603 "wrong-type"
    J0604 "silenced-tool"
    J0610 "failed-test"
    J0611 "broken-contract"
    J0701 "unusable-python"
    J0702 "no-engine"
    W0001 "empty-roles"
    W0002 "required-circle"
    W0003 "unreachable-state"
    W0004 "unstarted-flow"
    W0005 "unused-slot"
    W0006 "conflicting-locks"
    W0007 "unlocked-change"
    W0008 "needless-condition"
    W0009 "unused-view"
    W0010 "shared-default"
    W0011 "contradicted-default"
}
