//! Documents, and what the front end makes of them.

use std::fmt::Write as _;

use stratapi_diagnostics::SourceMap;
use stratapi_ir::model::ApplicationIr;
use stratapi_ir::{SourceError, World, load};

struct Document(String);

impl World for Document {
    fn read(&self, _path: &str) -> Result<Vec<u8>, SourceError> {
        Ok(self.0.as_bytes().to_vec())
    }

    fn glob(&self, _pattern: &str) -> Result<Vec<String>, SourceError> {
        Ok(Vec::new())
    }
}

/// The resolved IR of a document whose first lines are left out.
pub(crate) fn ir(sections: &str) -> ApplicationIr {
    let text = format!("stratapi: 1\napp: {{name: sample}}\n{sections}");
    let loaded = load(&Document(text), "app.yaml", &mut SourceMap::default());
    loaded.value.unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// The same of entities alone: each has a name and lines of YAML.
pub(crate) fn entities(entities: &[(&str, &str)]) -> ApplicationIr {
    let mut text = String::from("domain:\n  entities:\n");
    for (name, lines) in entities {
        let _ = writeln!(text, "    {name}:");
        for line in lines.lines() {
            let _ = writeln!(text, "      {line}");
        }
    }
    ir(&text)
}

/// A small blog: accounts, posts with a status and tags, nested comments.
pub(crate) fn blog() -> ApplicationIr {
    ir("security:
  authentication: {user: User, login: email, secret: password, registration: open}
  roles: [member, editor, admin]
domain:
  enums:
    PostStatus: [draft, published]
  entities:
    User:
      attributes:
        email: email unique
        full_name: string(1..120)?
        password: password
        role: role = member readonly
    Post:
      attributes:
        title: string(1..200)
        slug: slug from title
        status: PostStatus = draft readonly
        views: int(0..) = 0 readonly
      relationships:
        author: many_to_one User (inverse=posts, on_delete=cascade, set=current_user)
        tags: many_to_many Tag (inverse=posts)
    Tag:
      attributes:
        name: string(1..40) unique
    Comment:
      attributes:
        body: string(1..255)
      relationships:
        post: many_to_one Post (inverse=comments, on_delete=cascade, immutable)
        author: many_to_one User (inverse=comments, on_delete=cascade, set=current_user)
api:
  resources:
    User: {operations: [list, get], access: authenticated}
    Post: {access: author == current_user or role(admin)}
    Tag: {access: public}
    Comment: {under: Post.comments, access: author == current_user or role(admin)}
")
}
