//! Mistakes about how the wire looks.

use stratapi_diagnostics::Code;
use stratapi_qa::Layer::Contract;

use super::behaviour::few;
use super::flows::tested;
use super::{Files, Mutation, replace, row};

const SCHEMAS: &str = "app/schemas/";
const ROUTERS: &str = "app/routers/";
const PROBLEMS: &str = "app/core/problems.py";
const REPOSITORY: &str = "app/repositories/base.py";

pub(super) const ALL: &[Mutation] = &[
    served("rows of a list under another name", |files| {
        replace(files, SCHEMAS, "serialization_alias=\"articles\"", "serialization_alias=\"items\"")
    }),
    served("bare array in an envelope", |files| {
        let (old, new) = (") -> list[LabelRead]:", ") -> dict[str, list[LabelRead]]:");
        let path = replace(files, ROUTERS, old, new)?;
        let rows = "[LabelRead.model_validate(row) for row in rows]";
        let (old, new) = (format!("return {rows}"), format!("return {{\"items\": {rows}}}"));
        replace(files, &path, &old, &new)
    }),
    served("row of an answer under another name", |files| {
        replace(files, SCHEMAS, "serialization_alias=\"article\"", "serialization_alias=\"item\"")
    }),
    served("row of a request under another name", |files| {
        replace(files, SCHEMAS, "Field(alias=\"label\")", "Field(alias=\"item\")")
    }),
    tested("problem that points past the envelope of the row", |files| {
        replace(files, ROUTERS, "Depends(row_in(\"visit\"))", "Depends(row_in(\"label\"))")
    }),
    few(1, "invalid requests answered by another status", Code::J0505, "422", |files| {
        let (old, new) = (
            "HTTPStatus.BAD_REQUEST,\n        code=\"validation_error\"",
            "422,\n        code=\"validation_error\"",
        );
        replace(files, PROBLEMS, old, new)
    }),
    few(1, "error of another media type", Code::J0505, "an error is of type", |files| {
        let (old, new) = ("media_type=MEDIA_TYPE,", "media_type=\"application/xml\",");
        replace(files, PROBLEMS, old, new)
    }),
    few(1, "error outside of its envelope", Code::J0503, "is not the only member", |files| {
        let (old, new) = ("Problem(item=problem).model_dump_json(", "problem.model_dump_json(");
        replace(files, PROBLEMS, old, new)
    }),
    served("error with a member under another name", |files| {
        let (old, new) = ("serialization_alias=\"message\"", "serialization_alias=\"detail\"");
        replace(files, "app/core/problem_schema.py", old, new)
    }),
    few(1, "texts of errors that go by places", Code::J0505, "by the name", |files| {
        let (old, new) =
            ("        member = _member(error.pointer, row)", "        member = error.pointer");
        replace(files, PROBLEMS, old, new)
    }),
    few(1, "access token behind any scheme", Code::J0506, "another scheme", |files| {
        let (old, new) = ("if sent and sent.scheme.lower() == \"token\" else", "if sent else");
        replace(files, "app/dependencies.py", old, new)
    }),
    few(1, "page of a list without a count that has no end", Code::J0504, "", |files| {
        let (old, new) = (
            "return (await self.session.scalars(statement.limit(limit).offset(offset))).all()",
            "return (await self.session.scalars(statement.offset(offset))).all()",
        );
        replace(files, REPOSITORY, old, new)
    }),
    few(1, "page number that counts from zero", Code::J0504, "", |files| {
        replace(
            files,
            "app/schemas/base.py",
            "(self.page - 1) * self.limit",
            "self.page * self.limit",
        )
    }),
    few(1, "page number that passes over single rows", Code::J0504, "", |files| {
        replace(files, "app/schemas/base.py", "(self.page - 1) * self.limit", "self.page - 1")
    }),
    few(1, "page of a list without a count that starts anew", Code::J0504, "", |files| {
        let (old, new) = (
            "return (await self.session.scalars(statement.limit(limit).offset(offset))).all()",
            "return (await self.session.scalars(statement.limit(limit))).all()",
        );
        replace(files, REPOSITORY, old, new)
    }),
];

/// A class that shows in the document that the application serves.
const fn served(id: &'static str, make: fn(&mut Files) -> Option<String>) -> Mutation {
    Mutation { least: 1, ..row(id, Contract, Code::J0401, "", make) }
}
