"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import auth, categories, comments, posts, tags, users

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(users.router)
api_router.include_router(categories.router)
api_router.include_router(posts.router)
api_router.include_router(tags.router)
api_router.include_router(comments.router)
