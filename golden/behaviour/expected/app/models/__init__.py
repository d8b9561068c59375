"""ORM models. Importing this package registers every table."""

from app.models.base import Base
from app.models.booking import Booking
from app.models.claim import Claim
from app.models.claim_stage_change import ClaimStageChange
from app.models.computed import add_computed_attributes
from app.models.member import Member
from app.models.refresh_token import RefreshToken
from app.models.remark import Remark
from app.models.topic import Topic

__all__ = [
    "Base",
    "Booking",
    "Claim",
    "ClaimStageChange",
    "Member",
    "RefreshToken",
    "Remark",
    "Topic",
]
add_computed_attributes()
