from asyncio import gather

import pytest
from httpx2 import AsyncClient
from sqlalchemy import delete

from app.core.database import Database
from app.core.errors import NotFoundError
from app.core.ids import uuid7
from app.models import Member
from app.models.enums import MemberRole, Standing
from app.repositories.member_repository import MemberRepository
from tests.factories import Factory, counted_selects


async def test_read(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.member()
    url = f"/api/v1/members/{row.id}"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["id"] == str(row.id)


async def test_unknown_rows(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    response = await client.get(f"/api/v1/members/{uuid7()}", headers=headers)
    assert response.status_code == 404


async def test_transition_host(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(standing=Standing.NEWCOMER)
    headers = factory.auth(caller)
    row = caller
    await factory.board(owner=row, open=True)
    response = await client.post(f"/api/v1/members/{row.id}/host", headers=headers)
    assert response.status_code == 200
    shown = response.json()
    assert shown["standing"] == "host"


async def test_wrong_state_for_host(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(standing=Standing.HOST)
    headers = factory.auth(caller)
    row = caller
    await factory.board(owner=row, open=True)
    response = await client.post(f"/api/v1/members/{row.id}/host", headers=headers)
    assert response.status_code == 409
    assert response.json()["code"] == "invalid_transition"


async def test_race_of_host(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(standing=Standing.NEWCOMER)
    headers = factory.auth(caller)
    row = caller
    await factory.board(owner=row, open=True)
    one, other = await gather(
        client.post(f"/api/v1/members/{row.id}/host", headers=headers),
        client.post(f"/api/v1/members/{row.id}/host", headers=headers),
    )
    assert sorted([one.status_code, other.status_code]) == [200, 409]


async def test_no_row_is_locked_that_is_gone(factory: Factory, database: Database) -> None:
    row = await factory.member()
    async with database.session() as session:
        found = await session.get_one(Member, row.id)
        await session.execute(delete(Member), execution_options={"synchronize_session": False})
        with pytest.raises(NotFoundError):
            await MemberRepository(session).lock(found)


async def test_list(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.member()
    url = "/api/v1/members"
    response = await client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.json()["items"]


async def test_filters_and_orders(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.member()
    for _ in range(1):
        await factory.member()
    url = "/api/v1/members"
    cases: list[dict[str, str]] = [
        {"sort": "created_at"},
        {"sort": "-created_at"},
        {"sort": "name"},
        {"sort": "-name"},
        {"q": "a"},
    ]
    for params in cases:
        response = await client.get(url, params=params, headers=headers)
        assert response.status_code == 200


async def test_pages(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.member()
    for _ in range(2):
        await factory.member()
    url = "/api/v1/members"
    everything = (await client.get(url, headers=headers)).json()
    page = (await client.get(url, params={"limit": 1, "offset": 1}, headers=headers)).json()
    assert page["total"] == everything["total"]
    assert page["items"] == [everything["items"][1]]


async def test_bad_queries(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    await factory.member()
    url = "/api/v1/members"
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
    await factory.member()
    url = "/api/v1/members"
    with counted_selects(database) as before:
        assert (await client.get(url, headers=headers)).status_code == 200
    for _ in range(3):
        await factory.member()
    with counted_selects(database) as after:
        assert (await client.get(url, headers=headers)).status_code == 200
    assert len(after) == len(before)


async def test_nobody_is_signed_in(client: AsyncClient, factory: Factory) -> None:
    row = await factory.member()
    assert (await client.get(f"/api/v1/members/{row.id}")).status_code == 401
    assert (await client.post(f"/api/v1/members/{row.id}/host")).status_code == 401
    assert (await client.get("/api/v1/members")).status_code == 401


async def test_strangers_are_refused(client: AsyncClient, factory: Factory) -> None:
    row = await factory.member()
    caller = await factory.member()
    headers = factory.auth(caller)
    assert (await client.post(f"/api/v1/members/{row.id}/host", headers=headers)).status_code == 403


async def test_phone_is_shown_to_those_who_may_read_it(
    client: AsyncClient, factory: Factory
) -> None:
    caller = await factory.member(role=MemberRole.ADMIN)
    headers = factory.auth(caller)
    row = await factory.member(phone="Other")
    response = await client.get(f"/api/v1/members/{row.id}", headers=headers)
    assert response.status_code == 200
    assert "phone" in response.json()


async def test_phone_is_left_out_for_others(client: AsyncClient, factory: Factory) -> None:
    caller = await factory.member(role=MemberRole.MEMBER)
    headers = factory.auth(caller)
    row = await factory.member(phone="Other")
    response = await client.get(f"/api/v1/members/{row.id}", headers=headers)
    assert response.status_code == 200
    assert "phone" not in response.json()
    response = await client.get("/api/v1/members", headers=headers)
    shown = response.json()["items"]
    assert ["phone" in item for item in shown if item["id"] == str(row.id)] == [False]


async def test_grade_is_shown_to_those_who_may_read_it(
    client: AsyncClient, factory: Factory
) -> None:
    caller = await factory.member()
    headers = factory.auth(caller)
    row = await factory.member(grade=2)
    response = await client.get(f"/api/v1/members/{row.id}", headers=headers)
    assert response.status_code == 200
    assert "grade" in response.json()
