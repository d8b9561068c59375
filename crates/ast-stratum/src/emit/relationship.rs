//! Relationships of models.

use stratapi_plan::{
    CollectionPlan, ColumnName, EntityPlan, LinkPlan, OnDelete, Plan, PyIdent, ReferencePlan,
};

use crate::python::build::{
    annotated, arg, boolean, comprehension, def, from, kw, list, name, ret, text, typing,
};
use crate::python::{Argument, Expr, Stmt};
use crate::types;

fn orm(name: &'static str) -> Expr {
    from("sqlalchemy.orm", name)
}

/// The class of an entity, as an annotation inside of the model `own`.
fn class(own: &EntityPlan, other: &EntityPlan) -> Expr {
    if own.class == other.class {
        return name(&other.class);
    }
    typing(format!("app.models.{}", other.module), &other.class)
}

fn mapped(annotation: Expr) -> Expr {
    orm("Mapped").index([annotation])
}

/// `Mapped[list["Post"]]`
fn mapped_list(own: &EntityPlan, other: &EntityPlan) -> Expr {
    mapped(name("list").index([Expr::Quoted(Box::new(class(own, other)))]))
}

fn relationship(arguments: impl IntoIterator<Item = Argument>) -> Expr {
    orm("relationship").call(arguments)
}

fn lazy() -> Argument {
    kw("lazy", text("raise"))
}

/// `[Post.author_id, …]` as text that `SQLAlchemy` reads late; one alone needs no brackets.
fn late(entity: &EntityPlan, attributes: &[PyIdent]) -> Expr {
    let names: Vec<String> =
        attributes.iter().map(|attribute| format!("{}.{attribute}", entity.class)).collect();
    let joined = names.join(", ");
    text(if names.len() == 1 { joined } else { format!("[{joined}]") })
}

fn key_attributes(entity: &EntityPlan) -> Vec<PyIdent> {
    entity.key.iter().map(|part| part.attribute.clone()).collect()
}

/// A to-one relationship.
pub(super) fn reference(plan: &Plan, own: &EntityPlan, reference: &ReferencePlan) -> Stmt {
    let target = &plan.entities[reference.target];
    let class = class(own, target);
    let annotation = if reference.nullable { class.or_none() } else { class };
    let foreign = reference
        .ambiguous
        .then(|| kw("foreign_keys", list(reference.key_attributes.iter().map(name))));
    let inverse = reference.inverse.map(|index| back(&target.collections[index].attribute));
    let remote = (own.class == target.class)
        .then(|| kw("remote_side", late(target, &key_attributes(target))));
    let arguments = foreign.into_iter().chain(inverse).chain([lazy()]).chain(remote);
    annotated(
        &reference.attribute,
        mapped(Expr::Quoted(Box::new(annotation))),
        Some(relationship(arguments)),
    )
}

fn back(attribute: &PyIdent) -> Argument {
    kw("back_populates", text(attribute.as_str()))
}

/// The other end of a relationship that points here.
pub(super) fn collection(plan: &Plan, own: &EntityPlan, end: &CollectionPlan) -> Option<Stmt> {
    let source = &plan.entities[end.source];
    if let Some(index) = end.link {
        return Some(link_end(plan, own, end, &source.links[index]));
    }
    let reference = &source.references[end.reference?];
    let foreign =
        reference.ambiguous.then(|| kw("foreign_keys", late(source, &reference.key_attributes)));
    let cascade = match end.on_delete {
        OnDelete::Cascade => {
            vec![kw("cascade", text("all, delete-orphan")), kw("passive_deletes", boolean(true))]
        }
        OnDelete::Restrict => vec![kw("passive_deletes", text("all"))],
        OnDelete::SetNull => vec![kw("passive_deletes", boolean(true))],
    };
    let order = (!end.one).then(|| kw("order_by", late(source, &key_attributes(source))));
    let arguments =
        foreign.into_iter().chain([back(&reference.attribute), lazy()]).chain(order).chain(cascade);
    let annotation = if end.one {
        mapped(Expr::Quoted(Box::new(class(own, source).or_none())))
    } else {
        mapped_list(own, source)
    };
    Some(annotated(&end.attribute, annotation, Some(relationship(arguments))))
}

/// A many-to-many relationship, on its declaring side.
pub(super) fn link(plan: &Plan, own: &EntityPlan, link: &LinkPlan) -> Stmt {
    let target = &plan.entities[link.target];
    let inverse = link
        .inverse
        .filter(|_| link.association.is_some())
        .map(|index| back(&target.collections[index].attribute));
    let joins = joins(plan, link, true);
    many(plan, own, target, &link.attribute, link, inverse, joins)
}

fn link_end(plan: &Plan, own: &EntityPlan, end: &CollectionPlan, link: &LinkPlan) -> Stmt {
    let source = &plan.entities[end.source];
    let inverse = link.association.is_some().then(|| back(&link.attribute));
    let joins = joins(plan, link, false);
    many(plan, own, source, &end.attribute, link, inverse, joins)
}

fn many(
    plan: &Plan,
    own: &EntityPlan,
    other: &EntityPlan,
    attribute: &PyIdent,
    link: &LinkPlan,
    inverse: Option<Argument>,
    joins: Vec<Argument>,
) -> Stmt {
    let last = if link.association.is_some() {
        kw("passive_deletes", boolean(true))
    } else {
        kw("viewonly", boolean(true))
    };
    let arguments = std::iter::once(kw("secondary", secondary(plan, link)))
        .chain(joins)
        .chain(inverse)
        .chain([lazy(), kw("order_by", late(other, &key_attributes(other))), last]);
    annotated(attribute, mapped_list(own, other), Some(relationship(arguments)))
}

/// The table between: a variable, or the table of an entity by its name.
fn secondary(plan: &Plan, link: &LinkPlan) -> Expr {
    if let Some(index) = link.association {
        let association = &plan.associations[index];
        return from(format!("app.models.{}", association.module), &association.variable);
    }
    let table = link.through.map(|through| plan.entities[through.entity].table);
    text(table.map_or(String::new(), |table| plan.tables[table].name.to_string()))
}

/// How an entity is joined with itself, or through an entity with several references to one of
/// the ends: the foreign keys alone don't tell the ends apart.
fn joins(plan: &Plan, link: &LinkPlan, declaring: bool) -> Vec<Argument> {
    if let Some(through) = link.through.filter(|through| through.ambiguous) {
        let (near, far) =
            if declaring { (through.near, through.far) } else { (through.far, through.near) };
        return vec![
            kw("primaryjoin", join_through(plan, through.entity, near)),
            kw("secondaryjoin", join_through(plan, through.entity, far)),
        ];
    }
    let Some(association) = link.association.map(|index| &plan.associations[index]) else {
        return Vec::new();
    };
    if association.left != association.right {
        return Vec::new();
    }
    let entity = &plan.entities[association.left];
    let table = from(format!("app.models.{}", association.module), &association.variable);
    let (near, far) = if declaring {
        (&association.left_columns, &association.right_columns)
    } else {
        (&association.right_columns, &association.left_columns)
    };
    vec![
        kw("primaryjoin", join(entity, &table, near)),
        kw("secondaryjoin", join(entity, &table, far)),
    ]
}

/// `"Person.id == Friendship.friend_id"`
fn join_through(plan: &Plan, entity: usize, reference: usize) -> Expr {
    let entity = &plan.entities[entity];
    let reference = &entity.references[reference];
    let target = &plan.entities[reference.target];
    let pairs = target.key.iter().zip(&reference.key_attributes).map(|(part, own)| {
        format!("{}.{} == {}.{own}", target.class, part.attribute, entity.class)
    });
    text(pairs.collect::<Vec<_>>().join(" and "))
}

/// `lambda: Post.id == post_links.c.post_id`
fn join(entity: &EntityPlan, table: &Expr, columns: &[ColumnName]) -> Expr {
    let mut pairs: Vec<Expr> = entity
        .key
        .iter()
        .zip(columns)
        .map(|(part, column)| {
            let far = table.clone().attr("c").index([text(column.as_str())]);
            name(&entity.class).attr(&part.attribute).eq(far)
        })
        .collect();
    let condition = if pairs.len() == 1 {
        pairs.remove(0)
    } else {
        from("sqlalchemy", "and_").call_with(pairs)
    };
    Expr::Lambda(Vec::new(), Box::new(condition))
}

/// `tag_ids`: the keys of linked rows.
pub(super) fn keys(plan: &Plan, link: &LinkPlan) -> Stmt {
    let target = &plan.entities[link.target];
    let part = &target.key[0];
    let element = types::model(plan, &part.ty);
    let keys = Expr::Generator(
        Box::new(name(&target.one).attr(&part.attribute)),
        vec![comprehension(&target.one, name("self").attr(&link.attribute))],
    );
    def(&link.ids_attribute)
        .decorate(name("property"))
        .method()
        .returns(name("list").index([element]))
        .doc(format!("Return the keys of its {}, in order.", target.label_plural))
        .body([ret(name("sorted").call([arg(keys)]))])
        .stmt()
}
