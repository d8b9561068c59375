"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import articles, auth, flows, labels, members, notes, photos, remarks, visits

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(members.router)
api_router.include_router(articles.router)
api_router.include_router(remarks.router)
api_router.include_router(labels.router)
api_router.include_router(visits.router)
api_router.include_router(notes.router)
api_router.include_router(photos.router)
api_router.include_router(flows.router)
