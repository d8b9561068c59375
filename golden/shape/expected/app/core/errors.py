"""Domain errors. Nothing here knows about HTTP frameworks; the status is only data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FieldError:
    """One problem with one input value."""

    pointer: str
    message: str
    code: str


class AppError(Exception):
    """Base of every error a service may raise on purpose."""

    status: HTTPStatus = HTTPStatus.INTERNAL_SERVER_ERROR
    code: str = "internal_error"
    keep_changes: ClassVar[bool] = False
    """Commit what was done before the error (a revocation, a counter) instead of undoing it."""

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what the client may see."""
        super().__init__(detail)
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})


class NotFoundError(AppError):
    """The resource does not exist, or the caller may not know that it does."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"


class AuthenticationError(AppError):
    """The caller did not prove who they are."""

    status = HTTPStatus.UNAUTHORIZED
    code = "unauthenticated"

    def __init__(self, detail: str = "Not authenticated") -> None:
        """Add the challenge that RFC 9110 requires."""
        super().__init__(detail, headers={"WWW-Authenticate": "Token"})


class InvalidGrantError(AppError):
    """The credentials or the refresh token are wrong (RFC 6749, section 5.2)."""

    status = HTTPStatus.BAD_REQUEST
    code = "invalid_grant"
    keep_changes = True


class PermissionDeniedError(AppError):
    """The caller is known but not allowed."""

    status = HTTPStatus.FORBIDDEN
    code = "permission_denied"


class ConflictError(AppError):
    """The request clashes with the current state (unique value, reference in use...)."""

    status = HTTPStatus.CONFLICT
    code = "conflict"


class RuleViolationError(ConflictError):
    """The input respects the schema, but not a business rule or a stored constraint."""

    code = "rule_violation"


@dataclass(frozen=True, slots=True)
class Invariant:
    """What holds for every row after every write, and what is said where it would not."""

    name: str
    message: str
    status: HTTPStatus = HTTPStatus.CONFLICT


class InvariantError(AppError):
    """A write would break an invariant; its name is the code of the problem."""

    def __init__(self, invariant: Invariant, *, pointers: Sequence[str] = ()) -> None:
        """Tell what would be broken, and by which values."""
        errors = [FieldError(pointer, invariant.message, "invariant") for pointer in pointers]
        super().__init__(invariant.message, errors=errors)
        self.status = invariant.status
        self.code = invariant.name


class InvalidTransitionError(ConflictError):
    """The row is in a state that the transition does not start from."""

    code = "invalid_transition"

    def __init__(self, state: str, transition: str) -> None:
        """Name the transition, and the state that forbids it."""
        super().__init__(f'"{transition}" is not possible in the state "{state}"')


class RequirementError(AppError):
    """A flow takes what does not hold."""

    code = "requirement_failed"

    def __init__(self, detail: str, *, status: HTTPStatus) -> None:
        """Tell what does not hold."""
        super().__init__(detail)
        self.status = status


class RequestInProgressError(ConflictError):
    """A request with this key is being done just now."""

    code = "request_in_progress"

    def __init__(self) -> None:
        """Tell the client when to come back."""
        detail = "The first request with this Idempotency-Key is not answered yet"
        super().__init__(detail, headers={"Retry-After": "1"})


class IdempotencyKeyReusedError(AppError):
    """The key is that of a request which asked for something else."""

    status = HTTPStatus.BAD_REQUEST
    code = "idempotency_key_reused"

    def __init__(self) -> None:
        """Tell what the key is good for."""
        super().__init__("Another request had this Idempotency-Key: send a new key")


class RateLimitedError(AppError):
    """Too many requests."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "rate_limited"

    def __init__(self, headers: Mapping[str, str]) -> None:
        """Tell the client by ``headers`` when to come back."""
        super().__init__("Too many requests", headers=headers)


class RateLimitUnavailableError(AppError):
    """Nobody can count requests just now."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "rate_limit_unavailable"

    def __init__(self) -> None:
        """Tell the client when to come back."""
        super().__init__("Requests can't be counted; try again", headers={"Retry-After": "1"})
