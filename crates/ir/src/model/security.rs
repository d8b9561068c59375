//! The `security` section, resolved.

use super::{AttributeId, EntityId, Spanned};

/// The `security` section.
#[derive(Debug, Clone)]
pub struct SecurityModelIr {
    /// How people sign in.
    pub authentication: Authentication,
    /// Roles in order of declaration; may be empty.
    pub roles: Vec<Role>,
    /// API keys for services, if they are on.
    pub api_keys: Option<ApiKeys>,
}

/// Sign-in with JSON Web Tokens and rotating refresh tokens.
#[derive(Debug, Clone)]
pub struct Authentication {
    /// The entity of accounts.
    pub user: EntityId,
    /// Its unique attribute that people sign in with: an `email` or `string`.
    pub login: AttributeId,
    /// Its `password` attribute.
    pub secret: AttributeId,
    /// Its attribute of type `role`, if it has one.
    pub role: Option<AttributeId>,
    /// Who may create an account.
    pub registration: Registration,
    /// The scheme in front of access tokens in `Authorization` (RFC 9110), `Bearer` by default.
    pub scheme: String,
    /// Life of an access token in seconds, 900 by default.
    pub access_token_ttl: u32,
    /// Life of a refresh token in seconds, 2,592,000 by default.
    pub refresh_token_ttl: u32,
}

/// Who may create an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// Anybody, at `/auth/register`.
    Open,
    /// Only operators (command line) and whom `create` allows.
    Closed,
}

/// A role.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its name: the value on the wire and in the database.
    pub name: Spanned<String>,
}

/// API keys: a request with one acts as the account that the key belongs to.
#[derive(Debug, Clone)]
pub struct ApiKeys {
    /// The header, `X-API-Key` by default.
    pub header: String,
}
