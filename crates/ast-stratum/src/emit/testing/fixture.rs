//! A plan for the tests of the emitters: accounts, tags, and a thing with every attribute type.

use stratapi_diagnostics::{FileId, Span};
use stratapi_ir::model::{
    Access, ApiModelIr, App, ApplicationIr, Architecture, Attribute, AttributeId, AttributeType,
    Authentication, BaseConfig, Bounds, Column, DefaultValue, DomainModelIr, Entity, EntityId,
    EnumId, EnumMember, Enumeration, FilterPath, Flags, IdKind, Inverse, Literal, OnDelete,
    OwnerPath, Pagination, Registration, Relationship, RelationshipId, RelationshipKind, Resource,
    Role, RoleId, SecurityModelIr, Spanned, ValueId, ValueObject,
};
use stratapi_plan::Plan;

const SPAN: Span = Span::new(FileId(0), 0, 0);

fn spanned(value: &str) -> Spanned<String> {
    Spanned { value: value.to_owned(), span: SPAN }
}

fn attribute(name: &str, ty: AttributeType) -> Attribute {
    Attribute {
        name: spanned(name),
        description: String::new(),
        example: None,
        ty,
        list: false,
        nullable: false,
        default: None,
        flags: Flags::default(),
        span: SPAN,
    }
}

fn line(min: u32, max: u32, pattern: Option<&str>) -> AttributeType {
    AttributeType::String {
        length: Bounds { min: Some(min), max: Some(max) },
        pattern: pattern.map(ToOwned::to_owned),
    }
}

fn entity(name: &str, plural: &str, attributes: Vec<Attribute>) -> Entity {
    Entity {
        name: spanned(name),
        description: String::new(),
        table: plural.to_owned(),
        plural: plural.to_owned(),
        base: BaseConfig { id: IdKind::Uuid, timestamps: true, is_active: true },
        optimistic_lock: false,
        soft_delete: false,
        attributes,
        relationships: Vec::new(),
        inverses: Vec::new(),
        unique: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        span: SPAN,
    }
}

fn relationship(name: &str, kind: RelationshipKind, target: u32) -> Relationship {
    Relationship {
        name: spanned(name),
        description: String::new(),
        kind,
        target: EntityId(target),
        nullable: false,
        inverse: Some(spanned("things")),
        on_delete: OnDelete::Cascade,
        set_current_user: target == 0,
        immutable: false,
        readonly: false,
        primary: false,
        span: SPAN,
    }
}

fn resource(entity: u32, path: &str, access: &Access) -> Resource {
    use stratapi_ir::model::Operation as Op;
    let operations =
        vec![Op::List, Op::Get, Op::Create, Op::BulkCreate, Op::Update, Op::Replace, Op::Delete];
    Resource {
        entity: EntityId(entity),
        path: path.to_owned(),
        access: operations.iter().map(|operation| (*operation, access.clone())).collect(),
        operations,
        filter: Vec::new(),
        sort: Vec::new(),
        search: Vec::new(),
        under: None,
        lookup: None,
        pagination: Pagination::Offset,
        page_size: 20,
        max_page_size: 100,
        span: SPAN,
    }
}

fn with(mut attribute: Attribute, change: impl FnOnce(&mut Attribute)) -> Attribute {
    change(&mut attribute);
    attribute
}

fn everything() -> Vec<Attribute> {
    use AttributeType as Type;
    let text = |text: &str| Some(DefaultValue::Literal(Literal::Text(text.to_owned())));
    let price = || Type::Decimal {
        precision: 12,
        scale: 2,
        bounds: Bounds { min: Some("0".to_owned()), max: None },
    };
    vec![
        with(attribute("sku", line(3, 32, Some("^[A-Z0-9-]+$"))), |it| {
            it.flags.unique = true;
            it.flags.immutable = true;
        }),
        with(attribute("class", line(1, 20, None)), |it| {
            it.description = "What \"class\" it is of.".to_owned();
            it.example = Some(Literal::Text("best".to_owned()));
        }),
        with(
            attribute("note", Type::Text { length: Bounds { min: None, max: Some(100) } }),
            |it| {
                it.nullable = true;
                it.flags.deprecated = true;
            },
        ),
        with(attribute("price", price()), |it| {
            it.default = Some(DefaultValue::Literal(Literal::Number("4.90".to_owned())));
        }),
        attribute("stock", Type::Int(Bounds { min: Some(0), max: None })),
        with(attribute("seen", Type::BigInt(Bounds::default())), |it| {
            it.default = Some(DefaultValue::Literal(Literal::Int("0".to_owned())));
            it.flags.readonly = true;
        }),
        attribute("ratio", Type::Float(Bounds { min: Some("0.5".to_owned()), max: None })),
        with(attribute("ok", Type::Bool), |it| {
            it.default = Some(DefaultValue::Literal(Literal::Bool(true)));
        }),
        attribute("date", Type::Date),
        with(attribute("at", Type::Time), |it| it.nullable = true),
        with(attribute("seen_at", Type::DateTime), |it| it.default = Some(DefaultValue::Now)),
        attribute("lasts", Type::Duration),
        attribute("other", Type::Uuid),
        with(attribute("metadata", Type::Json), |it| {
            it.default = Some(DefaultValue::Literal(Literal::Map(Vec::new())));
        }),
        attribute("photo", Type::Bytes { max: 100 }),
        with(attribute("contact", Type::Email), |it| it.nullable = true),
        attribute("site", Type::Url),
        attribute("slug", Type::Slug { from: AttributeId(1) }),
        attribute("address", Type::Ip),
        with(attribute("labels", line(1, 10, None)), |it| it.list = true),
        with(attribute("state", Type::Enum(EnumId(0))), |it| it.default = text("open")),
        attribute("home", Type::Value(ValueId(0))),
        with(attribute("work", Type::Value(ValueId(0))), |it| it.nullable = true),
    ]
}

/// The application.
#[expect(clippy::too_many_lines, reason = "a whole application")]
fn plan() -> Plan {
    let mut user = entity(
        "User",
        "users",
        vec![
            with(attribute("email", AttributeType::Email), |it| it.flags.unique = true),
            attribute(
                "password",
                AttributeType::Password { length: Bounds { min: Some(8), max: Some(128) } },
            ),
            with(attribute("role", AttributeType::Role), |it| {
                it.flags.readonly = true;
                it.default = Some(DefaultValue::Literal(Literal::Text("member".to_owned())));
            }),
        ],
    );
    let inverse = |relationship| Inverse {
        name: spanned("things"),
        entity: EntityId(2),
        relationship: RelationshipId(relationship),
    };
    user.inverses.push(inverse(0));
    let mut tag = entity(
        "Tag",
        "tags",
        vec![with(attribute("name", line(1, 40, None)), |it| it.flags.unique = true)],
    );
    tag.inverses.push(inverse(1));
    let mut thing = entity("Thing", "things", everything());
    thing.optimistic_lock = true;
    thing.relationships = vec![
        relationship("owner", RelationshipKind::ManyToOne, 0),
        relationship("tags", RelationshipKind::ManyToMany, 1),
        Relationship {
            nullable: true,
            inverse: None,
            ..relationship("parent", RelationshipKind::ManyToOne, 2)
        },
    ];
    let owner = Access::Owner(OwnerPath { steps: vec![RelationshipId(0)] });
    let ir = ApplicationIr {
        app: App {
            name: spanned("sample"),
            title: "Sample".to_owned(),
            description: String::new(),
            version: "0.1.0".to_owned(),
            architecture: Architecture::Layered,
        },
        domain: DomainModelIr {
            enums: vec![Enumeration {
                name: spanned("ThingState"),
                description: String::new(),
                members: ["open", "closed"]
                    .map(|value| EnumMember { value: spanned(value), description: String::new() })
                    .into(),
            }],
            values: vec![ValueObject {
                name: spanned("Address"),
                description: String::new(),
                attributes: vec![
                    attribute("street", line(1, 100, None)),
                    with(attribute("type", line(1, 10, None)), |it| it.nullable = true),
                ],
            }],
            entities: vec![user, tag, thing],
        },
        api: ApiModelIr {
            prefix: "/api/v1".to_owned(),
            resources: vec![
                resource(0, "users", &Access::Role(vec![RoleId(1)])),
                resource(1, "tags", &Access::Public),
                Resource {
                    filter: vec![
                        FilterPath::Column(Column::Attribute(AttributeId(1))),
                        FilterPath::Column(Column::Attribute(AttributeId(3))),
                        FilterPath::Column(Column::Attribute(AttributeId(7))),
                        FilterPath::Relationship(RelationshipId(0)),
                        FilterPath::Through(RelationshipId(1), Column::Attribute(AttributeId(0))),
                    ],
                    sort: vec![Column::Attribute(AttributeId(3))],
                    search: vec![AttributeId(1)],
                    pagination: Pagination::Cursor,
                    max_page_size: 50,
                    ..resource(
                        2,
                        "things",
                        &Access::Any(vec![owner, Access::Role(vec![RoleId(1)])]),
                    )
                },
            ],
        },
        security: Some(SecurityModelIr {
            authentication: Authentication {
                user: EntityId(0),
                login: AttributeId(0),
                secret: AttributeId(1),
                role: Some(AttributeId(2)),
                registration: Registration::Open,
                access_token_ttl: 900,
                refresh_token_ttl: 86_400,
            },
            roles: vec![Role { name: spanned("member") }, Role { name: spanned("admin") }],
            api_keys: None,
        }),
    };
    let checked = stratapi_plan::lower(&ir);
    assert!(!checked.has_errors(), "{:#?}", checked.diagnostics);
    checked.value.unwrap_or_else(|| panic!("no plan"))
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
