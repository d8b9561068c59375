"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import articles, auth, countries, labels, members, offices, openings, topics

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(members.router)
api_router.include_router(countries.router)
api_router.include_router(topics.router)
api_router.include_router(labels.router)
api_router.include_router(offices.router)
api_router.include_router(articles.router)
api_router.include_router(openings.router)
