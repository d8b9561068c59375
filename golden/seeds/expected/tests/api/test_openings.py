import pytest
from httpx2 import AsyncClient
from sqlalchemy.exc import IntegrityError

from app.core.database import Database
from tests.factories import Factory, counted_selects


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.opening()
    url = f"/api/v1/openings/{row.office_id}/{row.topic_id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200


async def test_rows_keep_invariants(factory: Factory) -> None:
    with pytest.raises(IntegrityError, match="ck_openings_opens_before_it_closes"):
        await factory.opening(from_hour=1, to_hour=1)


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.opening()
    url = "/api/v1/openings"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.opening()
    for _ in range(1):
        await factory.opening()
    url = "/api/v1/openings"
    cases: list[dict[str, str]] = [{"sort": "created_at"}, {"sort": "-created_at"}]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.opening()
    for _ in range(2):
        await factory.opening()
    url = "/api/v1/openings"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.opening()
    url = "/api/v1/openings"
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
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.opening()
    url = "/api/v1/openings"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.opening()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.opening()
    assert (await client.get(f"/api/v1/openings/{row.office_id}/{row.topic_id}")).status_code == 401
    assert (await client.get("/api/v1/openings")).status_code == 401
