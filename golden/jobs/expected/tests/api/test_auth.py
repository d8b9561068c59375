from typing import Any

from httpx2 import AsyncClient

from app.core.ids import uuid7
from app.core.security import create_access_token
from tests.factories import PASSWORD, Factory

REGISTRATION: dict[str, Any] = {"email": "sample-0@example.com", "password": "correct horse ba"}


async def test_register_sign_in_and_read_me(client: AsyncClient) -> None:
    created = await client.post("/api/v1/auth/register", json=REGISTRATION)
    assert created.status_code == 201
    assert "password" not in created.json()
    token = await client.post(
        "/api/v1/auth/token",
        data={"username": REGISTRATION["email"], "password": REGISTRATION["password"]},
    )
    assert token.status_code == 200
    assert token.headers["Cache-Control"] == "no-store"
    me = await client.get(
        "/api/v1/members/me", headers={"Authorization": f"Bearer {token.json()['access_token']}"}
    )
    assert me.status_code == 200
    assert me.json()["id"] == created.json()["id"]
    again = await client.post("/api/v1/auth/register", json=REGISTRATION)
    assert again.status_code == 409


async def test_register_validates(client: AsyncClient) -> None:
    cases: list[tuple[str, object]] = [
        ("email", "not an address"),
        ("email", 1),
        ("password", 1),
        ("password", "xxxxxxxxx"),
        ("no_such_member", 1),
    ]
    for member, value in cases:
        response = await client.post("/api/v1/auth/register", json=REGISTRATION | {member: value})
        assert response.status_code == 422


async def test_wrong_credentials(client: AsyncClient, factory: Factory) -> None:
    account = await factory.member(password=PASSWORD)
    inactive = await factory.member(password=PASSWORD, is_active=False)
    for login, password in [
        (account.email, "wrong"),
        ("nobody@example.com", PASSWORD),
        (inactive.email, PASSWORD),
    ]:
        response = await client.post(
            "/api/v1/auth/token", data={"username": login, "password": password}
        )
        assert response.status_code == 400
        assert response.json()["error"]["code"] == "invalid_grant"


async def test_nul_in_credentials(client: AsyncClient) -> None:
    response = await client.post(
        "/api/v1/auth/token", data={"username": "a\x00@example.com", "password": "x"}
    )
    assert response.status_code == 422


async def test_reuse_of_a_refresh_token_revokes_the_family(
    client: AsyncClient, factory: Factory
) -> None:
    account = await factory.member(password=PASSWORD)
    signed_in = await client.post(
        "/api/v1/auth/token", data={"username": account.email, "password": PASSWORD}
    )
    token = signed_in.json()["refresh_token"]
    rotated = await client.post("/api/v1/auth/refresh", json={"refresh_token": token})
    assert rotated.status_code == 200
    stolen = await client.post("/api/v1/auth/refresh", json={"refresh_token": token})
    assert stolen.status_code == 400
    victim = await client.post(
        "/api/v1/auth/refresh", json={"refresh_token": rotated.json()["refresh_token"]}
    )
    assert victim.status_code == 400


async def test_revoke(client: AsyncClient, factory: Factory) -> None:
    account = await factory.member(password=PASSWORD)
    signed_in = await client.post(
        "/api/v1/auth/token", data={"username": account.email, "password": PASSWORD}
    )
    token = signed_in.json()["refresh_token"]
    assert (
        await client.post("/api/v1/auth/revoke", json={"refresh_token": token})
    ).status_code == 204
    assert (
        await client.post("/api/v1/auth/refresh", json={"refresh_token": token})
    ).status_code == 400
    assert (
        await client.post("/api/v1/auth/revoke", json={"refresh_token": "unknown"})
    ).status_code == 204
    assert (
        await client.post("/api/v1/auth/refresh", json={"refresh_token": "unknown"})
    ).status_code == 400


async def test_bad_access_tokens(client: AsyncClient, factory: Factory) -> None:
    inactive = await factory.member(is_active=False)
    for headers in [
        {"Authorization": "Bearer garbage"},
        factory.auth(inactive),
        {"Authorization": f"Bearer {create_access_token(uuid7(), factory.settings)}"},
    ]:
        response = await client.get("/api/v1/members/me", headers=headers)
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"
    assert (await client.get("/api/v1/members/me")).status_code == 401


async def test_my_account(client: AsyncClient, factory: Factory) -> None:
    account = await factory.member()
    headers = factory.auth(account)
    read = await client.get("/api/v1/members/me", headers=headers)
    assert read.status_code == 200
    unchanged = await client.patch("/api/v1/members/me", json={}, headers=headers)
    assert unchanged.status_code == 200
    changed = await client.patch(
        "/api/v1/members/me", json={"password": "staple shoe lamp"}, headers=headers
    )
    assert changed.status_code == 200
    token = await client.post(
        "/api/v1/auth/token", data={"username": account.email, "password": "staple shoe lamp"}
    )
    assert token.status_code == 200
