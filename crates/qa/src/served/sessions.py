"""Tries what a thief tries: forged, old and used tokens, and what the application keeps and says of secrets."""

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2

HASH = "$argon2"


def check(client: httpx2.Client, asked: dict[str, Any], login: str, password: str, key: str) -> list[str]:
    """Say what is wrong about sign-in, tokens and registration."""
    thief = Thief(client, asked, login, password)
    if (status := thief.sign_in(login, password).status_code) != 200:
        return [f"sign-in is answered {status} after what others did, not 200"]
    try:
        return [*thief.guesses(), *thief.forges(key), *thief.repeats(), *thief.registers()]
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        return [f"an answer of sign-in cannot be understood: {type(error).__name__}"]


def stored(folder: Path, database: str, secrets: list[str]) -> list[str]:
    """Say which secrets stand in the database or in the log as they are."""
    wrong = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and any(secret.encode() in path.read_bytes() for secret in secrets):
            place = "database" if path.name.startswith(database) else "log"
            wrong.append(f"the {place} holds a password or a refresh token as it was sent")
    return list(dict.fromkeys(wrong))


class Thief:
    """Knows one account, and what is published."""

    def __init__(self, client: httpx2.Client, asked: dict[str, Any], login: str, password: str) -> None:
        """Use one account."""
        self._client = client
        self._asked = asked
        self._login = login
        self._password = password

    def sign_in(self, login: str, password: str) -> httpx2.Response:
        """Exchange a login and a password for tokens."""
        form = {"username": login, "password": password}
        return self._client.post(self._asked["token_path"], data=form)

    def _me(self, token: str, scheme: str | None = None) -> int:
        headers = {"Authorization": f"{scheme or self._asked['scheme']} {token}"}
        return self._client.get(self._asked["me_path"], headers=headers).status_code

    def _refresh(self, token: str) -> httpx2.Response:
        return self._client.post(self._asked["refresh_path"], json={"refresh_token": token})

    def guesses(self) -> list[str]:
        """Sign in with what is not the password."""
        wrong = []
        known, unknown = self.sign_in(self._login, "not " + self._password), self.sign_in("nobody", self._password)
        for what, response in [("a wrong password", known), ("an unknown login", unknown)]:
            if response.status_code != 400:
                wrong.append(f"sign-in with {what} is answered {response.status_code}, not 400")
        if not wrong and said(known) != said(unknown):
            wrong.append("the answers of sign-in tell whether an account exists")
        return wrong

    def forges(self, key: str) -> list[str]:
        """Come with tokens that the application did not make, or that are no longer good."""
        token = self.sign_in(self._login, self._password).json()["access_token"]
        parts = token.split(".")
        if len(parts) != 3:
            return ["the access token is no JSON Web Token"]
        claims = json.loads(decoded(parts[1]))
        if self._me(signed(claims, key)) != 200:
            return ["a token with the claims of the application, signed with its key, is refused"]
        hour = int(time.time()) - 3600
        later = {name: value for name, value in claims.items() if name != "exp"}
        other = "another key of more than thirty-two bytes"
        tokens = {
            "a token whose signature was cut": f"{parts[0]}.{parts[1]}.",
            "a token with a signature of another one": f"{signed(claims | {'sub': str(uuid4())}, key)[:-43]}{parts[2]}",
            "a token that is signed with another key": signed(claims, other),
            "a token that is not signed": f"{encoded({'alg': 'none', 'typ': 'JWT'})}.{parts[1]}.",
            "a token that has expired": signed(claims | {"iat": hour - 60, "exp": hour}, key),
            "a token that never expires": signed(later, key),
            "a token of nobody": signed(claims | {"sub": str(uuid4())}, key),
            "a token for another application": signed(claims | {"aud": "another"}, key),
            "a token of another application": signed(claims | {"iss": "another"}, key),
            "no token at all": "x",
        }
        answers = {what: self._me(forged) for what, forged in tokens.items()}
        answers["a token behind another scheme"] = self._me(token, "Basic")
        return [f"{what} is answered {status}, not 401" for what, status in answers.items() if status != 401]

    def repeats(self) -> list[str]:
        """Use refresh tokens twice, and after sign-out."""
        wrong = []
        first = self.sign_in(self._login, self._password).json()["refresh_token"]
        response = self._refresh(first)
        if response.status_code != 200:
            return [f"a refresh token is answered {response.status_code}, not 200"]
        second = response.json()
        if self._me(second["access_token"]) != 200:
            wrong.append("the access token that a refresh token gives is refused")
        if second["refresh_token"] == first:
            wrong.append("a refresh token is not exchanged for another one")
        if (status := self._refresh(first).status_code) != 400:
            wrong.append(f"a used refresh token is answered {status}, not 400")
        if (status := self._refresh(second["refresh_token"]).status_code) != 400:
            wrong.append(f"after a used refresh token came again, the one made of it is answered {status}, not 400")
        last = self.sign_in(self._login, self._password).json()["refresh_token"]
        if (status := self._client.post(self._asked["revoke_path"], json={"refresh_token": last}).status_code) != 204:
            wrong.append(f"sign-out is answered {status}, not 204")
        if (status := self._refresh(last).status_code) != 400:
            wrong.append(f"after sign-out its refresh token is answered {status}, not 400")
        return wrong

    def _register(self, account: dict[str, Any]) -> httpx2.Response:
        registration = self._asked["registration"]
        member = registration["member"]
        return self._client.post(registration["path"], json=account if member is None else {member: account})

    def registers(self) -> list[str]:
        """Register with more than clients may say, and twice."""
        registration = self._asked["registration"]
        if registration is None:
            return []
        body = registration["body"]
        wrong = []
        for member, value in registration["extra"].items():
            response = self._register(body | {member: value})
            if response.status_code != (invalid := registration["invalid"]):
                wrong.append(f"a registration with `{member}` is answered {response.status_code}, not {invalid}")
        for member, value in registration["kept"].items():
            response = self._register(body | {member: value})
            if response.status_code != 403:
                wrong.append(f"a registration with `{member}` is answered {response.status_code}, not 403")
        response = self._register(body)
        if wrong or response.status_code != 201:
            return wrong or [f"a registration is answered {response.status_code}, not 201"]
        if HASH in response.text or body[registration["secret"]] in response.text:
            wrong.append("the answer to a registration shows the password")
        if (status := self._register(body).status_code) != 409:
            wrong.append(f"a second registration is answered {status}, not 409")
        if self.sign_in(body[registration["login"]], body[registration["secret"]]).status_code != 200:
            wrong.append("who has registered cannot sign in")
        return wrong


def said(response: httpx2.Response) -> str:
    """What an answer says, without what differs from request to request."""
    request = response.headers.get("X-Request-ID")
    return response.text.replace(request, "") if request else response.text


def signed(claims: dict[str, Any], key: str) -> str:
    """A token with these claims."""
    text = f"{encoded({'alg': 'HS256', 'typ': 'JWT'})}.{encoded(claims)}"
    return f"{text}.{packed(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest())}"


def encoded(value: dict[str, Any]) -> str:
    """A part of a token."""
    return packed(json.dumps(value, separators=(",", ":")).encode())


def packed(value: bytes) -> str:
    """Base64 as tokens have it."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes behind a part of a token."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
