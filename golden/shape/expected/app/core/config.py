"""Application settings, read once from the environment (and an optional .env file)."""

import secrets
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.core.metadata import NAME, TITLE

_MIN_SECRET_LENGTH = 32
_DRIVERS = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "sqlite": "sqlite+aiosqlite",
}


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

    cors_origins: Annotated[list[str], NoDecode] = []
    max_body_size: Annotated[int, Field(ge=1)] = 1_048_576
    idempotency_key_ttl_seconds: Annotated[int, Field(ge=1)] = 86_400
    auth_rate_limit: str = "10/minute"
    rate_limit_storage_uri: str = "async+memory://"

    @field_validator("database_url")
    @classmethod
    def _use_async_driver(cls, value: str) -> str:
        scheme, separator, rest = value.partition("://")
        return f"{_DRIVERS.get(scheme, scheme)}{separator}{rest}"

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return [item.strip() for item in value.split(",") if item.strip()]
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

    @property
    def migrate_on_startup(self) -> bool:
        """Whether to run the migrations when the process starts (SQLite only, by default)."""
        if self.auto_migrate is not None:
            return self.auto_migrate
        return self.database_url.startswith("sqlite")


@lru_cache
def get_settings() -> Settings:
    """Return the process-wide settings."""
    return Settings()
