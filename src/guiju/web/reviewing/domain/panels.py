"""Panels by field, who is on them, and which application goes where."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.applications.queries import HOLDER
from guiju.web.files.queries import attached_to
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.models import Panel, PanelMember, Placement
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.rounds.models import Round


@transaction.atomic
def form_panel(round_: Round, field: str) -> Panel:
    name = field.strip()
    if not name:
        raise Refused("写明专业领域", "say which field")
    if round_.panels.filter(field=name).exists():
        raise Refused(f"已有“{name}”专家组", f"there is a panel for '{name}' already")
    return Panel.objects.create(round=round_, field=name, created=now())


@transaction.atomic
def join(panel: Panel, user: User) -> None:
    """Put an expert on a panel."""
    if not hasattr(user, "expert"):
        raise Refused("只有登记过的专家能进专家组", "only experts who are entered here can join")
    PanelMember.objects.get_or_create(panel=panel, user=user)


@transaction.atomic
def leave(panel: Panel, user: User) -> None:
    """Take an expert off a panel, unless he reviews for it or leads it."""
    if panel.leader_id == user.pk:
        raise Refused("先另定组长", "name another leader first")
    if user.assigned.filter(state__in=STANDING, application__placement__panel=panel).exists():
        raise Refused("这位专家已有评审任务；先解除任务", "this expert has applications to review: lift them first")
    PanelMember.objects.filter(panel=panel, user=user).delete()


@transaction.atomic
def name_leader(panel: Panel, user: User) -> None:
    """A member becomes the panel's leader. The panel's moves are his; the part in a case that a former leader took up
    ends."""
    if not panel.members.filter(user=user).exists():
        raise Refused("组长从本组专家中定", "the leader is one of the panel")
    from guiju.web.reviewing.domain.leading import hand_over

    if panel.leader is not None and panel.leader_id != user.pk:
        hand_over(panel, panel.leader)
    panel.leader = user
    panel.save(update_fields=["leader"])


@transaction.atomic
def set_nameless(application: Application, files: Iterable[str]) -> None:
    """Which attachments name nobody, by whoever looked through them."""
    own = set(attached_to(HOLDER, application.public_id).values_list("public_id", flat=True))
    Placement.objects.filter(application=application).update(nameless=sorted(own & set(files)))


@transaction.atomic
def place(application: Application, panel: Panel) -> None:
    """Send an application to a panel; not once someone reviews it."""
    if application.round_id != panel.round_id:
        raise Refused("不是同一批次", "they are not of one round")
    placed = Placement.objects.filter(application=application).first()
    if placed is not None and placed.panel_id != panel.pk and application.assigned.filter(state__in=STANDING).exists():
        raise Refused("已分给专家评审，不能换组", "experts review it already: it can't go elsewhere")
    Placement.objects.update_or_create(application=application, defaults={"panel": panel})
