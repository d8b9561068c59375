//! The account, and how people sign in.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Value, json};

use super::attribute::Attribute;
use super::entity::{EntityChoice, Extra, entity};
use super::resource::{ResourceChoice, resource};
use super::types::{Scope, TypeChoice, line};
use super::words;

/// How people sign in, as choices.
#[derive(Debug, Clone)]
pub(super) struct SecurityChoice {
    pub(super) account: EntityChoice,
    pub(super) resource: ResourceChoice,
    /// Where it stands among the entities.
    pub(super) position: Index,
    pub(super) roles: Vec<&'static str>,
    role: Option<Role>,
    email: bool,
    pub(super) open: bool,
    lives: Option<(u32, u32)>,
    api_keys: Option<&'static str>,
    password: Option<(u32, u32)>,
}

/// The role of new accounts.
#[derive(Debug, Clone, Copy)]
enum Role {
    /// None until they are given one.
    Later,
    Default(Index),
}

/// Sign-in of every form.
pub(super) fn security() -> impl Strategy<Value = SecurityChoice> {
    let account = select(words::ACCOUNTS).prop_flat_map(entity);
    let roles = subsequence(words::ROLES, 0..4);
    let role = prop_oneof![1 => Just(Role::Later), 4 => any::<Index>().prop_map(Role::Default)];
    let role = option::weighted(0.8, role);
    let keys = option::of(select(&["", "X-API-Key", "x-Key9"][..]));
    let password = option::of((1..20_u32, 0..90_u32).prop_map(|(min, more)| (min, min + more)));
    let lives = option::of((30..=86_400_u32, 60..=31_536_000_u32));
    let flags = (any::<bool>(), any::<bool>());
    (account, resource(), any::<Index>(), roles, role, flags, lives, keys, password).prop_map(
        |(account, resource, position, roles, role, (email, open), lives, api_keys, password)| {
            SecurityChoice {
                account,
                resource,
                position,
                roles,
                role,
                email,
                open,
                lives,
                api_keys,
                password,
            }
        },
    )
}

impl SecurityChoice {
    /// Roles that an account can have: none if it has no attribute for them.
    pub(super) fn given(&self) -> &[&'static str] {
        // Where there is one role, and everybody has it, no rule needs to ask for it.
        let told = self.roles.len() > 1 || matches!(self.role, Some(Role::Later));
        if self.role.is_some() && told { &self.roles } else { &[] }
    }

    /// What the account has because it is one.
    pub(super) fn extra(&self, scope: &Scope) -> Extra {
        let login = if self.email {
            TypeChoice::Fixed("email").decide(scope, &[])
        } else {
            line(Some((3, 40)))
        };
        let mut secret = TypeChoice::Password(self.password).decide(scope, &[]);
        secret.can.equal = false;
        let mut secret = Attribute::fixed("secret", secret, "");
        secret.writeonly = true;
        let mut attributes = vec![Attribute::fixed("login", login, " unique"), secret];
        if let (Some(default), false) = (self.role, self.roles.is_empty()) {
            let role = TypeChoice::Role.decide(scope, &[]);
            let flags = match default {
                Role::Default(index) => {
                    format!(" = {} readonly", self.roles[index.index(self.roles.len())])
                }
                Role::Later => "? readonly".to_owned(),
            };
            let mut role = Attribute::fixed("role", role, &flags);
            role.nullable = matches!(default, Role::Later);
            attributes.push(role);
        }
        Extra { attributes, ..Extra::default() }
    }

    /// The section.
    pub(super) fn declared(&self, frozen: bool) -> Value {
        let registration = if self.open && !frozen { "open" } else { "closed" };
        let mut authentication = json!({
            "kind": "jwt",
            "user": self.account.name,
            "login": "login",
            "secret": "secret",
            "registration": registration,
        });
        if let (Some((access, refresh)), Some(map)) = (self.lives, authentication.as_object_mut()) {
            map.insert("access_token_ttl".to_owned(), json!(access));
            map.insert("refresh_token_ttl".to_owned(), json!(refresh));
        }
        let mut section = json!({"authentication": authentication});
        if let Some(map) = section.as_object_mut() {
            map.extend((!self.roles.is_empty()).then(|| ("roles".to_owned(), json!(self.roles))));
            map.extend(self.api_keys.map(|header| {
                let keys = if header.is_empty() { json!(true) } else { json!({"header": header}) };
                ("api_keys".to_owned(), keys)
            }));
        }
        section
    }
}
