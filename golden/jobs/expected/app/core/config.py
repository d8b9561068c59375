"""Application settings, read once from the environment (and an optional .env file)."""

import base64
import secrets
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Self

from pydantic import (
    AnyUrl,
    Field,
    SecretStr,
    UrlConstraints,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.core.metadata import NAME, TITLE
from app.core.operation_limits import OPERATION_LIMITS

UNLIMITED = "unlimited"
WEBHOOK_SCHEMES = frozenset({"http", "https"})
_MIN_SECRET_LENGTH = 32
_KEY_PREFIX = "whsec_"
_KEY_LENGTHS = range(24, 65)
_RateLimit = Annotated[
    str, Field(pattern=r"^([1-9][0-9]{0,8}/(second|minute|hour|day)|unlimited)$")
]
_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "sqlite": "sqlite+aiosqlite",
}
_EventsUrl = Annotated[
    AnyUrl,
    UrlConstraints(allowed_schemes=["http", "https", "redis", "rediss"], host_required=True),
]


class Environment(StrEnum):
    """Where the process runs."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """Every tunable of the service; each field is an upper-case environment variable."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    app_name: str = TITLE
    environment: Environment = Environment.DEVELOPMENT
    log_level: str = "INFO"

    database_url: str = f"sqlite+aiosqlite:///./{NAME}.db"
    database_pool_size: Annotated[int, Field(ge=1)] = 5
    database_max_overflow: Annotated[int, Field(ge=0)] = 10
    database_echo: bool = False
    auto_migrate: bool | None = None

    secret_key: SecretStr = SecretStr("")
    access_token_ttl_seconds: Annotated[int, Field(ge=1)] = 900
    refresh_token_ttl_seconds: Annotated[int, Field(ge=1)] = 2592000

    events_url: _EventsUrl | None = None
    events_secret: SecretStr = SecretStr("")
    events_stream: str = f"{NAME}:events"
    events_stream_length: Annotated[int, Field(ge=1)] = 100_000
    events_relay: bool = True
    events_poll_seconds: Annotated[float, Field(gt=0)] = 1.0
    events_max_attempts: Annotated[int, Field(ge=1)] = 20
    events_retention_days: Annotated[int, Field(ge=0)] = 7

    jobs_worker: bool = True
    jobs_poll_seconds: Annotated[float, Field(gt=0)] = 1.0
    jobs_max_attempts: Annotated[int, Field(ge=1)] = 10
    jobs_retention_days: Annotated[int, Field(ge=1)] = 7

    cors_origins: Annotated[list[str], NoDecode] = []
    max_body_size: Annotated[int, Field(ge=1)] = 1_048_576
    idempotency_key_ttl_seconds: Annotated[int, Field(ge=1)] = 86_400
    auth_rate_limit: str = "10/minute"
    rate_limits_enabled: bool = True
    rate_limits: dict[str, _RateLimit] = {}
    rate_limit_storage_uri: str = "async+memory://"

    @field_validator("database_url")
    @classmethod
    def _use_async_driver(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        return f"{_DRIVERS.get(scheme, scheme)}{separator}{rest}"

    @field_validator("events_secret")
    @classmethod
    def _require_webhook_key(cls, value: SecretStr) -> SecretStr:
        secret = value.get_secret_value()
        if secret and not _is_webhook_secret(secret):
            message = "EVENTS_SECRET must be whsec_ and the base64 of 24 to 64 bytes"
            raise ValueError(message)
        return value

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return [item.strip() for item in value.split(",") if item.strip()]
        return value

    @field_validator("rate_limits")
    @classmethod
    def _require_limited_operations(cls, value: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(value.keys() - OPERATION_LIMITS.keys()):
            message = f"RATE_LIMITS names what has no limit: {', '.join(unknown)}"
            raise ValueError(message)
        return value

    @model_validator(mode="after")
    def _require_secret(self) -> Self:
        secret = self.secret_key.get_secret_value()
        if secret and len(secret) < _MIN_SECRET_LENGTH:
            message = f"SECRET_KEY must have at least {_MIN_SECRET_LENGTH} characters"
            raise ValueError(message)
        if not secret:
            if self.environment is Environment.PRODUCTION:
                message = "SECRET_KEY is required in production"
                raise ValueError(message)
            # Zero-configuration development: tokens do not survive a restart.
            self.secret_key = SecretStr(secrets.token_urlsafe(48))
        return self

    @model_validator(mode="after")
    def _require_signed_webhooks(self) -> Self:
        webhook = self.events_url is not None and self.events_url.scheme in WEBHOOK_SCHEMES
        if self.environment is Environment.PRODUCTION and webhook and not self.events_key:
            message = "EVENTS_SECRET is required for webhooks in production"
            raise ValueError(message)
        return self

    @property
    def events_key(self) -> bytes:
        """What webhooks are signed with; nothing signs them where it is empty."""
        return base64.b64decode(self.events_secret.get_secret_value().removeprefix(_KEY_PREFIX))

    @property
    def migrate_on_startup(self) -> bool:
        """Whether to run the migrations when the process starts (SQLite only, by default)."""
        if self.auto_migrate is not None:
            return self.auto_migrate
        return self.database_url.startswith("sqlite")


def _is_webhook_secret(secret: str) -> bool:
    try:
        key = base64.b64decode(secret.removeprefix(_KEY_PREFIX), validate=True)
    except ValueError:
        return False
    return secret.startswith(_KEY_PREFIX) and len(key) in _KEY_LENGTHS


@lru_cache
def get_settings() -> Settings:
    """Return the process-wide settings."""
    return Settings()
