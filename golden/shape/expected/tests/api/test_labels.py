from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Label
from app.models.enums import MemberRole
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"name": "Name0"}
CHANGES: dict[str, Any] = {"name": "Other0"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.label()
    url = f"/api/v1/labels/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["data"]["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.label()
    url = f"/api/v1/labels/{row.id}"
    unchanged = await client.patch(url, json={"label": {}}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json={"label": CHANGES}, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()["data"]
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.label()
    url = f"/api/v1/labels/{row.id}"
    for member in ("name",):
        response = await client.patch(url, json={"label": {member: None}}, headers=headers)
        assert response.status_code == 400


async def test_replace(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.label()
    url = f"/api/v1/labels/{row.id}"
    response = await client.put(url, json={"label": BODY}, headers=headers)
    assert response.status_code == 200


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.label()
    url = f"/api/v1/labels/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 200
    async with database.session(read_only=True) as session:
        stored = await session.get(Label, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    response = await client.get(f"/api/v1/labels/{uuid7()}")
    assert response.status_code == 404
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.patch(f"/api/v1/labels/{uuid7()}", json={"label": {}}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/labels/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.post("/api/v1/labels", json={"label": BODY}, headers=headers)
    assert response.status_code == 200
    assert "Location" in response.headers
    created = response.json()["data"]
    assert created == created | BODY


async def test_create_refuses_what_is_in_use(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    sent = BODY
    assert (
        await client.post("/api/v1/labels", json={"label": sent}, headers=headers)
    ).status_code == 200
    again = await client.post("/api/v1/labels", json={"label": sent}, headers=headers)
    assert again.status_code == 409


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    sent = BODY
    cases: list[tuple[str, object]] = [
        ("name", 1),
        ("name", "\x00"),
        ("name", "x" * 41),
        ("name", ""),
        ("name", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post(
            "/api/v1/labels", json={"label": sent | {member: value}}, headers=headers
        )
        assert response.status_code == 400
        assert any(place.startswith(member) for place in response.json()["errors"])


async def test_bulk_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    sent = BODY
    response = await client.post("/api/v1/labels/bulk", json={"items": [sent]}, headers=headers)
    assert response.status_code == 200
    assert len(response.json()["items"]) == 1
    none = await client.post("/api/v1/labels/bulk", json={"items": []}, headers=headers)
    assert none.status_code == 400


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.label()
    url = "/api/v1/labels"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.label()
    for _ in range(1):
        await factory.label()
    url = "/api/v1/labels"
    cases: list[dict[str, str]] = [{"sort": "createdAt"}, {"sort": "-createdAt"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.label()
    for _ in range(2):
        await factory.label()
    url = "/api/v1/labels"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page == [everything[1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.label()
    url = "/api/v1/labels"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value})
        assert response.status_code == 400


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    await factory.label()
    url = "/api/v1/labels"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.label()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.label()
    assert (await client.patch(f"/api/v1/labels/{row.id}", json={"label": {}})).status_code == 401
    assert (await client.put(f"/api/v1/labels/{row.id}", json={"label": {}})).status_code == 401
    assert (await client.delete(f"/api/v1/labels/{row.id}")).status_code == 401
    assert (await client.post("/api/v1/labels", json={"label": {}})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.label()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (
        await client.patch(f"/api/v1/labels/{row.id}", json={"label": {}}, headers=headers)
    ).status_code == 403
    assert (
        await client.put(f"/api/v1/labels/{row.id}", json={"label": BODY}, headers=headers)
    ).status_code == 403
    assert (await client.delete(f"/api/v1/labels/{row.id}", headers=headers)).status_code == 403
