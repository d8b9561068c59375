"""HTTP endpoints: thin translations between HTTP and the services."""

from fastapi import APIRouter

from app.routers import (
    auth,
    boards,
    bookings,
    drafts,
    lines,
    members,
    notices,
    rooms,
    seats,
    sheets,
    tasks,
    teams,
    topics,
)

api_router = APIRouter(prefix="/api/v1")
api_router.include_router(auth.router)
api_router.include_router(members.router)
api_router.include_router(teams.router)
api_router.include_router(tasks.router)
api_router.include_router(drafts.router)
api_router.include_router(notices.router)
api_router.include_router(topics.router)
api_router.include_router(rooms.router)
api_router.include_router(bookings.router)
api_router.include_router(boards.router)
api_router.include_router(seats.router)
api_router.include_router(sheets.router)
api_router.include_router(lines.router)
