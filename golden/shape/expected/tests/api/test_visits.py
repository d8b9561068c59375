from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Visit
from app.schemas.visit import VisitSort
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"page": "Page", "seconds": 1}
CHANGES: dict[str, Any] = {"page": "Other", "seconds": 2}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.visit()
    url = f"/api/v1/visits/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["data"]["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.visit()
    url = f"/api/v1/visits/{row.id}"
    unchanged = await client.patch(url, json={"visit": {}}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json={"visit": CHANGES}, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()["data"]
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.visit()
    url = f"/api/v1/visits/{row.id}"
    for member in ("labelId",):
        response = await client.patch(url, json={"visit": {member: None}}, headers=headers)
        assert response.status_code == 200
        assert response.json()["data"].get(member) is None
    for member in ("page", "seconds"):
        response = await client.patch(url, json={"visit": {member: None}}, headers=headers)
        assert response.status_code == 400


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.visit()
    url = f"/api/v1/visits/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        stored = await session.get(Visit, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/visits/{uuid7()}", headers=headers)
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/visits/{uuid7()}", json={"visit": {}}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/visits/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    label_row = await factory.label()
    response = await client.post(
        "/api/v1/visits", json={"visit": BODY | {"labelId": str(label_row.id)}}, headers=headers
    )
    assert response.status_code == 200
    assert "Location" in response.headers
    created = response.json()["data"]
    assert created == created | BODY


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    label_row = await factory.label()
    sent = BODY | {"labelId": str(label_row.id)}
    cases: list[tuple[str, object, str]] = [("labelId", str(uuid7()), "labelId")]
    for member, value, place in cases:
        response = await client.post(
            "/api/v1/visits", json={"visit": sent | {member: value}}, headers=headers
        )
        assert response.status_code == 409
        assert place in response.json()["errors"]


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    label_row = await factory.label()
    sent = BODY | {"labelId": str(label_row.id)}
    cases: list[tuple[str, object]] = [
        ("page", 1),
        ("page", "\x00"),
        ("page", ""),
        ("page", None),
        ("seconds", "1"),
        ("seconds", 1.5),
        ("seconds", True),
        ("seconds", -1),
        ("seconds", 86_401),
        ("seconds", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v1/visits", json={"visit": sent | {member: value}}, headers=headers
        )
        assert response.status_code == 400
        assert any(place.startswith(member) for place in response.json()["errors"])


async def test_integers_reach_their_bounds(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.visit()
    url = f"/api/v1/visits/{row.id}"
    for member, value in (("seconds", 0), ("seconds", 86_400)):
        response = await client.patch(url, json={"visit": {member: value}}, headers=headers)
        assert response.status_code == 200
        assert response.json()["data"][member] == value
    for member, value in (("seconds", -1), ("seconds", 86_401)):
        response = await client.patch(url, json={"visit": {member: value}}, headers=headers)
        assert response.status_code == 400


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.visit()
    url = "/api/v1/visits"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["data"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.visit()
    for _ in range(1):
        await factory.visit()
    url = "/api/v1/visits"
    cases: list[dict[str, str]] = [{"sort": "createdAt"}, {"sort": "-createdAt"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.visit()
    for _ in range(2):
        await factory.visit()
    url = "/api/v1/visits"
    total = len((await client.get(url, params={"limit": 100}, headers=headers)).json()["data"])
    for sort in VisitSort:
        params: dict[str, str] = {"sort": sort.value, "limit": "1"}
        seen: list[object] = []
        while True:
            page = (await client.get(url, params=params, headers=headers)).json()
            seen += page["data"]
            if page["nextPage"] is None:
                break
            params["cursor"] = page["nextPage"]
        assert len(seen) == total
    bad = await client.get(url, params={"cursor": "AAAA"}, headers=headers)
    assert bad.status_code == 400


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.visit()
    url = "/api/v1/visits"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value}, headers=headers)
        assert response.status_code == 400


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.visit()
    url = "/api/v1/visits"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.visit()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.visit()
    assert (await client.get(f"/api/v1/visits/{row.id}")).status_code == 401
    assert (await client.patch(f"/api/v1/visits/{row.id}", json={"visit": {}})).status_code == 401
    assert (await client.delete(f"/api/v1/visits/{row.id}")).status_code == 401
    assert (await client.get("/api/v1/visits")).status_code == 401
    assert (await client.post("/api/v1/visits", json={"visit": {}})).status_code == 401
