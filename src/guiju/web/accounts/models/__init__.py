"""The tables of `accounts`."""

from guiju.web.accounts.models.invitations import Invitation
from guiju.web.accounts.models.organisations import Delegation, Membership, Organisation, RecommendingBody
from guiju.web.accounts.models.people import Expert, ExpertPost, ExpertSpeciality, User
from guiju.web.accounts.models.signing import (
    ExternalIdentity,
    Passkey,
    PasswordReset,
    RecoveryCode,
    Session,
    SignInAttempt,
    TotpDevice,
)

__all__ = ["Delegation", "Expert", "ExpertPost", "ExpertSpeciality", "ExternalIdentity", "Invitation", "Membership",
           "Organisation", "Passkey", "PasswordReset", "RecommendingBody", "RecoveryCode", "Session", "SignInAttempt",
           "TotpDevice", "User"]
