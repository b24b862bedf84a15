"""Passkeys (WebAuthn): registered while signed in, asked for as the second step."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from guiju.web.accounts.models import Passkey, User
from guiju.web.kit.clock import now
from guiju.web.kit.lengths import within
from guiju.web.kit.permissions import Refused

_MOST = 10
LONGEST_NAME = 60


def has_passkey(user: User) -> bool:
    return Passkey.objects.filter(user=user).exists()


def begin_registration(user: User) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser is asked, and the state that the session keeps till the answer comes."""
    entity = PublicKeyCredentialUserEntity(id=user.public_id.encode(), name=user.login, display_name=user.name)
    options, state = _server().register_begin(
        entity, _credentials(user), user_verification=UserVerificationRequirement.PREFERRED,
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED)
    return _plain(options), state


@transaction.atomic
def finish_registration(user: User, state: Any, answer: Any, name: str) -> Passkey:
    """Raises Refused for an answer that does not hold, and for a name that is too long."""
    if Passkey.objects.filter(user=user).count() >= _MOST:
        raise Refused(f"最多 {_MOST} 个通行密钥", f"{_MOST} passkeys at most")
    called = within(LONGEST_NAME, name, "通行密钥的名称", "name of the passkey") or "通行密钥"
    try:
        made = _server().register_complete(state, RegistrationResponse.from_dict(answer))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused("没有登记成功，请再试一次", "it was not registered: try again") from None
    credential = made.credential_data
    if credential is None:
        raise Refused("没有登记成功，请再试一次", "it was not registered: try again")
    return Passkey.objects.create(user=user, name=called, key_id=credential.credential_id,
                                  credential=bytes(credential), sign_count=made.counter, created=now())


def begin_sign_in(user: User) -> tuple[dict[str, Any], dict[str, Any]]:
    options, state = _server().authenticate_begin(
        _credentials(user), user_verification=UserVerificationRequirement.PREFERRED)
    return _plain(options), state


@transaction.atomic
def finish_sign_in(user: User, state: Any, answer: Any) -> bool:
    """Whether the answer holds. A counter that did not rise is a copy of the key: refused."""
    try:
        response = AuthenticationResponse.from_dict(answer)
        credential = _server().authenticate_complete(state, _credentials(user), response)
    except Exception:
        return False
    passkey = Passkey.objects.select_for_update().get(user=user, key_id=credential.credential_id)
    counter = response.response.authenticator_data.counter
    if counter and counter <= passkey.sign_count:
        return False
    passkey.sign_count, passkey.used = counter, now()
    passkey.save(update_fields=["sign_count", "used"])
    return True


def remove(user: User, number: int) -> None:
    Passkey.objects.filter(user=user, pk=number).delete()


def _server() -> Fido2Server:
    """The site as authenticators know it: the host of GUIJU_ORIGIN, and that origin alone."""
    host = urlsplit(settings.ORIGIN).hostname or "localhost"
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name="规矩 Guiju"),
                       verify_origin=lambda origin: origin == settings.ORIGIN)


def _credentials(user: User) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(p.credential)) for p in Passkey.objects.filter(user=user)]


def _plain(options: Any) -> dict[str, Any]:
    """As JSON holds it: bytes in base64url."""
    made: dict[str, Any] = json.loads(json.dumps(dict(options)["publicKey"], default=_spelled))
    return made


def _spelled(value: Any) -> Any:
    from fido2.utils import websafe_encode

    return websafe_encode(value) if isinstance(value, bytes) else dict(value)
