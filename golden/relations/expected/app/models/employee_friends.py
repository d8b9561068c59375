"""The association between employees and employees."""

from sqlalchemy import Column, ForeignKey, Table, Uuid

from app.models.base import Base

employee_friends = Table(
    "employee_friends",
    Base.metadata,
    Column("employee_id", Uuid, ForeignKey("employees.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "friend_id",
        Uuid,
        ForeignKey("employees.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)
