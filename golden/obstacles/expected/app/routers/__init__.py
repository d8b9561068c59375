"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import (
    anies,
    auth,
    bases,
    classes,
    dates,
    enums_entity,
    exceptions,
    fields,
    groups,
    indices,
    lists,
    models,
    optionals,
    orders,
    pages,
    queries,
    repositories,
    requests,
    responses,
    selects,
    services,
    sessions,
    settings,
    tables,
    tests,
    types_entity,
    users,
)

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(users.router)
api_router.include_router(classes.router)
api_router.include_router(selects.router)
api_router.include_router(fields.router)
api_router.include_router(models.router)
api_router.include_router(requests.router)
api_router.include_router(orders.router)
api_router.include_router(groups.router)
api_router.include_router(bases.router)
api_router.include_router(sessions.router)
api_router.include_router(pages.router)
api_router.include_router(tables.router)
api_router.include_router(indices.router)
api_router.include_router(lists.router)
api_router.include_router(types_entity.router)
api_router.include_router(anies.router)
api_router.include_router(optionals.router)
api_router.include_router(exceptions.router)
api_router.include_router(dates.router)
api_router.include_router(enums_entity.router)
api_router.include_router(repositories.router)
api_router.include_router(services.router)
api_router.include_router(tests.router)
api_router.include_router(queries.router)
api_router.include_router(responses.router)
api_router.include_router(settings.router)
