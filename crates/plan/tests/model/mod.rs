//! Resolved IRs, built by hand.

use std::sync::atomic::{AtomicU32, Ordering};

use indexmap::IndexMap;
use stratapi_diagnostics::{FileId, Span};
use stratapi_ir::model::{
    Access, ApiModelIr, App, ApplicationIr, Architecture, Attribute, AttributeId, AttributeType,
    Authentication, BaseConfig, Bounds, DefaultValue, DomainModelIr, Entity, EntityId, EnumMember,
    Enumeration, Flags, IdKind, Inverse, Literal, OnDelete, Operation, OwnerPath, Pagination,
    Registration, Relationship, RelationshipId, RelationshipKind, Resource, Role, RoleId,
    SecurityModelIr, Spanned, Under,
};

pub(crate) fn spanned<T>(value: T) -> Spanned<T> {
    Spanned { value, span: span() }
}

/// A place of its own, so that findings can tell places apart.
pub(crate) fn span() -> Span {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let start = NEXT.fetch_add(1, Ordering::Relaxed);
    Span { file: FileId(0), start, end: start + 1 }
}

pub(crate) fn attribute(name: &str, ty: AttributeType) -> Attribute {
    Attribute {
        name: spanned(name.to_owned()),
        description: String::new(),
        example: None,
        ty,
        list: false,
        nullable: false,
        default: None,
        flags: Flags::default(),
        span: span(),
    }
}

pub(crate) fn line(name: &str, min: u32, max: u32) -> Attribute {
    let length = Bounds { min: Some(min), max: Some(max) };
    attribute(name, AttributeType::String { length, pattern: None })
}

pub(crate) fn nullable(attribute: Attribute) -> Attribute {
    Attribute { nullable: true, ..attribute }
}

pub(crate) fn unique(attribute: Attribute) -> Attribute {
    Attribute { flags: Flags { unique: true, ..attribute.flags }, ..attribute }
}

pub(crate) fn readonly(attribute: Attribute, default: Option<Literal>) -> Attribute {
    Attribute {
        flags: Flags { readonly: true, ..attribute.flags },
        default: default.map(DefaultValue::Literal),
        ..attribute
    }
}

pub(crate) fn entity(name: &str, table: &str, attributes: Vec<Attribute>) -> Entity {
    Entity {
        name: spanned(name.to_owned()),
        description: String::new(),
        table: table.to_owned(),
        plural: table.replace('_', " "),
        base: BaseConfig { id: IdKind::Uuid, timestamps: true, is_active: true },
        optimistic_lock: false,
        soft_delete: false,
        attributes,
        relationships: Vec::new(),
        inverses: Vec::new(),
        unique: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        span: span(),
    }
}

pub(crate) fn relationship(name: &str, kind: RelationshipKind, target: usize) -> Relationship {
    Relationship {
        name: spanned(name.to_owned()),
        description: String::new(),
        kind,
        target: EntityId::at(target),
        nullable: false,
        inverse: None,
        on_delete: OnDelete::Restrict,
        set_current_user: false,
        immutable: false,
        readonly: false,
        primary: false,
        span: span(),
    }
}

/// Adds a relationship with its other end.
pub(crate) fn relate(
    ir: &mut ApplicationIr,
    entity: usize,
    relationship: Relationship,
    inverse: &str,
) {
    let position = ir.domain.entities[entity].relationships.len();
    let target = relationship.target.index();
    let mut relationship = relationship;
    if !inverse.is_empty() {
        relationship.inverse = Some(spanned(inverse.to_owned()));
        ir.domain.entities[target].inverses.push(Inverse {
            name: spanned(inverse.to_owned()),
            entity: EntityId::at(entity),
            relationship: RelationshipId::at(position),
        });
    }
    ir.domain.entities[entity].relationships.push(relationship);
}

pub(crate) fn resource(
    entity: usize,
    path: &str,
    operations: &[Operation],
    access: &Access,
) -> Resource {
    Resource {
        entity: EntityId::at(entity),
        path: path.to_owned(),
        operations: operations.to_vec(),
        access: operations
            .iter()
            .map(|operation| (*operation, access.clone()))
            .collect::<IndexMap<_, _>>(),
        filter: Vec::new(),
        sort: Vec::new(),
        search: Vec::new(),
        under: None,
        lookup: None,
        pagination: Pagination::Offset,
        page_size: 20,
        max_page_size: 100,
        span: span(),
    }
}

pub(crate) fn empty(entities: Vec<Entity>) -> ApplicationIr {
    ApplicationIr {
        app: App {
            name: spanned("sample".to_owned()),
            title: "Sample".to_owned(),
            description: String::new(),
            version: "0.1.0".to_owned(),
            architecture: Architecture::Auto,
        },
        domain: DomainModelIr { enums: Vec::new(), values: Vec::new(), entities },
        api: ApiModelIr { prefix: "/api/v1".to_owned(), resources: Vec::new() },
        security: None,
    }
}

pub(crate) const CRUD: [Operation; 5] =
    [Operation::List, Operation::Get, Operation::Create, Operation::Update, Operation::Delete];

/// A small blog: accounts, posts with a status and tags, nested comments.
pub(crate) fn blog() -> ApplicationIr {
    let text = |text: &str| Literal::Text(text.to_owned());
    let password = Bounds { min: Some(8), max: Some(128) };
    let user = vec![
        unique(attribute("email", AttributeType::Email)),
        nullable(line("full_name", 1, 120)),
        attribute("password", AttributeType::Password { length: password }),
        readonly(attribute("role", AttributeType::Role), Some(text("member"))),
    ];
    let views = AttributeType::Int(Bounds { min: Some(0), max: None });
    let status = AttributeType::Enum(stratapi_ir::model::EnumId::at(0));
    let post = vec![
        line("title", 1, 200),
        unique(attribute("slug", AttributeType::Slug { from: AttributeId::at(0) })),
        readonly(attribute("status", status), Some(text("draft"))),
        readonly(attribute("views", views), Some(Literal::Int("0".to_owned()))),
    ];
    let mut ir = empty(vec![
        entity("User", "users", user),
        entity("Post", "posts", post),
        entity("Tag", "tags", vec![unique(line("name", 1, 40))]),
        entity("Comment", "comments", vec![line("body", 1, 255)]),
    ]);
    let member =
        |value: &str| EnumMember { value: spanned(value.to_owned()), description: String::new() };
    ir.domain.enums.push(Enumeration {
        name: spanned("PostStatus".to_owned()),
        description: String::new(),
        members: vec![member("draft"), member("published")],
    });
    let mut author = relationship("author", RelationshipKind::ManyToOne, 0);
    author.set_current_user = true;
    author.on_delete = OnDelete::Cascade;
    relate(&mut ir, 1, author.clone(), "posts");
    relate(&mut ir, 1, relationship("tags", RelationshipKind::ManyToMany, 2), "posts");
    let mut parent = relationship("post", RelationshipKind::ManyToOne, 1);
    parent.immutable = true;
    parent.on_delete = OnDelete::Cascade;
    relate(&mut ir, 3, parent, "comments");
    relate(&mut ir, 3, author, "comments");
    ir.security = Some(security());
    let own = |position: usize| {
        let path = OwnerPath { steps: vec![RelationshipId::at(position)] };
        Access::Any(vec![Access::Owner(path), Access::Role(vec![RoleId::at(2)])])
    };
    ir.api.resources = vec![
        resource(0, "users", &[Operation::List, Operation::Get], &Access::Authenticated),
        resource(1, "posts", &CRUD, &own(0)),
        resource(2, "tags", &CRUD, &Access::Public),
        resource(3, "comments", &CRUD, &own(1)),
    ];
    ir.api.resources[3].under =
        Some(Under { parent: EntityId::at(1), relationship: RelationshipId::at(0) });
    ir
}

/// Accounts are the first entity: its first attribute is the login, the third the password.
fn security() -> SecurityModelIr {
    SecurityModelIr {
        authentication: Authentication {
            user: EntityId::at(0),
            login: AttributeId::at(0),
            secret: AttributeId::at(2),
            role: Some(AttributeId::at(3)),
            registration: Registration::Open,
            access_token_ttl: 900,
            refresh_token_ttl: 2_592_000,
        },
        roles: ["member", "editor", "admin"]
            .map(|role| Role { name: spanned(role.to_owned()) })
            .to_vec(),
        api_keys: None,
    }
}
