"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import notes

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(notes.router)
