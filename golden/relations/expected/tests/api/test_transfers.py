from typing import Any

from httpx2 import AsyncClient

from app.core.database import Database
from app.core.ids import uuid7
from app.models import Transfer
from tests.factories import Factory, counted_selects

BODY: dict[str, Any] = {"reason": "Reason", "planned_on": "2026-01-31"}
CHANGES: dict[str, Any] = {"reason": "Other", "planned_on": "2026-02-28"}


async def test_read(client: AsyncClient, factory: Factory) -> None:
    row = await factory.transfer()
    url = f"/api/v1/transfers/{row.id}"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_update(client: AsyncClient, factory: Factory) -> None:
    row = await factory.transfer()
    url = f"/api/v1/transfers/{row.id}"
    unchanged = await client.patch(url, json={})
    assert unchanged.status_code == 200
    changed = await client.patch(url, json=CHANGES)
    assert changed.status_code == 200
    shown = changed.json()
    assert shown == shown | CHANGES


async def test_null_is_not_the_same_as_omitted(client: AsyncClient, factory: Factory) -> None:
    row = await factory.transfer()
    url = f"/api/v1/transfers/{row.id}"
    for member in ("reason", "planned_on"):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 200
        assert response.json().get(member) is None
    for member in ("origin_id", "destination_id"):
        response = await client.patch(url, json={member: None})
        assert response.status_code == 422


async def test_delete(client: AsyncClient, factory: Factory, database: Database) -> None:
    row = await factory.transfer()
    url = f"/api/v1/transfers/{row.id}"
    response = await client.delete(url)
    assert response.status_code == 204
    async with database.session(read_only=True) as session:
        stored = await session.get(Transfer, row.id)
    assert stored is None


async def test_unknown_rows(client: AsyncClient) -> None:
    response = await client.get(f"/api/v1/transfers/{uuid7()}")
    assert response.status_code == 404
    response = await client.patch(f"/api/v1/transfers/{uuid7()}", json={})
    assert response.status_code == 404
    response = await client.delete(f"/api/v1/transfers/{uuid7()}")
    assert response.status_code == 404


async def test_create(client: AsyncClient, factory: Factory) -> None:
    origin_row = await factory.office()
    destination_row = await factory.office()
    employee_row = await factory.employee()
    response = await client.post(
        "/api/v1/transfers",
        json=BODY
        | {
            "origin_id": str(origin_row.id),
            "destination_id": str(destination_row.id),
            "employee_id": str(employee_row.id),
        },
    )
    assert response.status_code == 201
    assert "Location" in response.headers
    created = response.json()
    assert created == created | BODY


async def test_create_refuses_unknown_references(client: AsyncClient, factory: Factory) -> None:
    origin_row = await factory.office()
    destination_row = await factory.office()
    employee_row = await factory.employee()
    sent = BODY | {
        "origin_id": str(origin_row.id),
        "destination_id": str(destination_row.id),
        "employee_id": str(employee_row.id),
    }
    cases: list[tuple[str, object, str]] = [
        ("origin_id", str(uuid7()), "/origin_id"),
        ("destination_id", str(uuid7()), "/destination_id"),
        ("employee_id", str(uuid7()), "/employee_id"),
    ]
    for member, value, place in cases:
        response = await client.post("/api/v1/transfers", json=sent | {member: value})
        assert response.status_code == 409
        assert response.json()["errors"][0]["pointer"] == place


async def test_create_validates(client: AsyncClient, factory: Factory) -> None:
    origin_row = await factory.office()
    destination_row = await factory.office()
    employee_row = await factory.employee()
    sent = BODY | {
        "origin_id": str(origin_row.id),
        "destination_id": str(destination_row.id),
        "employee_id": str(employee_row.id),
    }
    cases: list[tuple[str, object]] = [
        ("reason", 1),
        ("reason", "\x00"),
        ("planned_on", "2026-02-30"),
        ("planned_on", "yesterday"),
        ("planned_on", 1),
        ("origin_id", None),
        ("origin_id", "not a key"),
        ("destination_id", None),
        ("destination_id", "not a key"),
        ("employee_id", None),
        ("employee_id", "not a key"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/transfers", json=sent | {member: value})
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"].startswith(f"/{member}")


async def test_list(client: AsyncClient, factory: Factory) -> None:
    await factory.transfer()
    url = "/api/v1/transfers"
    response = await client.get(url)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    await factory.transfer()
    for _ in range(1):
        await factory.transfer()
    url = "/api/v1/transfers"
    cases: list[dict[str, str]] = [
        {"sort": "created_at"},
        {"sort": "-created_at"},
        {"sort": "planned_on"},
        {"sort": "-planned_on"},
    ]
    for params in cases:
        response = await client.get(url, params=params)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    await factory.transfer()
    for _ in range(2):
        await factory.transfer()
    url = "/api/v1/transfers"
    everything = (await client.get(url)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1})).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    await factory.transfer()
    url = "/api/v1/transfers"
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
    await factory.transfer()
    url = "/api/v1/transfers"
    with counted_selects(database) as before:
        assert (await client.get(url)).status_code == 200
    for _ in range(3):
        await factory.transfer()
    with counted_selects(database) as after:
        assert (await client.get(url)).status_code == 200
    assert len(after) == len(before)
