"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import accounts, auth, authors, books, everythings, remarks, settings, shelves

api_router = APIRouter(prefix="/api/v2")
api_router.include_router(auth.router)
api_router.include_router(accounts.router)
api_router.include_router(everythings.router)
api_router.include_router(shelves.router)
api_router.include_router(books.router)
api_router.include_router(remarks.router)
api_router.include_router(authors.router)
api_router.include_router(settings.router)
