"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import articles, auth, people, remarks, tags

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(people.router)
api_router.include_router(articles.router)
api_router.include_router(tags.router)
api_router.include_router(remarks.router)
