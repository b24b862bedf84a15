"""Acts on one person."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from guiju.web.accounts.models import Expert, ExpertPost, ExpertSpeciality, Session, User
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused


@transaction.atomic
def register(login: str, name: str, password: str, email: str = "", language: str = "zh",
             operator: bool = False, hashed: str = "") -> User:
    """A new person. `hashed`: the password's hash, where many get one password and it was checked before. Raises
    Refused for a login that is taken or a password that is too weak."""
    made = User(login=login.strip().lower(), name=name.strip(), email=email.strip(), language=language,
                is_operator=operator, joined=now(), password=hashed)
    if not hashed:
        set_password(made, password)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refused(f"登录名“{made.login}”已经有人用了，请换一个",
                      f"the name '{made.login}' is taken: choose another") from None
    return made


def set_password(user: User, password: str) -> None:
    """Raises Refused for a password that is too weak; does not save."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        said = "；".join(error.messages)
        raise Refused(said, said) from None
    user.set_password(password)


@transaction.atomic
def change_password(user: User, old: str, new: str) -> None:
    """Other sessions end with it, as Django ties them to the password."""
    if not user.check_password(old):
        raise Refused("原密码不对", "the present password is not right")
    set_password(user, new)
    user.save(update_fields=["password"])


def change_language(user: User, language: str) -> None:
    user.language = "en" if language == "en" else "zh"
    user.save(update_fields=["language"])


@transaction.atomic
def change_profile(user: User, name: str, email: str) -> None:
    """A new address is not confirmed yet."""
    if email.strip() != user.email:
        user.confirmed = None
    user.name, user.email = name.strip(), email.strip()
    user.save(update_fields=["name", "email", "confirmed"])


@transaction.atomic
def deactivate(user: User) -> None:
    """The person signs in no more; what he did stays his."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    Session.objects.filter(user=user).delete()


def end_session(user: User, key_digest: str) -> None:
    """End one of the person's own sessions, named by the digest that the page shows."""
    from guiju.web.accounts.domain.signing import session_digest

    for session in Session.objects.filter(user=user):
        if session_digest(session.session_key) == key_digest:
            session.delete()


def end_other_sessions(user: User, present_key: str) -> int:
    return Session.objects.filter(user=user).exclude(session_key=present_key).delete()[0]


@transaction.atomic
def save_expert(user: User, title: str, biography: str, specialities: list[str], posts: list[ExpertPost]) -> Expert:
    """What an expert says of himself, whole: what is not in it any more is taken out."""
    expert, _ = Expert.objects.update_or_create(user=user, defaults={"title": title, "biography": biography})
    expert.specialities.all().delete()
    expert.posts.all().delete()
    ExpertSpeciality.objects.bulk_create(ExpertSpeciality(expert=expert, field=f) for f in dict.fromkeys(specialities))
    for post in posts:
        post.expert = expert
    ExpertPost.objects.bulk_create(posts)
    return expert
