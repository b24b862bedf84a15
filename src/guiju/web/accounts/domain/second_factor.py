"""An authenticator app as the second factor, and recovery codes for the day it is lost."""

from __future__ import annotations

import hashlib
import secrets

from django.db import transaction

from guiju.web.accounts import totp
from guiju.web.accounts.models import RecoveryCode, TotpDevice, User
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.kit.sealing import seal, unseal

PURPOSE = "totp"
CODES = 10


def has_factor(user: User) -> bool:
    return TotpDevice.objects.filter(user=user, confirmed__isnull=False).exists()


def secret_to_confirm(user: User) -> bytes:
    """The key to set up, the same until it is confirmed."""
    device = TotpDevice.objects.filter(user=user).first()
    if device is not None and device.confirmed:
        raise Refused("已经设了验证器", "an authenticator is set up already")
    if device is None:
        device = TotpDevice.objects.create(user=user, secret=seal(totp.new_secret(), PURPOSE))
    return unseal(device.secret, PURPOSE)


@transaction.atomic
def confirm(user: User, given: str) -> list[str]:
    """The app shows the right password: from now on it is asked for. The recovery codes, shown this once."""
    device = TotpDevice.objects.select_for_update().get(user=user)
    _use(device, given)
    device.confirmed = now()
    device.save(update_fields=["confirmed"])
    return new_recovery_codes(user)


@transaction.atomic
def new_recovery_codes(user: User) -> list[str]:
    """Ten codes, each good once; earlier ones are good no more."""
    user.recovery_codes.all().delete()
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, c)) for c in codes)
    return codes


@transaction.atomic
def pass_factor(user: User, given: str) -> bool:
    """Whether a password of the app, or a recovery code, is right and was not used before. It is used with this."""
    given = "".join(given.split()).lower()
    if given.isdigit() and len(given) == totp.DIGITS:
        device = TotpDevice.objects.select_for_update().filter(user=user, confirmed__isnull=False).first()
        try:
            return device is not None and _use(device, given)
        except Refused:
            return False
    fitting = RecoveryCode.objects.filter(user=user, digest=_digest(user, given), used__isnull=True)
    return bool(fitting.update(used=now()))


@transaction.atomic
def remove(user: User, password: str) -> None:
    """Take the second factor off, with the password. Raises Refused."""
    if not user.check_password(password):
        raise Refused("密码不对", "the password is not right")
    TotpDevice.objects.filter(user=user).delete()
    user.recovery_codes.all().delete()


def codes_left(user: User) -> int:
    return user.recovery_codes.filter(used__isnull=True).count()


def _use(device: TotpDevice, given: str) -> bool:
    given = "".join(given.split())
    step = totp.matching_step(unseal(device.secret, PURPOSE), given, now().timestamp(), device.last_step)
    if step is None:
        raise Refused("验证码不对或已经用过；请等下一个，并核对手机的时间",
                      "the code is wrong or was used: wait for the next, and check the clock of the phone")
    device.last_step = step
    device.save(update_fields=["last_step"])
    return True


def _digest(user: User, code: str) -> str:
    return hashlib.sha256(f"{user.public_id} {code.strip().lower()}".encode()).hexdigest()
