//! `app/schemas/post.py`: the API models of an entity, one class a purpose.

use stratapi_plan::{
    Artifact, EntityPlan, ListForm, Operation, PagePart, Pagination, Plan, PlannedFile, PyIdent,
    ResourcePlan, Subject, envelope,
};

use super::layer::envelope::ITEM;
use super::secret;
use crate::python::build::{assign, class, from, kw, name, text};
use crate::python::{ClassDef, Expr, Module, Stmt, artifact};
use crate::schemas::python::{Aliases, class_name, input, output, parameter};
use crate::schemas::{self, Member, docs, offers};
use crate::types;

/// Declares the schemas of the entity.
pub(super) fn emit(plan: &Plan, file: &PlannedFile) -> Artifact {
    let Subject::Entity(index) = file.subject else {
        stratapi_diagnostics::bug!("a schema module is about an entity");
    };
    let entity = &plan.entities[index];
    let create = schemas::create(plan, entity);
    let replace = schemas::replace(plan, entity);
    let update = schemas::update(plan, entity);
    let all = create.iter().chain(&replace).chain(&update).cloned();
    let emitter = Emitter { plan, entity, aliases: Aliases::new(plan, &entity.stem, all) };
    let mut body = emitter.aliases.statements();
    body.extend(emitter.bodies(create, replace, &update));
    if let Some(resource) = &entity.resource {
        if offers(entity, Operation::List) {
            body.extend(emitter.list(resource));
        }
        if offers(entity, Operation::BulkCreate) {
            body.extend(emitter.bulk());
        }
    }
    body.extend(emitter.envelopes(index));
    artifact(file, &Module::new(docs::module(entity)).body(body))
}

struct Emitter<'a> {
    plan: &'a Plan,
    entity: &'a EntityPlan,
    aliases: Aliases,
}

impl Emitter<'_> {
    fn bodies(
        &self,
        create: Vec<Member<'_>>,
        replace: Vec<Member<'_>>,
        update: &[Member<'_>],
    ) -> Vec<Stmt> {
        let entity = self.entity;
        let base = schemas::base(self.plan, entity);
        let base_class = || name(self.name("Base"));
        let created = self.inputs(&schemas::own(create, &base));
        let replaced = self.inputs(&schemas::own(replace, &base));
        let clears = update.iter().any(|member| member.nullable);
        let mut classes = vec![
            self.class("Base", input_model(), docs::base(entity)).body(self.inputs(&base)),
            self.class("Create", base_class(), docs::create(entity)).body(created),
        ];
        if offers(entity, Operation::Replace) {
            let class = self.class("Replace", base_class(), docs::replace(entity));
            classes.push(class.body(replaced));
        }
        let class = self.class("Update", input_model(), docs::update(entity, clears));
        classes.push(class.body(self.inputs(update)));
        let read = schemas::read(self.plan, entity);
        let read = read.iter().map(|member| output(self.plan, &self.aliases, member));
        let output_model = from("app.schemas.base", "OutputModel");
        classes.push(self.class("Read", output_model, docs::read(entity)).body(read));
        classes.into_iter().map(ClassDef::stmt).collect()
    }

    fn list(&self, resource: &ResourcePlan) -> Vec<Stmt> {
        let (query, page) = match resource.pagination {
            Pagination::Offset => ("PageQuery", "Page"),
            Pagination::Cursor => ("CursorQuery", "CursorPage"),
            Pagination::Page => ("NumberedQuery", "Page"),
        };
        let orders = resource.sorts.iter().flat_map(|sort| {
            let descending = PyIdent::known(format!("{}_DESC", sort.member));
            [member(&sort.member, &sort.wire), member(&descending, &format!("-{}", sort.wire))]
        });
        let sort = self.class("Sort", from("enum", "StrEnum"), docs::sort(self.entity));
        let query = from("app.schemas.base", query);
        let page = match &resource.lists {
            ListForm::Array => None,
            ListForm::Page(members) if resource.has_own_form => {
                let page =
                    self.class("Page", from("pydantic", "BaseModel"), docs::page(self.entity));
                Some(page.body(members.iter().map(|(part, wire)| self.told(*part, wire))))
            }
            ListForm::Page(_) => {
                let page = from("app.schemas.base", page).index([self.listed()]);
                Some(self.class("Page", page, docs::page(self.entity)))
            }
        };
        let query = self.class("ListQuery", query, docs::query(self.entity));
        let query = query.body(self.parameters(resource));
        [sort.body(orders), query].into_iter().chain(page).map(ClassDef::stmt).collect()
    }

    /// A member of the page: `items: list[PostRead] = Field(serialization_alias="posts")`.
    fn told(&self, part: PagePart, wire: &str) -> Stmt {
        let ty = match part {
            PagePart::Rows => name("list").index([self.listed()]),
            PagePart::Count | PagePart::Limit | PagePart::Offset | PagePart::Page => name("int"),
            PagePart::Next => name("str").or_none(),
        };
        let alias = || types::field([kw("serialization_alias", text(wire))]);
        Stmt::Annotated(name(part.name()), ty, (wire != part.name()).then(alias))
    }

    /// The class of the rows of the list.
    fn listed(&self) -> Expr {
        let plan = self.entity.operation(Operation::List);
        match plan.and_then(|plan| self.entity.view(plan)) {
            Some(view) => from("app.schemas.views", &view.class),
            None => name(self.entity.read_class()),
        }
    }

    fn parameters(&self, resource: &ResourcePlan) -> Vec<Stmt> {
        let mut parameters = Vec::new();
        if (resource.page_size, resource.max_page_size) != (20, 100) {
            let bounds = [kw("ge", int(1)), kw("le", int(resource.max_page_size))];
            let limit = types::annotated(name("int"), [types::field(bounds)]);
            parameters.push(Stmt::Annotated(name("limit"), limit, Some(int(resource.page_size))));
        }
        parameters.extend(resource.filters.iter().map(|filter| {
            parameter(self.plan, &self.aliases, &filter.attribute, &filter.wire, &filter.ty)
        }));
        if !resource.search.is_empty() {
            let types = "app.schemas.types";
            let annotation =
                crate::python::build::union([from(types, "SearchText"), from(types, "Absent")]);
            parameters.push(Stmt::Annotated(name("q"), annotation, Some(Expr::None)));
        }
        let (position, descending) = resource.default_sort;
        let member = &resource.sorts[position].member;
        let member =
            if descending { PyIdent::known(format!("{member}_DESC")) } else { member.clone() };
        let sort = name(self.name("Sort"));
        let default = sort.clone().attr(member);
        parameters.push(Stmt::Annotated(name("sort"), sort, Some(default)));
        parameters
    }

    fn bulk(&self) -> Vec<Stmt> {
        let items = name("list").index([name(self.name("Create"))]);
        let bounds = [kw("min_length", int(1)), kw("max_length", int(100))];
        let items = types::annotated(items, [types::field(bounds)]);
        let result = name("list").index([name(self.name("Read"))]);
        let output_model = from("app.schemas.base", "OutputModel");
        vec![
            self.class("BulkCreate", input_model(), docs::bulk_create(self.entity))
                .body([Stmt::Annotated(name("items"), items, None)])
                .stmt(),
            self.class("BulkResult", output_model, docs::bulk_result(self.entity))
                .body([Stmt::Annotated(name("items"), result, None)])
                .stmt(),
        ]
    }

    /// Those of requests and of answers with one row: `item: PostRead = Field(serialization_alias="post")`.
    fn envelopes(&self, entity: usize) -> Vec<Stmt> {
        let form = &self.entity.form;
        let item = |class: Expr, wire: &Option<String>, alias: &'static str| {
            let wire = wire.as_deref().filter(|wire| *wire != ITEM);
            let renamed = wire.map(|wire| types::field([kw(alias, text(wire))]));
            Stmt::Annotated(name(ITEM), class, renamed)
        };
        let bodies = self.plan.enveloped_bodies(entity).into_iter().map(|suffix| {
            let class = class(self.entity.body_class(suffix)).base(input_model());
            class.doc(docs::request(self.entity, suffix)).body([item(
                name(self.name(suffix)),
                &form.body,
                "alias",
            )])
        });
        let answers = self.plan.enveloped_rows(entity).into_iter().map(|row| {
            let own = row == self.entity.read_class();
            let shown = if own { name(&row) } else { from("app.schemas.views", &row) };
            class(envelope(&row))
                .base(from("pydantic", "BaseModel"))
                .doc(docs::answer(self.entity))
                .body([item(shown, &form.answer, "serialization_alias")])
        });
        bodies.chain(answers).map(ClassDef::stmt).collect()
    }

    fn inputs(&self, members: &[Member<'_>]) -> Vec<Stmt> {
        members.iter().map(|member| input(self.plan, &self.aliases, member)).collect()
    }

    fn name(&self, suffix: &str) -> PyIdent {
        class_name(self.entity, suffix)
    }

    fn class(&self, suffix: &str, base: Expr, doc: impl Into<String>) -> ClassDef {
        class(self.name(suffix)).base(base).doc(doc)
    }
}

fn input_model() -> Expr {
    from("app.schemas.base", "InputModel")
}

fn int(value: u32) -> Expr {
    crate::python::build::int(value)
}

/// A member of an enum.
fn member(name: &PyIdent, value: &str) -> Stmt {
    secret::excused(assign(name, text(value)), name, value)
}
