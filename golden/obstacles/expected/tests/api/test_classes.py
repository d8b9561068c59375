from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Class
from app.schemas.class_ import ClassSort
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {
    "False": "False",
    "None": 1,
    "True": True,
    "and": "And",
    "as": "12.50",
    "assert": "2026-01-31",
    "async": "Async",
    "await": 1,
    "break": True,
    "class": "Class",
    "continue": "12.50",
    "def": "2026-01-31",
    "del": "Del",
    "elif": 1,
    "else": True,
    "except": "Except",
    "finally": "12.50",
    "for": "2026-01-31",
    "from": "From",
    "global": 1,
    "if": True,
    "import": "Import",
    "in": "12.50",
    "is": "2026-01-31",
    "lambda": "Lambda",
    "nonlocal": 1,
    "not": True,
    "or": "Or",
    "pass": "12.50",
    "raise": "2026-01-31",
    "return": "Return",
    "try": 1,
    "while": True,
    "with": "With",
    "yield": "12.50",
}
CHANGES: dict[str, Any] = {
    "False": "Other",
    "None": 2,
    "True": False,
    "and": "Other",
    "as": "13.50",
    "assert": "2026-02-28",
    "async": "Other",
    "await": 2,
    "break": False,
    "class": "Other",
    "continue": "13.50",
    "def": "2026-02-28",
    "del": "Other",
    "elif": 2,
    "else": False,
    "except": "Other",
    "finally": "13.50",
    "for": "2026-02-28",
    "from": "Other",
    "global": 2,
    "if": False,
    "import": "Other",
    "in": "13.50",
    "is": "2026-02-28",
    "lambda": "Other",
    "nonlocal": 2,
    "not": False,
    "or": "Other",
    "pass": "13.50",
    "raise": "2026-02-28",
    "return": "Other",
    "try": 2,
    "while": False,
    "with": "Other",
    "yield": "13.50",
}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.class_()
    url = f"/api/v1/classes/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.class_()
    url = f"/api/v1/classes/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.class_()
    url = f"/api/v1/classes/{row.id}"
    for member in (
        "False",
        "None",
        "and",
        "as",
        "assert",
        "async",
        "await",
        "class",
        "continue",
        "def",
        "del",
        "elif",
        "except",
        "finally",
        "for",
        "from",
        "global",
        "import",
        "in",
        "is",
        "lambda",
        "nonlocal",
        "or",
        "pass",
        "raise",
        "return",
        "try",
        "with",
        "yield",
    ):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("True", "break", "else", "if", "not", "while"):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.class_()
    url = f"/api/v1/classes/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Class, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/classes/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/classes/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/classes/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    response = await client.post("/api/v1/classes", json=BODY, headers=headers)
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("False", 1),
        ("False", "\x00"),
        ("False", "x" * 41),
        ("False", ""),
        ("None", "1"),
        ("None", 1.5),
        ("None", True),
        ("None", -2_147_483_649),
        ("None", 2_147_483_648),
        ("True", "yes"),
        ("True", 1),
        ("True", None),
        ("and", 1),
        ("and", "\x00"),
        ("as", "twelve"),
        ("as", 12.5),
        ("as", "1e400"),
        ("as", "10000000.00"),
        ("assert", "2026-02-30"),
        ("assert", "yesterday"),
        ("assert", 1),
        ("async", 1),
        ("async", "\x00"),
        ("async", "x" * 41),
        ("async", ""),
        ("await", "1"),
        ("await", 1.5),
        ("await", True),
        ("await", -2_147_483_649),
        ("await", 2_147_483_648),
        ("break", "yes"),
        ("break", 1),
        ("break", None),
        ("class", 1),
        ("class", "\x00"),
        ("continue", "twelve"),
        ("continue", 12.5),
        ("continue", "1e400"),
        ("continue", "10000000.00"),
        ("def", "2026-02-30"),
        ("def", "yesterday"),
        ("def", 1),
        ("del", 1),
        ("del", "\x00"),
        ("del", "x" * 41),
        ("del", ""),
        ("elif", "1"),
        ("elif", 1.5),
        ("elif", True),
        ("elif", -2_147_483_649),
        ("elif", 2_147_483_648),
        ("else", "yes"),
        ("else", 1),
        ("else", None),
        ("except", 1),
        ("except", "\x00"),
        ("finally", "twelve"),
        ("finally", 12.5),
        ("finally", "1e400"),
        ("finally", "10000000.00"),
        ("for", "2026-02-30"),
        ("for", "yesterday"),
        ("for", 1),
        ("from", 1),
        ("from", "\x00"),
        ("from", "x" * 41),
        ("from", ""),
        ("global", "1"),
        ("global", 1.5),
        ("global", True),
        ("global", -2_147_483_649),
        ("global", 2_147_483_648),
        ("if", "yes"),
        ("if", 1),
        ("if", None),
        ("import", 1),
        ("import", "\x00"),
        ("in", "twelve"),
        ("in", 12.5),
        ("in", "1e400"),
        ("in", "10000000.00"),
        ("is", "2026-02-30"),
        ("is", "yesterday"),
        ("is", 1),
        ("lambda", 1),
        ("lambda", "\x00"),
        ("lambda", "x" * 41),
        ("lambda", ""),
        ("nonlocal", "1"),
        ("nonlocal", 1.5),
        ("nonlocal", True),
        ("nonlocal", -2_147_483_649),
        ("nonlocal", 2_147_483_648),
        ("not", "yes"),
        ("not", 1),
        ("not", None),
        ("or", 1),
        ("or", "\x00"),
        ("pass", "twelve"),
        ("pass", 12.5),
        ("pass", "1e400"),
        ("pass", "10000000.00"),
        ("raise", "2026-02-30"),
        ("raise", "yesterday"),
        ("raise", 1),
        ("return", 1),
        ("return", "\x00"),
        ("return", "x" * 41),
        ("return", ""),
        ("try", "1"),
        ("try", 1.5),
        ("try", True),
        ("try", -2_147_483_649),
        ("try", 2_147_483_648),
        ("while", "yes"),
        ("while", 1),
        ("while", None),
        ("with", 1),
        ("with", "\x00"),
        ("yield", "twelve"),
        ("yield", 12.5),
        ("yield", "1e400"),
        ("yield", "10000000.00"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v1/classes", json=sent | {member: value}, headers=headers
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_integers_reach_their_bounds(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    row = await factory.class_()
    url = f"/api/v1/classes/{row.id}"
    for member, value in (("None", -2_147_483_648), ("None", 2_147_483_647)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 200
        assert response.json()[member] == value
    for member, value in (("None", -2_147_483_649), ("None", 2_147_483_648)):
        response = await client.patch(url, json={member: value}, headers=headers)
        assert response.status_code == 422


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.class_()
    url = "/api/v1/classes"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.class_()
    for _ in range(1):
        await factory.class_()
    url = "/api/v1/classes"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.class_()
    for _ in range(2):
        await factory.class_()
    url = "/api/v1/classes"
    total = len((await client.get(url, params={"limit": 100}, headers=headers)).json()["items"])
    for sort in ClassSort:
        params: dict[str, str] = {"sort": sort.value, "limit": "1"}
        seen: list[object] = []
        while True:
            page = (await client.get(url, params=params, headers=headers)).json()
            seen += page["items"]
            if page["next_cursor"] is None:
                break
            params["cursor"] = page["next_cursor"]
        assert len(seen) == total
    bad = await client.get(url, params={"cursor": "AAAA"}, headers=headers)
    assert bad.status_code == 422


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.user()
    headers = factory.auth(caller)
    await factory.class_()
    url = "/api/v1/classes"
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
    await factory.class_()
    url = "/api/v1/classes"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.class_()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.class_()
    assert (await client.get(f"/api/v1/classes/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/classes/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/classes/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/classes")).status_code == 401
    assert (await client.post("/api/v1/classes", json={})).status_code == 401
