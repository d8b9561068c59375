//! What `lower` decides, on resolved IRs built by hand.

mod model;

use model::{
    CRUD, attribute, blog, empty, entity, line, nullable, readonly, relate, relationship, resource,
    spanned, unique,
};
use stratapi_diagnostics::Code;
use stratapi_ir::model::{
    Access, ApplicationIr, Architecture, Attribute, AttributeId, AttributeType, BaseColumn, Bounds,
    Check, Column, Comparison, Condition, DefaultValue, EntityId, EnumId, EnumMember, Enumeration,
    FilterPath, IdKind, Index, Literal, Member, Operand, Operation, Pagination, RelationshipId,
    RelationshipKind, Under, ValueId, ValueObject,
};
use stratapi_plan::{EntityPlan, Gate, Plan, Predicate, Presence, ValueKind, lower};

fn plan(ir: &ApplicationIr) -> Plan {
    let checked = lower(ir);
    assert!(checked.value.is_some(), "{:#?}", checked.diagnostics);
    checked.value.unwrap_or_else(|| unreachable!())
}

fn column(index: usize) -> Column {
    Column::Attribute(AttributeId::at(index))
}

fn codes(ir: &ApplicationIr) -> Vec<Code> {
    lower(ir).diagnostics.iter().map(|found| found.code).collect()
}

fn attributes(entity: &EntityPlan) -> Vec<&str> {
    entity.fields.iter().map(|field| field.attribute.as_str()).collect()
}

#[test]
fn a_blog_gets_its_names_tables_and_routes() {
    let plan = plan(&blog());
    let tables: Vec<&str> = plan.tables.iter().map(|table| table.name.as_str()).collect();
    assert_eq!(tables, ["users", "posts", "tags", "comments", "refresh_tokens", "post_tags"]);
    let posts = plan.table(&plan.entities[1]);
    let columns: Vec<&str> = posts.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(
        columns,
        [
            "id",
            "title",
            "slug",
            "status",
            "views",
            "author_id",
            "is_active",
            "created_at",
            "updated_at"
        ]
    );
    assert_eq!(posts.checks[0].name.as_str(), "ck_posts_views_range");
    assert_eq!(posts.checks[0].sql, "views >= 0");
    assert_eq!(posts.uniques[0].name.as_str(), "uq_posts_slug");
    assert_eq!(posts.indexes[0].name.as_str(), "ix_posts_author_id");
    assert_eq!(posts.foreign_keys[0].name.as_str(), "fk_posts_author_id_users");
    let comments = plan.entities[3].resource.as_ref();
    let item = comments.map(|comments| comments.item_path.as_str());
    assert_eq!(item, Some("/posts/{post_id:uuid}/comments/{comment_id:uuid}"));
    assert_eq!(plan.enums[1].class.as_str(), "UserRole");
    assert_eq!(plan.entities[1].links[0].ids_wire, "tag_ids");
    assert!(plan.files.is_sorted_by(|one, other| one.path < other.path));
}

#[test]
fn whoever_creates_a_row_owns_it() {
    let plan = plan(&blog());
    let access =
        |operation| plan.entities[1].operation(operation).map(|found| found.access.clone());
    let create = access(stratapi_plan::Operation::Create);
    assert_eq!(create.map(|access| (access.gate, access.row)), Some((Gate::Authenticated, None)));
    let update = access(stratapi_plan::Operation::Update);
    let row = update.and_then(|access| access.row);
    let Some(Predicate::Any(parts)) = row else { panic!("{row:?}") };
    assert_eq!(parts[0], Predicate::Role(vec![2]));
    let Predicate::Owner(steps) = &parts[1] else { panic!("{parts:?}") };
    assert_eq!(steps[0].key_attribute.as_str(), "author_id");
}

#[test]
fn python_names_keep_clear_of_what_others_need() {
    let names = [
        "class",
        "class_",
        "metadata",
        "json",
        "date",
        "copy",
        "model_config",
        "_x",
        "text",
        "limit",
    ];
    let mut attributes_: Vec<_> = names.iter().map(|name| line(name, 0, 9)).collect();
    attributes_.push(attribute("type", AttributeType::Date));
    let plan = plan(&empty(vec![entity("Select", "selects", attributes_)]));
    let entity = &plan.entities[0];
    assert_eq!(entity.class.as_str(), "SelectEntity");
    assert_eq!(entity.stem.as_str(), "Select");
    assert_eq!(entity.one.as_str(), "select_row");
    assert_eq!(
        attributes(entity),
        [
            "class__",
            "class_",
            "metadata_",
            "json_",
            "date_",
            "copy_",
            "model_config_",
            "x",
            "text",
            "limit",
            "type_"
        ]
    );
    assert_eq!(entity.fields[0].wire, "class");
    assert_eq!(entity.fields[0].column.as_str(), "class");
}

#[test]
fn hostile_entity_names_compile() {
    let names = [
        "Base",
        "PostCreate",
        "Post",
        "Class",
        "None",
        "Con",
        "Auth",
        "Cursor",
        "UserRole",
        "User",
        "News",
        "Type",
        "Metadata",
        "Query",
        "RefreshToken",
        "Exception",
        "Page",
        "Health",
    ];
    let mut entities = Vec::new();
    for name in names {
        let table = format!("{}_rows", name.to_lowercase());
        entities.push(entity(name, &table, vec![line("name", 1, 80)]));
    }
    let mut ir = empty(entities);
    for (index, name) in names.iter().enumerate() {
        let path = format!("{}-rows", name.to_lowercase());
        ir.api.resources.push(resource(index, &path, &CRUD, &Access::Public));
    }
    let plan = plan(&ir);
    let mut classes = std::collections::BTreeSet::new();
    let mut functions = std::collections::BTreeSet::new();
    for entity in &plan.entities {
        assert!(!stratapi_plan::reserved_class_names().contains(&entity.class.as_str()));
        assert!(classes.insert(entity.class.to_string()), "{}", entity.class);
        for suffix in ["Base", "Create", "Update", "Read", "Page", "Service", "Repository"] {
            let class = format!("{}{suffix}", entity.stem);
            assert!(classes.insert(class.clone()), "{class}");
            assert!(!stratapi_plan::reserved_class_names().contains(&class.as_str()), "{class}");
        }
        for operation in entity.resource.iter().flat_map(|resource| &resource.operations) {
            assert!(functions.insert(operation.function.to_string()));
        }
    }
}

#[test]
fn names_that_meet_are_errors() {
    let twice = vec![line("author_id", 0, 9)];
    let mut ir = empty(vec![
        entity("Post", "posts", twice),
        entity("Author", "authors", Vec::new()),
        entity("ABCPost", "abc_posts", Vec::new()),
        entity("AbcPost", "abc_posts", Vec::new()),
    ]);
    relate(&mut ir, 0, relationship("author", RelationshipKind::ManyToOne, 1), "");
    let found = codes(&ir);
    assert!(found.iter().all(|code| *code == Code::E0401), "{found:?}");
    assert_eq!(found.len(), 4, "module, plural, member and table: {found:?}");
    let ir = empty(vec![entity("Post", "posts", vec![line("created_at", 0, 9)])]);
    assert_eq!(codes(&ir), [Code::E0401]);
}

#[test]
fn a_circle_of_required_references_is_opened_once() {
    let mut ir = empty(vec![
        entity("Alpha", "alphas", vec![line("name", 0, 9)]),
        entity("Beta", "betas", vec![line("name", 0, 9)]),
        entity("Node", "nodes", Vec::new()),
    ]);
    relate(&mut ir, 0, relationship("beta", RelationshipKind::OneToOne, 1), "alpha_of");
    relate(&mut ir, 1, relationship("alpha", RelationshipKind::OneToOne, 0), "beta_of");
    relate(&mut ir, 2, relationship("parent", RelationshipKind::ManyToOne, 2), "children");
    relate(&mut ir, 2, relationship("alpha", RelationshipKind::ManyToOne, 0), "");
    assert_eq!(codes(&ir), [Code::W0002, Code::W0002]);
    let plan = plan(&ir);
    let relaxed =
        |entity: usize, position: usize| plan.entities[entity].references[position].relaxed;
    assert_eq!(
        [relaxed(0, 0), relaxed(1, 0), relaxed(2, 0), relaxed(2, 1)],
        [false, true, true, false]
    );
    let optional = &plan.entities[1].references[0];
    assert!(optional.nullable && optional.ambiguous && optional.unique);
    assert_eq!(optional.create, Presence::Optional(stratapi_plan::PythonDefault::None));
    let deferred: Vec<&str> = plan
        .tables
        .iter()
        .flat_map(|table| &table.foreign_keys)
        .filter(|key| key.deferred)
        .map(|key| key.name.as_str())
        .collect();
    assert_eq!(deferred, ["fk_betas_alpha_id_alphas"]);
}

#[test]
fn keys_through_references_make_nested_paths() {
    let mut item = entity("OrderItem", "order_items", vec![line("note", 0, 9)]);
    item.base.id = IdKind::Declared;
    let mut product = entity("Product", "products", vec![line("sku", 1, 32)]);
    product.base.id = IdKind::Declared;
    product.attributes[0].flags.primary = true;
    let mut ir = empty(vec![entity("Order", "orders", Vec::new()), product, item]);
    for (name, target) in [("order", 0), ("product", 1)] {
        let mut part = relationship(name, RelationshipKind::ManyToOne, target);
        part.primary = true;
        relate(&mut ir, 2, part, "");
    }
    ir.api.resources = vec![
        resource(1, "products", &CRUD, &Access::Public),
        resource(2, "items", &CRUD, &Access::Public),
    ];
    let flat = plan(&ir);
    let path =
        |plan: &Plan| plan.entities[2].resource.as_ref().map(|found| found.item_path.clone());
    assert_eq!(path(&flat).as_deref(), Some("/items/{order_id:uuid}/{product_sku}"));
    ir.api.resources[1].under = Some(Under {
        parent: stratapi_ir::model::EntityId::at(0),
        relationship: RelationshipId::at(0),
    });
    let nested = plan(&ir);
    assert_eq!(path(&nested).as_deref(), Some("/orders/{order_id:uuid}/items/{product_sku}"));
    let order = plan_table(&nested, "order_items");
    assert_eq!(order.primary_key.1.len(), 2);
    // The key's own index serves its first column.
    assert_eq!(order.indexes.len(), 1);
}

#[test]
fn words_with_routes_of_their_own_are_no_keys() {
    let mut product = entity("Product", "products", vec![line("sku", 1, 32)]);
    product.base.id = IdKind::Declared;
    product.attributes[0].flags.primary = true;
    let mut offer = entity("Offer", "offers", vec![line("note", 0, 9)]);
    offer.base.id = IdKind::Declared;
    let mut ir = empty(vec![product, offer]);
    let mut part = relationship("product", RelationshipKind::OneToOne, 0);
    part.primary = true;
    relate(&mut ir, 1, part, "");
    let reserved = |ir: &ApplicationIr| match &plan(ir).entities[0].fields[0].ty.kind {
        ValueKind::Line { reserved, .. } => reserved.clone(),
        other => panic!("{other:?}"),
    };
    let item = |ir: &ApplicationIr, entity: usize| {
        plan(ir).entities[entity].resource.as_ref().map(|found| found.item_path.clone())
    };
    ir.api.resources = vec![resource(0, "products", &CRUD, &Access::Public)];
    assert!(reserved(&ir).is_empty());
    assert_eq!(item(&ir, 0).as_deref(), Some("/products/{product_sku}"));
    // The key of an offer is that of its product.
    let bulk = [Operation::Get, Operation::BulkCreate];
    ir.api.resources.push(resource(1, "offers", &bulk, &Access::Public));
    assert_eq!(reserved(&ir), ["bulk"]);
    assert_eq!(item(&ir, 0).as_deref(), Some("/products/{product_sku}"));
    assert_eq!(item(&ir, 1).as_deref(), Some("/offers/{product_sku:not_bulk}"));
}

#[test]
fn an_enum_that_is_a_key_fits_into_paths() {
    let build = |value: &str| {
        let mut shelf = entity("Shelf", "shelves", vec![line("note", 0, 9)]);
        shelf.base.id = IdKind::Declared;
        shelf.attributes[0].flags.primary = true;
        shelf.attributes[0].ty = AttributeType::Enum(EnumId::at(0));
        let mut ir = empty(vec![shelf]);
        let member = |value: &str| EnumMember {
            value: spanned(value.to_owned()),
            description: String::new(),
        };
        ir.domain.enums = vec![Enumeration {
            name: spanned("Kind".to_owned()),
            description: String::new(),
            members: vec![member("low"), member(value)],
        }];
        let bulk = [Operation::Get, Operation::BulkCreate];
        ir.api.resources = vec![resource(0, "shelves", &bulk, &Access::Public)];
        codes(&ir)
    };
    for value in ["bulk", "a/b", "..", "."] {
        assert_eq!(build(value), [Code::E0403], "{value}");
    }
    assert_eq!(build("a.b"), []);
}

fn plan_table<'a>(plan: &'a Plan, name: &str) -> &'a stratapi_plan::TablePlan {
    let found = plan.tables.iter().find(|table| table.name.as_str() == name);
    found.unwrap_or_else(|| panic!("no table {name}"))
}

#[test]
fn long_names_fit_and_stay_apart() {
    let long = "a".repeat(58);
    let attributes = vec![
        unique(line(&format!("{long}_one"), 0, 9)),
        unique(line(&format!("{long}_two"), 0, 9)),
    ];
    let plan = plan(&empty(vec![entity("Long", &format!("{long}s"), attributes)]));
    let table = &plan.tables[0];
    let names: Vec<&str> = table.uniques.iter().map(|unique| unique.name.as_str()).collect();
    assert!(names.iter().all(|name| name.len() <= 63), "{names:?}");
    assert_ne!(names[0], names[1]);
    assert!(table.uniques.iter().all(|unique| !unique.conventional));
}

#[test]
fn filters_and_orders_follow_the_types() {
    let mut post = entity(
        "Post",
        "posts",
        vec![
            line("title", 1, 20),
            attribute(
                "price",
                AttributeType::Decimal { precision: 8, scale: 2, bounds: Bounds::default() },
            ),
            nullable(attribute("at", AttributeType::DateTime)),
        ],
    );
    post.base.timestamps = false;
    let mut ir = empty(vec![post, entity("Tag", "tags", vec![line("name", 1, 9)])]);
    relate(&mut ir, 0, relationship("tags", RelationshipKind::ManyToMany, 1), "");
    let mut posts = resource(0, "posts", &CRUD, &Access::Public);
    posts.filter = vec![
        FilterPath::Column(column(1)),
        FilterPath::Column(column(2)),
        FilterPath::Relationship(RelationshipId::at(0)),
        FilterPath::Through(RelationshipId::at(0), column(0)),
    ];
    posts.sort = vec![column(2)];
    ir.api.resources = vec![posts];
    let found = plan(&ir);
    let posts = found.entities[0].resource.as_ref().unwrap_or_else(|| unreachable!());
    let wires: Vec<&str> = posts.filters.iter().map(|filter| filter.wire.as_str()).collect();
    assert_eq!(
        wires,
        ["price", "price_min", "price_max", "at", "at_from", "at_before", "tag_id", "tags_name"]
    );
    let sorts: Vec<&str> = posts.sorts.iter().map(|sort| sort.member.as_str()).collect();
    assert_eq!(sorts, ["ID", "AT"]);
    assert_eq!(posts.default_sort, (0, false));
    ir.api.resources[0].pagination = Pagination::Cursor;
    assert_eq!(codes(&ir), [Code::E0309]);
}

#[test]
fn columns_of_the_base_model_are_named_like_attributes() {
    let base = |column| Column::Base(column);
    let mut post = entity("Post", "posts", vec![line("title", 1, 20)]);
    post.optimistic_lock = true;
    post.checks.push(Check {
        name: model::spanned("kept".to_owned()),
        condition: Condition::Any(vec![
            Condition::Flag(base(BaseColumn::IsActive)),
            Condition::Compare(
                Operand::Column(base(BaseColumn::CreatedAt)),
                Comparison::Less,
                Operand::Column(base(BaseColumn::UpdatedAt)),
            ),
        ]),
        message: None,
    });
    post.indexes.push(Index {
        members: vec![Member::Column(base(BaseColumn::IsActive)), Member::Column(column(0))],
        unique: false,
        condition: None,
        span: model::span(),
    });
    let mut ir = empty(vec![post, entity("Tag", "tags", vec![line("name", 1, 9)])]);
    ir.domain.entities[1].base.id = IdKind::Int;
    relate(&mut ir, 0, relationship("tags", RelationshipKind::ManyToMany, 1), "");
    let mut posts = resource(0, "posts", &CRUD, &Access::Public);
    posts.filter = vec![
        FilterPath::Column(base(BaseColumn::Id)),
        FilterPath::Column(base(BaseColumn::CreatedAt)),
        FilterPath::Column(base(BaseColumn::Version)),
        FilterPath::Through(RelationshipId::at(0), base(BaseColumn::Id)),
    ];
    posts.sort = vec![base(BaseColumn::CreatedAt), base(BaseColumn::IsActive)];
    ir.api.resources = vec![posts];
    let found = plan(&ir);
    let posts = found.entities[0].resource.as_ref().unwrap_or_else(|| unreachable!());
    let wires: Vec<&str> = posts.filters.iter().map(|filter| filter.wire.as_str()).collect();
    let wanted = "id created_at created_at_from created_at_before version version_min version_max \
                  tags_id tags_id_min tags_id_max";
    assert_eq!(wires.join(" "), wanted);
    let sorts: Vec<&str> = posts.sorts.iter().map(|sort| sort.member.as_str()).collect();
    assert_eq!(sorts, ["CREATED_AT", "IS_ACTIVE"]);
    let table = found.table(&found.entities[0]);
    assert_eq!(table.checks[0].sql, "is_active OR created_at < updated_at");
    assert_eq!(table.indexes[0].name.as_str(), "ix_posts_is_active_title");
}

#[test]
fn collections_nest_below_nested_ones() {
    let mut ir = empty(vec![
        entity("Blog", "blogs", vec![unique(line("slug", 1, 9))]),
        entity("Post", "posts", vec![line("title", 1, 9)]),
        entity("Comment", "comments", vec![line("text", 1, 9)]),
    ]);
    relate(&mut ir, 1, relationship("blog", RelationshipKind::ManyToOne, 0), "posts");
    relate(&mut ir, 2, relationship("post", RelationshipKind::ManyToOne, 1), "comments");
    let mut resources = vec![
        resource(0, "blogs", &CRUD, &Access::Public),
        resource(1, "posts", &CRUD, &Access::Public),
        resource(2, "comments", &CRUD, &Access::Public),
    ];
    resources[0].lookup = Some(AttributeId::at(0));
    for child in [1, 2] {
        let (parent, relationship) = (EntityId::at(child - 1), RelationshipId::at(0));
        resources[child].under = Some(Under { parent, relationship });
    }
    ir.api.resources = resources;
    let found = plan(&ir);
    let comments = found.entities[2].resource.as_ref().unwrap_or_else(|| unreachable!());
    let path = "/blogs/{blog_slug}/posts/{post_id:uuid}/comments/{comment_id:uuid}";
    assert_eq!(comments.item_path, path);
    let parent = comments.parent.as_ref().unwrap_or_else(|| unreachable!());
    let chain: Vec<&str> = parent.chain().iter().map(|it| it.parameter.as_str()).collect();
    assert_eq!(chain, ["blog_slug", "post_id"]);
}

#[test]
fn a_value_object_is_null_where_its_columns_are() {
    let sql = |parts: Vec<Attribute>, positive| {
        let address = nullable(attribute("address", AttributeType::Value(ValueId::at(0))));
        let mut shop = entity("Shop", "shops", vec![address]);
        shop.checks.push(Check {
            name: model::spanned("placed".to_owned()),
            condition: Condition::IsNull(column(0), positive),
            message: None,
        });
        let mut ir = empty(vec![shop]);
        ir.domain.values.push(ValueObject {
            name: model::spanned("Address".to_owned()),
            description: String::new(),
            attributes: parts,
        });
        plan(&ir).tables[0].checks[0].sql.clone()
    };
    let note = || nullable(line("note", 1, 80));
    assert_eq!(sql(vec![note(), line("street", 1, 80)], true), "address_street IS NULL");
    let both = || vec![note(), nullable(line("city", 1, 80))];
    assert_eq!(sql(both(), true), "address_note IS NULL AND address_city IS NULL");
    assert_eq!(sql(both(), false), "address_note IS NOT NULL OR address_city IS NOT NULL");
}

#[test]
fn an_index_never_loses_its_condition() {
    let mut post = entity("Post", "posts", vec![line("title", 1, 20)]);
    let created = Operand::Column(Column::Base(BaseColumn::CreatedAt));
    let instant = Operand::Literal(Literal::Text("2026-01-31T08:30:00Z".to_owned()));
    post.indexes.push(Index {
        members: vec![Member::Column(column(0))],
        unique: true,
        condition: Some(Condition::Compare(created, Comparison::Greater, instant)),
        span: model::span(),
    });
    assert_eq!(codes(&empty(vec![post])), [Code::E0305]);
}

#[test]
fn values_embed_into_columns() {
    let mut ir = empty(vec![entity(
        "Shop",
        "shops",
        vec![nullable(attribute("address", AttributeType::Value(ValueId::at(0))))],
    )]);
    ir.domain.values.push(ValueObject {
        name: model::spanned("Address".to_owned()),
        description: String::new(),
        attributes: vec![line("street", 1, 80), line("class", 1, 8)],
    });
    let plan = plan(&ir);
    let shop = &plan.entities[0];
    assert_eq!(attributes(shop), ["address_street", "address_class"]);
    assert!(shop.fields.iter().all(|field| field.ty.nullable));
    assert!(!plan.values[0].parts[0].ty.nullable);
    assert_eq!(plan.values[0].parts[1].attribute.as_str(), "class_");
    assert_eq!(plan.values[0].model.as_str(), "AddressValue");
}

#[test]
fn what_create_cannot_fill_is_an_error() {
    let number = readonly(line("number", 1, 24), None);
    let mut ir = empty(vec![entity("Order", "orders", vec![number])]);
    ir.api.resources = vec![resource(0, "orders", &CRUD, &Access::Public)];
    assert_eq!(codes(&ir), [Code::E0309]);
}

#[test]
fn samples_match_their_patterns() {
    for pattern in ["^[A-Z0-9-]+$", r"^\d{4}-\d{2}$", "^(red|green)$", "^[^@]+@x$", "a|b"] {
        let ty = AttributeType::String {
            length: Bounds { min: Some(3), max: Some(32) },
            pattern: Some(pattern.to_owned()),
        };
        let checked = lower(&empty(vec![entity("Code", "codes", vec![attribute("code", ty)])]));
        assert!(
            checked.value.is_some() || pattern == "a|b",
            "{pattern}: {:?}",
            checked.diagnostics
        );
        if let Some(plan) = checked.value {
            let sample = &plan.entities[0].fields[0].sample;
            let text = sample.value.as_str().unwrap_or_default();
            assert!(
                fancy_regex::Regex::new(pattern)
                    .is_ok_and(|regex| regex.is_match(text).unwrap_or(false))
            );
        }
    }
}

#[test]
fn defaults_reach_the_database_where_both_can_hold_them() {
    let decimal = |default: &str| {
        let ty = AttributeType::Decimal { precision: 8, scale: 2, bounds: Bounds::default() };
        let mut made = attribute("price", ty);
        made.default = Some(DefaultValue::Literal(Literal::Number(default.to_owned())));
        plan(&empty(vec![entity("Thing", "things", vec![made])]))
    };
    assert!(decimal("0.00").tables[0].columns[1].server_default.is_some());
    // SQLite keeps decimals as scaled integers: no text means 9.99 on both.
    assert_eq!(decimal("9.99").tables[0].columns[1].server_default, None);
}

#[test]
fn the_summary_names_makers_and_subjects() {
    let summary = plan(&blog()).summary();
    let found = summary.files.iter().find(|file| file.path == "app/services/post_service.py");
    let shown = found.map(|file| (file.subject.as_str(), file.maker, file.stratum));
    assert_eq!(shown, Some(("Post", "service", stratapi_plan::Stratum::Ast)));
    assert_eq!(summary.architecture, "layered");
}

#[test]
fn small_applications_go_without_services_where_they_can() {
    let small = empty(vec![entity("Thing", "things", Vec::new())]);
    let built = plan(&small);
    assert_eq!(built.summary().architecture, "simple");
    assert!(built.files.iter().all(|file| !file.path.starts_with("app/services/")));
    let mut layered = small;
    layered.app.architecture = Architecture::Layered;
    assert_eq!(plan(&layered).summary().architecture, "layered");
    // Sign-in is a service of its own.
    let mut signed_in = blog();
    signed_in.app.architecture = Architecture::Simple;
    assert_eq!(codes(&signed_in), [Code::E0311]);
}
