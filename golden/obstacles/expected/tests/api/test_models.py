from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Model
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {
    "list": "List",
    "dict": 1,
    "set": True,
    "str": "Str",
    "int": "12.50",
    "float": "2026-01-31",
    "bool": "Bool",
    "bytes": 1,
    "object": True,
    "property": "Property",
    "super": "12.50",
    "print": "2026-01-31",
    "input": "Input",
    "filter": 1,
    "map": True,
    "max": "Max",
    "min": "12.50",
    "sum": "2026-01-31",
    "len": "Len",
    "range": 1,
    "format": True,
    "hash": "Hash",
    "open": "12.50",
    "vars": "2026-01-31",
    "zip": "Zip",
    "any": 1,
    "dir": True,
    "next": "Next",
    "iter": "12.50",
    "sorted": "2026-01-31",
    "round": "Round",
    "abs": 1,
    "all": True,
    "help": "Help",
    "exit": "12.50",
    "tuple": "2026-01-31",
    "frozenset": "Frozenset",
    "slice": 1,
    "isinstance": True,
    "callable": "Callable",
    "classmethod": "12.50",
    "staticmethod": "2026-01-31",
    "exec": "Exec",
    "eval": 1,
    "compile": True,
    "globals": "Globals",
    "locals": "12.50",
    "repr": "2026-01-31",
    "reversed": "Reversed",
    "enumerate": 1,
    "divmod": True,
    "pow": "Pow",
    "chr": "12.50",
    "ord": "2026-01-31",
    "hex": "Hex",
    "oct": 1,
    "bin": True,
    "complex": "Complex",
    "memoryview": "12.50",
    "bytearray": "2026-01-31",
    "delattr": "Delattr",
    "getattr": 1,
    "setattr": True,
    "hasattr": "Hasattr",
    "issubclass": "12.50",
    "ascii": "2026-01-31",
    "breakpoint": "Breakpoint",
    "aiter": 1,
    "anext": True,
    "match": "Match",
    "case": "12.50",
    "type": "2026-01-31",
}
CHANGES: dict[str, Any] = {
    "list": "Other",
    "dict": 2,
    "set": False,
    "str": "Other",
    "int": "13.50",
    "float": "2026-02-28",
    "bool": "Other",
    "bytes": 2,
    "object": False,
    "property": "Other",
    "super": "13.50",
    "print": "2026-02-28",
    "input": "Other",
    "filter": 2,
    "map": False,
    "max": "Other",
    "min": "13.50",
    "sum": "2026-02-28",
    "len": "Other",
    "range": 2,
    "format": False,
    "hash": "Other",
    "open": "13.50",
    "vars": "2026-02-28",
    "zip": "Other",
    "any": 2,
    "dir": False,
    "next": "Other",
    "iter": "13.50",
    "sorted": "2026-02-28",
    "round": "Other",
    "abs": 2,
    "all": False,
    "help": "Other",
    "exit": "13.50",
    "tuple": "2026-02-28",
    "frozenset": "Other",
    "slice": 2,
    "isinstance": False,
    "callable": "Other",
    "classmethod": "13.50",
    "staticmethod": "2026-02-28",
    "exec": "Other",
    "eval": 2,
    "compile": False,
    "globals": "Other",
    "locals": "13.50",
    "repr": "2026-02-28",
    "reversed": "Other",
    "enumerate": 2,
    "divmod": False,
    "pow": "Other",
    "chr": "13.50",
    "ord": "2026-02-28",
    "hex": "Other",
    "oct": 2,
    "bin": False,
    "complex": "Other",
    "memoryview": "13.50",
    "bytearray": "2026-02-28",
    "delattr": "Other",
    "getattr": 2,
    "setattr": False,
    "hasattr": "Other",
    "issubclass": "13.50",
    "ascii": "2026-02-28",
    "breakpoint": "Other",
    "aiter": 2,
    "anext": False,
    "match": "Other",
    "case": "13.50",
    "type": "2026-02-28",
}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.model_row()
    url = f"/api/v1/models/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.model_row()
    url = f"/api/v1/models/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.model_row()
    url = f"/api/v1/models/{row.id}"
    for member in (
        "list",
        "dict",
        "str",
        "int",
        "float",
        "bool",
        "bytes",
        "property",
        "super",
        "print",
        "input",
        "filter",
        "max",
        "min",
        "sum",
        "len",
        "range",
        "hash",
        "open",
        "vars",
        "zip",
        "any",
        "next",
        "iter",
        "sorted",
        "round",
        "abs",
        "help",
        "exit",
        "tuple",
        "frozenset",
        "slice",
        "callable",
        "classmethod",
        "staticmethod",
        "exec",
        "eval",
        "globals",
        "locals",
        "repr",
        "reversed",
        "enumerate",
        "pow",
        "chr",
        "ord",
        "hex",
        "oct",
        "complex",
        "memoryview",
        "bytearray",
        "delattr",
        "getattr",
        "hasattr",
        "issubclass",
        "ascii",
        "breakpoint",
        "aiter",
        "match",
        "case",
        "type",
    ):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in (
        "set",
        "object",
        "map",
        "format",
        "dir",
        "all",
        "isinstance",
        "compile",
        "divmod",
        "bin",
        "setattr",
        "anext",
    ):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.model_row()
    url = f"/api/v1/models/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Model, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/models/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/models/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/models/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    response = await client.post("/api/v1/models", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("list", 1),
        ("list", "\x00"),
        ("list", "x" * 41),
        ("list", ""),
        ("dict", "1"),
        ("dict", 1.5),
        ("dict", True),
        ("dict", -2_147_483_649),
        ("dict", 2_147_483_648),
        ("set", "yes"),
        ("set", 1),
        ("set", None),
        ("str", 1),
        ("str", "\x00"),
        ("int", "twelve"),
        ("int", 12.5),
        ("int", "1e400"),
        ("int", "10000000.00"),
        ("float", "2026-02-30"),
        ("float", "yesterday"),
        ("float", 1),
        ("bool", 1),
        ("bool", "\x00"),
        ("bool", "x" * 41),
        ("bool", ""),
        ("bytes", "1"),
        ("bytes", 1.5),
        ("bytes", True),
        ("bytes", -2_147_483_649),
        ("bytes", 2_147_483_648),
        ("object", "yes"),
        ("object", 1),
        ("object", None),
        ("property", 1),
        ("property", "\x00"),
        ("super", "twelve"),
        ("super", 12.5),
        ("super", "1e400"),
        ("super", "10000000.00"),
        ("print", "2026-02-30"),
        ("print", "yesterday"),
        ("print", 1),
        ("input", 1),
        ("input", "\x00"),
        ("input", "x" * 41),
        ("input", ""),
        ("filter", "1"),
        ("filter", 1.5),
        ("filter", True),
        ("filter", -2_147_483_649),
        ("filter", 2_147_483_648),
        ("map", "yes"),
        ("map", 1),
        ("map", None),
        ("max", 1),
        ("max", "\x00"),
        ("min", "twelve"),
        ("min", 12.5),
        ("min", "1e400"),
        ("min", "10000000.00"),
        ("sum", "2026-02-30"),
        ("sum", "yesterday"),
        ("sum", 1),
        ("len", 1),
        ("len", "\x00"),
        ("len", "x" * 41),
        ("len", ""),
        ("range", "1"),
        ("range", 1.5),
        ("range", True),
        ("range", -2_147_483_649),
        ("range", 2_147_483_648),
        ("format", "yes"),
        ("format", 1),
        ("format", None),
        ("hash", 1),
        ("hash", "\x00"),
        ("open", "twelve"),
        ("open", 12.5),
        ("open", "1e400"),
        ("open", "10000000.00"),
        ("vars", "2026-02-30"),
        ("vars", "yesterday"),
        ("vars", 1),
        ("zip", 1),
        ("zip", "\x00"),
        ("zip", "x" * 41),
        ("zip", ""),
        ("any", "1"),
        ("any", 1.5),
        ("any", True),
        ("any", -2_147_483_649),
        ("any", 2_147_483_648),
        ("dir", "yes"),
        ("dir", 1),
        ("dir", None),
        ("next", 1),
        ("next", "\x00"),
        ("iter", "twelve"),
        ("iter", 12.5),
        ("iter", "1e400"),
        ("iter", "10000000.00"),
        ("sorted", "2026-02-30"),
        ("sorted", "yesterday"),
        ("sorted", 1),
        ("round", 1),
        ("round", "\x00"),
        ("round", "x" * 41),
        ("round", ""),
        ("abs", "1"),
        ("abs", 1.5),
        ("abs", True),
        ("abs", -2_147_483_649),
        ("abs", 2_147_483_648),
        ("all", "yes"),
        ("all", 1),
        ("all", None),
        ("help", 1),
        ("help", "\x00"),
        ("exit", "twelve"),
        ("exit", 12.5),
        ("exit", "1e400"),
        ("exit", "10000000.00"),
        ("tuple", "2026-02-30"),
        ("tuple", "yesterday"),
        ("tuple", 1),
        ("frozenset", 1),
        ("frozenset", "\x00"),
        ("frozenset", "x" * 41),
        ("frozenset", ""),
        ("slice", "1"),
        ("slice", 1.5),
        ("slice", True),
        ("slice", -2_147_483_649),
        ("slice", 2_147_483_648),
        ("isinstance", "yes"),
        ("isinstance", 1),
        ("isinstance", None),
        ("callable", 1),
        ("callable", "\x00"),
        ("classmethod", "twelve"),
        ("classmethod", 12.5),
        ("classmethod", "1e400"),
        ("classmethod", "10000000.00"),
        ("staticmethod", "2026-02-30"),
        ("staticmethod", "yesterday"),
        ("staticmethod", 1),
        ("exec", 1),
        ("exec", "\x00"),
        ("exec", "x" * 41),
        ("exec", ""),
        ("eval", "1"),
        ("eval", 1.5),
        ("eval", True),
        ("eval", -2_147_483_649),
        ("eval", 2_147_483_648),
        ("compile", "yes"),
        ("compile", 1),
        ("compile", None),
        ("globals", 1),
        ("globals", "\x00"),
        ("locals", "twelve"),
        ("locals", 12.5),
        ("locals", "1e400"),
        ("locals", "10000000.00"),
        ("repr", "2026-02-30"),
        ("repr", "yesterday"),
        ("repr", 1),
        ("reversed", 1),
        ("reversed", "\x00"),
        ("reversed", "x" * 41),
        ("reversed", ""),
        ("enumerate", "1"),
        ("enumerate", 1.5),
        ("enumerate", True),
        ("enumerate", -2_147_483_649),
        ("enumerate", 2_147_483_648),
        ("divmod", "yes"),
        ("divmod", 1),
        ("divmod", None),
        ("pow", 1),
        ("pow", "\x00"),
        ("chr", "twelve"),
        ("chr", 12.5),
        ("chr", "1e400"),
        ("chr", "10000000.00"),
        ("ord", "2026-02-30"),
        ("ord", "yesterday"),
        ("ord", 1),
        ("hex", 1),
        ("hex", "\x00"),
        ("hex", "x" * 41),
        ("hex", ""),
        ("oct", "1"),
        ("oct", 1.5),
        ("oct", True),
        ("oct", -2_147_483_649),
        ("oct", 2_147_483_648),
        ("bin", "yes"),
        ("bin", 1),
        ("bin", None),
        ("complex", 1),
        ("complex", "\x00"),
        ("memoryview", "twelve"),
        ("memoryview", 12.5),
        ("memoryview", "1e400"),
        ("memoryview", "10000000.00"),
        ("bytearray", "2026-02-30"),
        ("bytearray", "yesterday"),
        ("bytearray", 1),
        ("delattr", 1),
        ("delattr", "\x00"),
        ("delattr", "x" * 41),
        ("delattr", ""),
        ("getattr", "1"),
        ("getattr", 1.5),
        ("getattr", True),
        ("getattr", -2_147_483_649),
        ("getattr", 2_147_483_648),
        ("setattr", "yes"),
        ("setattr", 1),
        ("setattr", None),
        ("hasattr", 1),
        ("hasattr", "\x00"),
        ("issubclass", "twelve"),
        ("issubclass", 12.5),
        ("issubclass", "1e400"),
        ("issubclass", "10000000.00"),
        ("ascii", "2026-02-30"),
        ("ascii", "yesterday"),
        ("ascii", 1),
        ("breakpoint", 1),
        ("breakpoint", "\x00"),
        ("breakpoint", "x" * 41),
        ("breakpoint", ""),
        ("aiter", "1"),
        ("aiter", 1.5),
        ("aiter", True),
        ("aiter", -2_147_483_649),
        ("aiter", 2_147_483_648),
        ("anext", "yes"),
        ("anext", 1),
        ("anext", None),
        ("match", 1),
        ("match", "\x00"),
        ("case", "twelve"),
        ("case", 12.5),
        ("case", "1e400"),
        ("case", "10000000.00"),
        ("type", "2026-02-30"),
        ("type", "yesterday"),
        ("type", 1),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/models", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_integers_reach_their_bounds(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.model_row()
    url = f"/api/v1/models/{row.id}"
    for member, value in (("dict", -2_147_483_648), ("dict", 2_147_483_647)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 200
        assert response.json()[member] == value
    for member, value in (("dict", -2_147_483_649), ("dict", 2_147_483_648)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.model_row()
    url = "/api/v1/models"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.model_row()
    for _ in range(1):
        await factory.model_row()
    url = "/api/v1/models"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.model_row()
    for _ in range(2):
        await factory.model_row()
    url = "/api/v1/models"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.model_row()
    url = "/api/v1/models"
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
    await factory.model_row()
    url = "/api/v1/models"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.model_row()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.model_row()
    assert (await client.get(f"/api/v1/models/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/models/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/models/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/models")).status_code == 401
    assert (await client.post("/api/v1/models", json={})).status_code == 401
