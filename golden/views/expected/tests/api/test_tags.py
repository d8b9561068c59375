from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Tag
from app.models.enums import PersonRole
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"label": "Label0"}
CHANGES: dict[str, Any] = {"label": "Other0"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.tag_row()
    url = f"/api/v1/tags/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person(role=PersonRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.tag_row()
    url = f"/api/v1/tags/{row.id}"
    unchanged = await client.patch(url, json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES, headers=headers)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person(role=PersonRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.tag_row()
    url = f"/api/v1/tags/{row.id}"
    for member in ("parent_id",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("label",):
        response = await client.patch(url, json={member: None}, headers=headers)
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    caller = await factory.person(role=PersonRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.tag_row()
    url = f"/api/v1/tags/{row.id}"
    response = await client.delete(url, headers=headers)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Tag, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    response = await client.get(f"/api/v1/tags/{uuid7()}")
    assert response.status_code == 404
    caller = await factory.person(role=PersonRole.ADMIN)
    headers = factory.auth(caller)
    response = await client.patch(f"/api/v1/tags/{uuid7()}", json={}, headers=headers)
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/tags/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person(role=PersonRole.ADMIN)
    headers = factory.auth(caller)
    parent_row = await factory.tag_row()
    response = await client.post(
        "/api/v1/tags", json=BODY | {"parent_id": str(parent_row.id)}, headers=headers
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY
    assert set(created) == {"label"}


async def test_create_refuses_what_is_in_use(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person(role=PersonRole.ADMIN)
    headers = factory.auth(caller)
    parent_row = await factory.tag_row()
    sent = BODY | {"parent_id": str(parent_row.id)}
    assert (await client.post("/api/v1/tags", json=sent, headers=headers)).status_code == 201
    again = await client.post("/api/v1/tags", json=sent, headers=headers)
    assert again.status_code == 409


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person(role=PersonRole.ADMIN)
    headers = factory.auth(caller)
    parent_row = await factory.tag_row()
    sent = BODY | {"parent_id": str(parent_row.id)}
    cases: list[tuple[str, object, str]] = [("parent_id", str(uuid7()), "/parent_id")]
    for member, value, place in cases:
        response = await client.post("/api/v1/tags", json=sent | {member: value}, headers=headers)
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person(role=PersonRole.ADMIN)
    headers = factory.auth(caller)
    parent_row = await factory.tag_row()
    sent = BODY | {"parent_id": str(parent_row.id)}
    cases: list[tuple[str, object]] = [
        ("label", 1),
        ("label", "\x00"),
        ("label", "x" * 41),
        ("label", ""),
        ("label", None),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/tags", json=sent | {member: value}, headers=headers)
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.tag_row()
    url = "/api/v1/tags"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.tag_row()
    for _ in range(1):
        await factory.tag_row()
    url = "/api/v1/tags"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.tag_row()
    for _ in range(2):
        await factory.tag_row()
    url = "/api/v1/tags"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.tag_row()
    url = "/api/v1/tags"
    for key, value in (
        ("limit", "0"),
        ("limit", "1000"),
        ("sort", "nope"),
        ("no_such_filter", "1"),
    ):
        response = await client.get(url, params={key: value})
        assert response.status_code == 422


async def test_listing_has_no_n_plus_one(
    client: AsyncClient, factory: Factory, database: Database
) -> None:
    await factory.tag_row()
    url = "/api/v1/tags"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.tag_row()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)


async def test_read_shows_its_view(client: AsyncClient, factory: Factory) -> None:
    row = await factory.tag_row()
    await factory.tag_row(parent=row)
    response = await client.get(f"/api/v1/tags/{row.id}")
    assert response.status_code == 200
    shown = response.json()
    assert set(shown) == {"id", "label", "parent_id", "parents", "children"}
    assert shown["label"] == row.label
    assert [set(item) for item in shown["children"]] == [{"label"}]


async def test_list_shows_its_view(client: AsyncClient, factory: Factory) -> None:
    await factory.tag_row()
    response = await client.get("/api/v1/tags")
    assert response.status_code == 200
    shown = response.json()["items"][0]
    assert set(shown) == {"label"}


async def test_update_shows_its_view(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.person(role=PersonRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.tag_row()
    await factory.tag_row(parent=row)
    response = await client.patch(f"/api/v1/tags/{row.id}", json={}, headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert set(shown) == {"id", "label", "parent_id", "parents", "children"}
    assert shown["label"] == row.label
    assert [set(item) for item in shown["children"]] == [{"label"}]


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.tag_row()
    assert (await client.patch(f"/api/v1/tags/{row.id}", json={})).status_code == 401
    assert (await client.delete(f"/api/v1/tags/{row.id}")).status_code == 401
    assert (await client.post("/api/v1/tags", json={})).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.tag_row()
    caller = await factory.person()
    headers = factory.auth(caller)
    assert (
        await client.patch(f"/api/v1/tags/{row.id}", json={}, headers=headers)
    ).status_code == 403
    assert (await client.delete(f"/api/v1/tags/{row.id}", headers=headers)).status_code == 403
