//! Facts about the application as a whole.

use crate::{Architecture, Case, ListForm, ProblemForm, PyIdent, RateLimit};

/// Facts about the application as a whole.
#[derive(Debug, Clone)]
pub struct AppPlan {
    /// Distribution name, also the default database's name: `blog`.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// One paragraph; may be empty.
    pub description: String,
    /// Version of the application.
    pub version: String,
    /// Prefix of every API path: empty, or starting with `/` and not ending with it.
    pub prefix: String,
    /// Case of all names on the wire, in which they are already written here.
    pub case: Case,
    /// Status of the answer to a request that is not as the document says: 400 or 422.
    pub invalid_status: u16,
    /// What stands around the rows of lists, where a resource has no form of its own, and of histories.
    pub lists: ListForm,
    /// What is answered to a request that fails.
    pub problem: ProblemForm,
    /// `Layered` or `Simple`, never `Auto`.
    pub architecture: Architecture,
    /// Sign-in, if there is any.
    pub auth: Option<AuthPlan>,
    /// How lists and histories are cut into pages.
    pub pages: PagesPlan,
    /// Whether some entity has optimistic locking (`ETag`, If-Match).
    pub etags: bool,
    /// Version of the compiler that made this plan.
    pub compiler: &'static str,
}

/// How lists and histories are cut into pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PagesPlan {
    /// Whether some are paged by offset and say how many rows there are.
    pub counted: bool,
    /// Whether some are paged by offset and do not count their rows.
    pub uncounted: bool,
    /// Whether some are paged by cursor.
    pub by_cursor: bool,
}

/// Sign-in. Field indexes point into the `fields` of the user's `EntityPlan`.
#[derive(Debug, Clone)]
pub struct AuthPlan {
    /// Index of the account entity in `Plan::entities`.
    pub user: usize,
    /// Index of the field that people sign in with.
    pub login: usize,
    /// Index of the password field (its model attribute holds the hash).
    pub secret: usize,
    /// Index of the role field, if accounts have roles.
    pub role: Option<usize>,
    /// Roles, in order of declaration.
    pub roles: Vec<RolePlan>,
    /// Whether anybody may create an account.
    pub open_registration: bool,
    /// Seconds.
    pub access_token_ttl: u32,
    /// The scheme in front of access tokens in `Authorization`.
    pub scheme: String,
    /// Seconds.
    pub refresh_token_ttl: u32,
    /// Name of the header that carries API keys, if they are on.
    pub api_key_header: Option<String>,
    /// How often callers may read their own account, and change it.
    pub me_limits: [Option<RateLimit>; 2],
}

/// A role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RolePlan {
    /// Value on the wire and in the database.
    pub value: String,
    /// Member of the role enum: `ADMIN`.
    pub member: PyIdent,
    /// Index in `AuthPlan::roles`.
    pub index: usize,
}

/// An enum, a `StrEnum` in `app/models/enums.py`.
#[derive(Debug, Clone)]
pub struct EnumPlan {
    /// Class name.
    pub class: PyIdent,
    /// Docstring's text; never empty.
    pub doc: String,
    /// At least one.
    pub members: Vec<MemberPlan>,
    /// Length of its column in characters: the longest value, rounded up to a power of two, at least 16.
    pub length: u32,
    /// Whether it holds the roles.
    pub roles: bool,
}

/// A member of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberPlan {
    /// Python name: `DRAFT`.
    pub name: PyIdent,
    /// Value on the wire and in the database.
    pub value: String,
}

impl AuthPlan {
    /// Whether access tokens are sent as OAuth 2.0 says.
    pub fn is_bearer(&self) -> bool {
        self.scheme.eq_ignore_ascii_case("Bearer")
    }
}
