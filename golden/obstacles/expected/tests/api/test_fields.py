from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import FieldEntity
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {
    "model_config": "Model config",
    "model_fields": 1,
    "model_computed_fields": True,
    "model_extra": "Model extra",
    "model_fields_set": "12.50",
    "model_construct": "2026-01-31",
    "model_copy": "Model copy",
    "model_dump": 1,
    "model_dump_json": True,
    "model_json_schema": "Model json schema",
    "model_parametrized_name": "12.50",
    "model_post_init": "2026-01-31",
    "model_rebuild": "Model rebuild",
    "model_validate": 1,
    "model_validate_json": True,
    "model_validate_strings": "Model validate strings",
    "copy": "12.50",
    "json": "2026-01-31",
    "dict": "Dict",
    "schema": 1,
    "construct": True,
    "validate": "Validate",
    "parse_obj": "12.50",
    "parse_raw": "2026-01-31",
    "parse_file": "Parse file",
    "from_orm": 1,
    "update_forward_refs": True,
    "schema_json": "Schema json",
    "fields": "12.50",
    "config": "2026-01-31",
    "root_model": "Root model",
    "metadata": 1,
    "registry": True,
    "query": "Query",
    "query_class": "12.50",
    "mapper": "2026-01-31",
    "session": "Session",
    "engine": 1,
    "connection": True,
    "column": "Column",
    "columns": "12.50",
    "relationship": "2026-01-31",
    "mapped_column": "Mapped column",
    "declared_attr": 1,
    "hybrid_property": True,
    "inspect": "Inspect",
    "type_annotation_map": "12.50",
    "c": "2026-01-31",
    "select": "Select",
    "insert": 1,
}
CHANGES: dict[str, Any] = {
    "model_config": "Other",
    "model_fields": 2,
    "model_computed_fields": False,
    "model_extra": "Other",
    "model_fields_set": "13.50",
    "model_construct": "2026-02-28",
    "model_copy": "Other",
    "model_dump": 2,
    "model_dump_json": False,
    "model_json_schema": "Other",
    "model_parametrized_name": "13.50",
    "model_post_init": "2026-02-28",
    "model_rebuild": "Other",
    "model_validate": 2,
    "model_validate_json": False,
    "model_validate_strings": "Other",
    "copy": "13.50",
    "json": "2026-02-28",
    "dict": "Other",
    "schema": 2,
    "construct": False,
    "validate": "Other",
    "parse_obj": "13.50",
    "parse_raw": "2026-02-28",
    "parse_file": "Other",
    "from_orm": 2,
    "update_forward_refs": False,
    "schema_json": "Other",
    "fields": "13.50",
    "config": "2026-02-28",
    "root_model": "Other",
    "metadata": 2,
    "registry": False,
    "query": "Other",
    "query_class": "13.50",
    "mapper": "2026-02-28",
    "session": "Other",
    "engine": 2,
    "connection": False,
    "column": "Other",
    "columns": "13.50",
    "relationship": "2026-02-28",
    "mapped_column": "Other",
    "declared_attr": 2,
    "hybrid_property": False,
    "inspect": "Other",
    "type_annotation_map": "13.50",
    "c": "2026-02-28",
    "select": "Other",
    "insert": 2,
}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.field_row()
    url = f"/api/v1/fields/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.field_row()
    url = f"/api/v1/fields/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.field_row()
    url = f"/api/v1/fields/{row.id}"
    for member in (
        "model_config",
        "model_fields",
        "model_extra",
        "model_fields_set",
        "model_construct",
        "model_copy",
        "model_dump",
        "model_json_schema",
        "model_parametrized_name",
        "model_post_init",
        "model_rebuild",
        "model_validate",
        "model_validate_strings",
        "copy",
        "json",
        "dict",
        "schema",
        "validate",
        "parse_obj",
        "parse_raw",
        "parse_file",
        "from_orm",
        "schema_json",
        "fields",
        "config",
        "root_model",
        "metadata",
        "query",
        "query_class",
        "mapper",
        "session",
        "engine",
        "column",
        "columns",
        "relationship",
        "mapped_column",
        "declared_attr",
        "inspect",
        "type_annotation_map",
        "c",
        "select",
        "insert",
    ):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in (
        "model_computed_fields",
        "model_dump_json",
        "model_validate_json",
        "construct",
        "update_forward_refs",
        "registry",
        "connection",
        "hybrid_property",
    ):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.field_row()
    url = f"/api/v1/fields/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(FieldEntity, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/fields/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/fields/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/fields/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    response = await client.post("/api/v1/fields", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("model_config", 1),
        ("model_config", "\x00"),
        ("model_config", "x" * 41),
        ("model_config", ""),
        ("model_fields", "1"),
        ("model_fields", 1.5),
        ("model_fields", True),
        ("model_fields", -2_147_483_649),
        ("model_fields", 2_147_483_648),
        ("model_computed_fields", "yes"),
        ("model_computed_fields", 1),
        ("model_computed_fields", None),
        ("model_extra", 1),
        ("model_extra", "\x00"),
        ("model_fields_set", "twelve"),
        ("model_fields_set", 12.5),
        ("model_fields_set", "1e400"),
        ("model_fields_set", "10000000.00"),
        ("model_construct", "2026-02-30"),
        ("model_construct", "yesterday"),
        ("model_construct", 1),
        ("model_copy", 1),
        ("model_copy", "\x00"),
        ("model_copy", "x" * 41),
        ("model_copy", ""),
        ("model_dump", "1"),
        ("model_dump", 1.5),
        ("model_dump", True),
        ("model_dump", -2_147_483_649),
        ("model_dump", 2_147_483_648),
        ("model_dump_json", "yes"),
        ("model_dump_json", 1),
        ("model_dump_json", None),
        ("model_json_schema", 1),
        ("model_json_schema", "\x00"),
        ("model_parametrized_name", "twelve"),
        ("model_parametrized_name", 12.5),
        ("model_parametrized_name", "1e400"),
        ("model_parametrized_name", "10000000.00"),
        ("model_post_init", "2026-02-30"),
        ("model_post_init", "yesterday"),
        ("model_post_init", 1),
        ("model_rebuild", 1),
        ("model_rebuild", "\x00"),
        ("model_rebuild", "x" * 41),
        ("model_rebuild", ""),
        ("model_validate", "1"),
        ("model_validate", 1.5),
        ("model_validate", True),
        ("model_validate", -2_147_483_649),
        ("model_validate", 2_147_483_648),
        ("model_validate_json", "yes"),
        ("model_validate_json", 1),
        ("model_validate_json", None),
        ("model_validate_strings", 1),
        ("model_validate_strings", "\x00"),
        ("copy", "twelve"),
        ("copy", 12.5),
        ("copy", "1e400"),
        ("copy", "10000000.00"),
        ("json", "2026-02-30"),
        ("json", "yesterday"),
        ("json", 1),
        ("dict", 1),
        ("dict", "\x00"),
        ("dict", "x" * 41),
        ("dict", ""),
        ("schema", "1"),
        ("schema", 1.5),
        ("schema", True),
        ("schema", -2_147_483_649),
        ("schema", 2_147_483_648),
        ("construct", "yes"),
        ("construct", 1),
        ("construct", None),
        ("validate", 1),
        ("validate", "\x00"),
        ("parse_obj", "twelve"),
        ("parse_obj", 12.5),
        ("parse_obj", "1e400"),
        ("parse_obj", "10000000.00"),
        ("parse_raw", "2026-02-30"),
        ("parse_raw", "yesterday"),
        ("parse_raw", 1),
        ("parse_file", 1),
        ("parse_file", "\x00"),
        ("parse_file", "x" * 41),
        ("parse_file", ""),
        ("from_orm", "1"),
        ("from_orm", 1.5),
        ("from_orm", True),
        ("from_orm", -2_147_483_649),
        ("from_orm", 2_147_483_648),
        ("update_forward_refs", "yes"),
        ("update_forward_refs", 1),
        ("update_forward_refs", None),
        ("schema_json", 1),
        ("schema_json", "\x00"),
        ("fields", "twelve"),
        ("fields", 12.5),
        ("fields", "1e400"),
        ("fields", "10000000.00"),
        ("config", "2026-02-30"),
        ("config", "yesterday"),
        ("config", 1),
        ("root_model", 1),
        ("root_model", "\x00"),
        ("root_model", "x" * 41),
        ("root_model", ""),
        ("metadata", "1"),
        ("metadata", 1.5),
        ("metadata", True),
        ("metadata", -2_147_483_649),
        ("metadata", 2_147_483_648),
        ("registry", "yes"),
        ("registry", 1),
        ("registry", None),
        ("query", 1),
        ("query", "\x00"),
        ("query_class", "twelve"),
        ("query_class", 12.5),
        ("query_class", "1e400"),
        ("query_class", "10000000.00"),
        ("mapper", "2026-02-30"),
        ("mapper", "yesterday"),
        ("mapper", 1),
        ("session", 1),
        ("session", "\x00"),
        ("session", "x" * 41),
        ("session", ""),
        ("engine", "1"),
        ("engine", 1.5),
        ("engine", True),
        ("engine", -2_147_483_649),
        ("engine", 2_147_483_648),
        ("connection", "yes"),
        ("connection", 1),
        ("connection", None),
        ("column", 1),
        ("column", "\x00"),
        ("columns", "twelve"),
        ("columns", 12.5),
        ("columns", "1e400"),
        ("columns", "10000000.00"),
        ("relationship", "2026-02-30"),
        ("relationship", "yesterday"),
        ("relationship", 1),
        ("mapped_column", 1),
        ("mapped_column", "\x00"),
        ("mapped_column", "x" * 41),
        ("mapped_column", ""),
        ("declared_attr", "1"),
        ("declared_attr", 1.5),
        ("declared_attr", True),
        ("declared_attr", -2_147_483_649),
        ("declared_attr", 2_147_483_648),
        ("hybrid_property", "yes"),
        ("hybrid_property", 1),
        ("hybrid_property", None),
        ("inspect", 1),
        ("inspect", "\x00"),
        ("type_annotation_map", "twelve"),
        ("type_annotation_map", 12.5),
        ("type_annotation_map", "1e400"),
        ("type_annotation_map", "10000000.00"),
        ("c", "2026-02-30"),
        ("c", "yesterday"),
        ("c", 1),
        ("select", 1),
        ("select", "\x00"),
        ("select", "x" * 41),
        ("select", ""),
        ("insert", "1"),
        ("insert", 1.5),
        ("insert", True),
        ("insert", -2_147_483_649),
        ("insert", 2_147_483_648),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/fields", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_integers_reach_their_bounds(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.field_row()
    url = f"/api/v1/fields/{row.id}"
    for member, value in (("model_fields", -2_147_483_648), ("model_fields", 2_147_483_647)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 200
        assert response.json()[member] == value
    for member, value in (("model_fields", -2_147_483_649), ("model_fields", 2_147_483_648)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.field_row()
    url = "/api/v1/fields"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.field_row()
    for _ in range(1):
        await factory.field_row()
    url = "/api/v1/fields"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.field_row()
    for _ in range(2):
        await factory.field_row()
    url = "/api/v1/fields"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.field_row()
    url = "/api/v1/fields"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value}, headers=headers)
        assert response.status_code == 422


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.field_row()
    url = "/api/v1/fields"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.field_row()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.field_row()
    assert (await client.get(f"/api/v1/fields/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/fields/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/fields/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/fields")).status_code == 401
    assert (await client.post("/api/v1/fields", json={})).status_code == 401
