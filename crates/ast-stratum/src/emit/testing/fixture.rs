//! A plan for the tests of the emitters: accounts, tags, and a thing with every attribute type.

use stratapi_diagnostics::SourceMap;
use stratapi_ir::{SourceError, World, load};
use stratapi_plan::{Plan, lower};

const DOCUMENT: &str = r#"
stratapi: 1
app: {name: sample}
security:
  authentication: {user: User, login: email, secret: password, registration: open}
  roles: [member, admin]
domain:
  enums:
    ThingState: [open, closed]
  values:
    Address:
      attributes:
        street: string(1..100)
        type: string(1..10)?
  entities:
    User:
      attributes:
        email: email unique
        password: password
        role: role = member readonly
    Tag:
      attributes:
        name: string(1..40) unique
    Thing:
      optimistic_lock: true
      attributes:
        sku: string(3..32, pattern='^[A-Z0-9-]+$') unique immutable
        class: {type: string(1..20), description: What "class" it is of., example: best}
        note: text(0..100)? deprecated
        price: decimal(12, 2, min=0) = 4.90
        stock: int(0..)
        seen: bigint = 0 readonly
        ratio: float(0.5..)
        ok: bool = true
        date: date
        at: time?
        seen_at: datetime = now()
        lasts: duration
        other: uuid
        metadata: json = {}
        photo: bytes(100)
        contact: email?
        site: url
        slug: slug from class
        address: ip
        labels: string(1..10)[]
        state: ThingState = open
        home: Address
        work: Address?
      relationships:
        owner: many_to_one User (inverse=things, on_delete=cascade, set=current_user)
        tags: many_to_many Tag (inverse=things)
        parent: many_to_one Thing? (on_delete=cascade)
api:
  resources:
    User:
      operations: [list, get, create, bulk_create, update, replace, delete]
      access: role(admin)
    Tag:
      operations: [list, get, create, bulk_create, update, replace, delete]
      access: public
    Thing:
      operations: [list, get, create, bulk_create, update, replace, delete]
      access: owner == current_user or role(admin)
      filter: [class, price, ok, owner, tags.name]
      sort: [price]
      search: [class]
      pagination: cursor
      max_page_size: 50
"#;

struct Document;

impl World for Document {
    fn read(&self, _path: &str) -> Result<Vec<u8>, SourceError> {
        Ok(DOCUMENT.as_bytes().to_vec())
    }

    fn glob(&self, _pattern: &str) -> Result<Vec<String>, SourceError> {
        Ok(Vec::new())
    }
}

/// The application.
fn plan() -> Plan {
    let checked = load(&Document, "app.yaml", &mut SourceMap::default()).and_then(|ir| lower(&ir));
    checked.value.unwrap_or_else(|| panic!("{:#?}", checked.diagnostics))
}

fn text(path: &str) -> String {
    let plan = plan();
    let file = plan.files.iter().find(|file| file.path == path);
    let file = file.unwrap_or_else(|| panic!("no file {path}"));
    crate::emit::emit(&plan, file).text
}

#[test]
fn what_is_omitted_in_an_update_stays() {
    let schema = text("app/schemas/thing.py");
    assert!(schema.contains("    note: Note | MISSING | None = Field(default=MISSING, "));
    assert!(schema.contains("    price: Price | MISSING = MISSING\n"));
    assert!(!schema.contains("None = None, alias"));
}

#[test]
fn wire_names_that_python_takes_become_aliases() {
    let schema = text("app/schemas/thing.py");
    assert!(schema.contains("    class_: Class = Field(alias=\"class\", "));
    assert!(schema.contains("    date_: Date = Field(serialization_alias=\"date\")\n"));
}

#[test]
fn passwords_are_written_but_not_read() {
    let schema = text("app/schemas/user.py");
    let (written, read) = schema.split_once("class UserRead").unwrap_or_default();
    assert!(written.contains("    password: UserPassword\n"));
    assert!(!read.split("class ").next().unwrap_or_default().contains("password"));
}
