//! Any text as an attribute, a relationship, an index and an access rule of a valid application.
#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::json;
use stratapi_fuzz::load;

fuzz_target!(|text: &str| {
    let places = [
        "/domain/entities/Post/attributes/title",
        "/domain/entities/Post/relationships/author",
        "/domain/entities/Post/indexes/0",
        "/api/resources/Post/access/write",
    ];
    for place in places {
        let mut app = json!({
            "stratapi": 1,
            "app": {"name": "blog"},
            "security": {
                "authentication": {"kind": "jwt", "user": "User", "login": "email", "secret": "password"},
                "roles": ["member", "admin"],
            },
            "domain": {"entities": {
                "User": {"attributes": {
                    "email": "email unique", "password": "password", "role": "role = member readonly",
                }},
                "Post": {
                    "attributes": {"title": "text", "views": "int = 0"},
                    "relationships": {"author": "many_to_one User"},
                    "indexes": ["views (where=views > 0)"],
                },
            }},
            "api": {"resources": {"Post": {"access": {"write": "authenticated"}}}},
        });
        if let Some(slot) = app.pointer_mut(place) {
            *slot = text.into();
        }
        load("app.json", app.to_string().as_bytes());
    }
});
