//! The one table of versions of the generated stack. `requirements*.txt.j2` are resolved from it by
//! `cargo xtask lock-stack`; everything else that names a version prints it from here.

use minijinja::value::Value;

use crate::value::{bare, table, text};

/// Dependencies of the application, by name.
const RUNTIME: &[&str] = &[
    "aiosqlite>=0.22.1,<0.23",
    "alembic>=1.20.1,<2",
    "anyio>=4.16,<5",
    "email-validator>=2.4,<3",
    "fastapi>=0.165,<0.166",
    "prometheus-client>=0.26,<1",
    "psycopg[binary]>=3.3.9,<4",
    "pydantic>=2.14.3,<3",
    "pydantic-settings>=2.16,<3",
    "sqlalchemy[asyncio]>=2.1.9,<2.2",
    "starlette>=1.10,<2",
    "structlog>=26.1",
    "uvicorn[standard]>=0.54,<1",
];

/// Further ones where people sign in.
const AUTH: &[&str] = &[
    "limits>=5.8,<6",
    "pwdlib[argon2]>=0.3.1,<0.4",
    "pyjwt[crypto]>=2.15,<3",
    "python-multipart>=0.0.34",
];

const LINT: &[&str] = &["import-linter>=2.16", "mypy>=2.4.1,<3", "ruff==0.17.5"];

const TEST: &[&str] = &[
    "asyncpg>=0.32,<0.33",
    "coverage[toml]>=7.17,<8",
    "httpx2>=2.16,<3",
    "hypothesis>=6.170,<7",
    "pytest>=9.2,<10",
    "schemathesis>=4.32.5,<5",
];

/// Names of images and actions with their tags.
const TAGS: &[(&str, &str)] = &[
    ("python", "3.13"),
    ("postgres", "18"),
    ("prometheus", "v3.8.0"),
    ("grafana", "12.3.0"),
    ("checkout", "v6"),
    ("setup_python", "v6"),
];

/// What templates see as `stack`.
pub(crate) fn stack(auth: bool) -> Value {
    let mut runtime = RUNTIME.to_vec();
    if auth {
        runtime.extend_from_slice(AUTH);
        runtime.sort_by_key(|requirement| name(requirement));
    }
    let list = |requirements: &[&str]| -> Value { requirements.iter().map(|r| text(*r)).collect() };
    let tags = table(TAGS.iter().map(|(name, tag)| (*name, bare(tag))));
    table([("runtime", list(&runtime)), ("lint", list(LINT)), ("test", list(TEST)), ("tags", tags)])
}

fn name(requirement: &str) -> &str {
    let end = requirement.find(['[', '>', '=']).unwrap_or(requirement.len());
    &requirement[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements_stand_in_the_order_of_their_names() {
        for list in [RUNTIME, AUTH, LINT, TEST] {
            assert!(list.is_sorted_by_key(|requirement| name(requirement)));
        }
    }
}
