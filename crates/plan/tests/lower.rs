//! What `lower` decides. What the front end would refuse is made of what it took.

mod documents;

use documents::{blog, entities, ir};
use stratapi_diagnostics::Code;
use stratapi_ir::model::{ApplicationIr, Architecture, AttributeType};
use stratapi_plan::{EntityPlan, Gate, Plan, Predicate, Presence, ValueKind, lower};

fn plan(ir: &ApplicationIr) -> Plan {
    let checked = lower(ir);
    assert!(checked.value.is_some(), "{:#?}", checked.diagnostics);
    checked.value.unwrap_or_else(|| unreachable!())
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
        "type",
    ];
    let lines: Vec<String> =
        (0..names.len()).map(|index| format!("  a{index}: string(0..9)")).collect();
    let mut ir = entities(&[("Select", &format!("attributes:\n{}", lines.join("\n")))]);
    for (attribute, name) in ir.domain.entities[0].attributes.iter_mut().zip(names) {
        name.clone_into(&mut attribute.name.value);
    }
    let plan = plan(&ir);
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
    let texts: Vec<(String, String)> = (0..names.len())
        .map(|index| {
            let plural = format!("plural: rows of {index}");
            (format!("E{index}"), format!("{plural}\nattributes: {{name: string(1..80)}}"))
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (&**name, &**text)).collect();
    let mut ir = entities(&texts);
    for (entity, name) in ir.domain.entities.iter_mut().zip(names) {
        name.clone_into(&mut entity.name.value);
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
    let mut ir = entities(&[
        ("Post", "attributes: {note: string}\nrelationships: {author: many_to_one Author}"),
        ("Author", "attributes: {name: string}"),
        ("One", "attributes: {name: string}"),
        ("Two", "attributes: {name: string}"),
    ]);
    "author_id".clone_into(&mut ir.domain.entities[0].attributes[0].name.value);
    for (index, name) in [(2, "ABCPost"), (3, "AbcPost")] {
        let entity = &mut ir.domain.entities[index];
        name.clone_into(&mut entity.name.value);
        "abc posts".clone_into(&mut entity.plural);
        "abc_posts".clone_into(&mut entity.table);
    }
    let found = codes(&ir);
    assert!(found.iter().all(|code| *code == Code::E0401), "{found:?}");
    assert_eq!(found.len(), 4, "module, plural, member and table: {found:?}");
    let mut ir = entities(&[("Post", "attributes: {note: string}")]);
    "created_at".clone_into(&mut ir.domain.entities[0].attributes[0].name.value);
    assert_eq!(codes(&ir), [Code::E0401]);
}

#[test]
fn a_circle_of_required_references_is_opened_once() {
    // Clients create none of these.
    let ir = ir("domain:
  entities:
    Alpha:
      relationships: {beta: one_to_one Beta (inverse=alpha_of)}
    Beta:
      relationships: {alpha: one_to_one Alpha (inverse=beta_of)}
    Node:
      relationships:
        parent: many_to_one Node (inverse=children)
        alpha: many_to_one Alpha
api: {resources: {Alpha: false, Beta: false, Node: false}}
");
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
    let with = |under: &str| {
        plan(&ir(&format!(
            "domain:
  entities:
    Order:
      attributes: {{note: string}}
    Product:
      attributes: {{sku: 'string(1..32) primary'}}
    OrderItem:
      relationships:
        order: many_to_one Order (inverse=items, primary)
        product: many_to_one Product (primary)
api:
  resources:
    OrderItem: {{path: items{under}}}
"
        )))
    };
    let path =
        |plan: &Plan| plan.entities[2].resource.as_ref().map(|found| found.item_path.clone());
    assert_eq!(path(&with("")).as_deref(), Some("/items/{order_id:uuid}/{product_sku}"));
    let nested = with(", under: Order.items");
    assert_eq!(path(&nested).as_deref(), Some("/orders/{order_id:uuid}/items/{product_sku}"));
    let order = plan_table(&nested, "order_items");
    assert_eq!(order.primary_key.1.len(), 2);
    // The key's own index serves its first column.
    assert_eq!(order.indexes.len(), 1);
}

#[test]
fn words_with_routes_of_their_own_are_no_keys() {
    let catalog = |offers: &str| {
        ir(&format!(
            "domain:
  entities:
    Product:
      attributes: {{sku: 'string(1..32) primary'}}
    Offer:
      attributes: {{note: 'string(0..9)'}}
      relationships: {{product: 'one_to_one Product (primary)'}}
api:
  resources:
    Product: {{access: public}}
{offers}"
        ))
    };
    let reserved = |ir: &ApplicationIr| match &plan(ir).entities[0].fields[0].ty.kind {
        ValueKind::Line { reserved, .. } => reserved.clone(),
        other => panic!("{other:?}"),
    };
    let item = |ir: &ApplicationIr, entity: usize| {
        plan(ir).entities[entity].resource.as_ref().map(|found| found.item_path.clone())
    };
    let alone = catalog("");
    assert!(reserved(&alone).is_empty());
    assert_eq!(item(&alone, 0).as_deref(), Some("/products/{product_sku}"));
    // The key of an offer is that of its product.
    let both = catalog("    Offer: {operations: [get, bulk_create], access: public}\n");
    assert_eq!(reserved(&both), ["bulk"]);
    assert_eq!(item(&both, 0).as_deref(), Some("/products/{product_sku}"));
    assert_eq!(item(&both, 1).as_deref(), Some("/offers/{product_sku:not_bulk}"));
}

#[test]
fn an_enum_that_is_a_key_fits_into_paths() {
    let build = |value: &str| {
        codes(&ir(&format!(
            "domain:
  enums:
    Kind: [low, '{value}']
  entities:
    Shelf:
      attributes: {{kind: Kind primary}}
api:
  resources:
    Shelf: {{operations: [get, bulk_create], access: public}}
"
        )))
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
    let text = format!(
        "table: {long}s\nattributes:\n  {long}_one: string(0..9) unique\n  {long}_two: string(0..9) unique"
    );
    let plan = plan(&entities(&[("Long", &text)]));
    let table = &plan.tables[0];
    let names: Vec<&str> = table.uniques.iter().map(|unique| unique.name.as_str()).collect();
    assert!(names.iter().all(|name| name.len() <= 63), "{names:?}");
    assert_ne!(names[0], names[1]);
    assert!(table.uniques.iter().all(|unique| !unique.conventional));
}

#[test]
fn filters_and_orders_follow_the_types() {
    let with = |more: &str| {
        ir(&format!(
            "domain:
  entities:
    Post:
      base: {{timestamps: false}}
      attributes:
        title: string(1..20)
        price: decimal(8, 2)
        at: datetime?
      relationships: {{tags: many_to_many Tag}}
    Tag:
      attributes: {{name: string(1..9)}}
api:
  resources:
    Post: {{filter: [price, at, tags, tags.name], sort: [at]{more}}}
"
        ))
    };
    let found = plan(&with(""));
    let posts = found.entities[0].resource.as_ref().unwrap_or_else(|| unreachable!());
    let wires: Vec<&str> = posts.filters.iter().map(|filter| filter.wire.as_str()).collect();
    assert_eq!(
        wires,
        ["price", "price_min", "price_max", "at", "at_from", "at_before", "tag_id", "tags_name"]
    );
    let sorts: Vec<&str> = posts.sorts.iter().map(|sort| sort.member.as_str()).collect();
    assert_eq!(sorts, ["ID", "AT"]);
    assert_eq!(posts.default_sort, (0, false));
    assert_eq!(codes(&with(", pagination: cursor")), [Code::E0309]);
}

#[test]
fn columns_of_the_base_model_are_named_like_attributes() {
    let ir = ir("domain:
  entities:
    Post:
      optimistic_lock: true
      attributes: {title: string(1..20)}
      relationships: {tags: many_to_many Tag}
      indexes: [[is_active, title]]
      checks: {kept: is_active or created_at < updated_at}
    Tag:
      base: int
      attributes: {name: string(1..9)}
api:
  resources:
    Post: {filter: [id, created_at, version, tags.id], sort: [created_at, is_active]}
");
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
    let ir = ir("domain:
  entities:
    Blog:
      attributes: {slug: string(1..9) unique}
    Post:
      attributes: {title: string(1..9)}
      relationships: {blog: many_to_one Blog (inverse=posts)}
    Comment:
      attributes: {text: string(1..9)}
      relationships: {post: many_to_one Post (inverse=comments)}
api:
  resources:
    Blog: {lookup: slug}
    Post: {under: Blog.posts}
    Comment: {under: Post.comments}
");
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
    let sql = |parts: &str, check: &str| {
        let found = plan(&ir(&format!(
            "domain:
  values:
    Address: {{attributes: {{{parts}}}}}
  entities:
    Shop:
      attributes: {{address: Address?}}
      checks: {{placed: address {check}}}
"
        )));
        found.tables[0].checks[0].sql.clone()
    };
    let needed = "note: string?, street: string";
    assert_eq!(sql(needed, "is None"), "address_street IS NULL");
    let both = "note: string?, city: string?";
    assert_eq!(sql(both, "is None"), "address_note IS NULL AND address_city IS NULL");
    assert_eq!(sql(both, "is not None"), "address_note IS NOT NULL OR address_city IS NOT NULL");
}

#[test]
fn an_index_never_loses_its_condition() {
    let condition = "created_at > '2026-01-31T08:30:00Z'";
    let text =
        format!("attributes: {{title: string}}\nindexes:\n  - title (unique, where={condition})");
    assert_eq!(codes(&entities(&[("Post", &text)])), [Code::E0305]);
}

#[test]
fn values_embed_into_columns() {
    let ir = ir("domain:
  values:
    Address: {attributes: {street: string(1..80), class: string(1..8)}}
  entities:
    Shop: {attributes: {address: Address?}}
");
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
    let mut ir = entities(&[("Order", "attributes: {number: string(1..24)}")]);
    ir.domain.entities[0].attributes[0].flags.readonly = true;
    assert_eq!(codes(&ir), [Code::E0309]);
}

#[test]
fn samples_match_their_patterns() {
    for pattern in ["^[A-Z0-9-]+$", r"^\d{4}-\d{2}$", "^(red|green)$", "^[^@]+@x$", "a|b"] {
        let mut ir = entities(&[("Code", "attributes: {code: string(3..32)}")]);
        let ty = &mut ir.domain.entities[0].attributes[0].ty;
        let AttributeType::String { pattern: declared, .. } = ty else { panic!("{ty:?}") };
        *declared = Some(pattern.to_owned());
        let checked = lower(&ir);
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
        let text = format!("attributes:\n  price: decimal(8, 2) = {default}");
        plan(&entities(&[("Thing", &text)]))
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
    let small = entities(&[("Thing", "attributes: {name: string}")]);
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

#[test]
fn transitions_get_names_of_their_own_and_rows_for_tests() {
    let plan = plan(&ir("domain:
  enums:
    Stage: [draft, sent, lost]
  entities:
    Letter:
      attributes:
        text: string(0..80)
        stage: Stage
        sent_at: datetime? readonly
api:
  resources:
    Letter: [get, create, update]
behavior:
  state_machines:
    Letter.stage:
      initial: draft
      transitions:
        send: {from: draft, to: sent, guard: len(text) > 0, set: {sent_at: now()}}
        return: {from: [sent, lost], to: draft, endpoint: back, set: {sent_at: null}}
        lock: {from: sent, to: lost}
  invariants:
    Letter:
      sent_has_a_time: stage != 'sent' or sent_at is not None
"));
    let letter = &plan.entities[0];
    let named: Vec<(&str, &str)> = (letter.transitions.iter())
        .map(|it| (it.method.as_str(), it.segment.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(named, [("send", "send"), ("return_letter", "back"), ("lock_letter", "lock")]);
    let stage = &letter.fields[1];
    assert_eq!((&stage.create, stage.update), (&Presence::Absent, false));
    let send = &letter.transitions[0];
    let states: Vec<usize> = send.rows.iter().map(|row| row.state).collect();
    assert_eq!(states, [0, 1, 2]);
    // A sent letter has a time; a draft needs nothing.
    assert!(send.rows[0].values.is_empty());
    assert_eq!(send.rows[1].values[0].0, 2);
    let refused = send.refused.as_ref().map(|row| (row.state, row.values.as_slice()));
    assert_eq!(refused, Some((0, &[(0, "".into())][..])));
    assert_eq!(letter.machines[0].walk, [0, 1]);
    let access = letter.resource.as_ref().map(|found| found.operations.len());
    assert_eq!(access, Some(6));
    assert!(plan.files.iter().any(|file| file.path == "docs/state-machines.md"));
}
