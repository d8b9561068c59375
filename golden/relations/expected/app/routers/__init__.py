"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import (
    badges,
    charges,
    countries,
    depots,
    employees,
    endorsements,
    labels,
    memberships,
    offices,
    projects,
    rates,
    regions,
    streets,
    tickets,
    towns,
    transfers,
)

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(employees.router)
api_router.include_router(offices.router)
api_router.include_router(transfers.router)
api_router.include_router(badges.router)
api_router.include_router(countries.router)
api_router.include_router(tickets.router)
api_router.include_router(labels.router)
api_router.include_router(rates.router)
api_router.include_router(memberships.router)
api_router.include_router(projects.router)
api_router.include_router(charges.router)
api_router.include_router(endorsements.router)
api_router.include_router(regions.router)
api_router.include_router(towns.router)
api_router.include_router(streets.router)
api_router.include_router(depots.router)
