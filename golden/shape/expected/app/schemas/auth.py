"""API models of authentication."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.schemas.base import InputModel
from app.schemas.types import TEXT, Line


class TokenPair(BaseModel):
    """An OAuth 2.0 token response (RFC 6749, section 5.1)."""

    access_token: str
    refresh_token: str
    token_type: Literal["token"] = "token"  # noqa: S105
    expires_in: int


class PasswordGrant(BaseModel):
    """An OAuth 2.0 password grant (RFC 6749, section 4.3); unknown parameters are ignored.

    FastAPI's OAuth2PasswordRequestForm accepts U+0000, which PostgreSQL refuses.
    """

    grant_type: Literal["password"] = "password"
    username: Annotated[str, StringConstraints(min_length=1, max_length=1024, pattern=TEXT)]
    password: Annotated[
        str,
        StringConstraints(min_length=1, max_length=1024, pattern=TEXT),
        Field(json_schema_extra={"format": "password"}),
    ]


class RefreshRequest(InputModel):
    """A refresh token to exchange or to revoke."""

    model_config = ConfigDict(alias_generator=None)  # its name is that of RFC 6749

    refresh_token: Annotated[Line, Field(min_length=1, max_length=128)]
