"""Application factory."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import iter_route_contexts
from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector

from app.core.config import Settings, get_settings
from app.core.database import Database, build_engine
from app.core.idempotency import REPLAYED, AnsweredBeforeError, on_answered_before
from app.core.logging import configure_logging
from app.core.metadata import DESCRIPTION, VERSION
from app.core.middleware import (
    BodyLimitMiddleware,
    ErrorBoundaryMiddleware,
    HttpMetrics,
    RequestContextMiddleware,
)
from app.core.migrations import upgrade_to_head
from app.core.openapi import install_openapi, operation_id
from app.core.problems import on_unexpected_error, register_problem_handlers
from app.core.rate_limit import LIMIT_HEADERS, RateLimiter, build_counter
from app.models import Base
from app.routers import api_router, health


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Prepare the database, serve, then release the connections."""
    database: Database = app.state.database
    settings: Settings = app.state.settings
    if settings.migrate_on_startup:
        await upgrade_to_head(database)
    try:
        yield
    finally:
        await database.dispose()


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the application."""
    settings = settings or get_settings()
    configure_logging(settings)
    app = FastAPI(
        title=settings.app_name,
        description=DESCRIPTION,
        version=VERSION,
        lifespan=lifespan,
        redirect_slashes=False,
        generate_unique_id_function=operation_id,
    )
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    app.state.settings = settings
    app.state.registry = registry
    app.state.database = Database(build_engine(settings))
    counter = build_counter(settings)
    app.state.auth_limiter = RateLimiter("auth", settings.auth_rate_limit, counter)

    app.include_router(api_router)
    app.include_router(health.router)
    register_problem_handlers(app, Base.metadata)
    app.add_exception_handler(AnsweredBeforeError, on_answered_before)
    install_openapi(app)
    templates: dict[Callable[..., Any], str] = {
        context.endpoint: context.path_format
        for context in iter_route_contexts(app.routes)
        if context.endpoint is not None and context.path_format is not None
    }
    # The last one added is the outermost.
    app.add_middleware(BodyLimitMiddleware, max_body_size=settings.max_body_size)
    app.add_middleware(ErrorBoundaryMiddleware, respond=on_unexpected_error)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=["ETag", "Location", "X-Request-ID", REPLAYED, *LIMIT_HEADERS],
        )
    app.add_middleware(
        RequestContextMiddleware, metrics=HttpMetrics(registry), templates=lambda: templates
    )
    return app


app = create_app()
