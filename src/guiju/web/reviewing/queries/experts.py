"""What is known of experts: where they work, what they know."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from guiju.web.accounts.models import Expert, ExpertPost, Membership, User
from guiju.web.accounts.queries import standing
from guiju.web.kit.clock import today


def pool(words: str = "") -> QuerySet[Expert]:
    """Experts who are available, by name."""
    found = Expert.objects.filter(available=True, user__is_active=True).select_related("user").prefetch_related(
        "specialities", "posts")
    if words:
        found = found.filter(Q(user__name__icontains=words) | Q(specialities__field__icontains=words)
                             | Q(posts__institution__icontains=words)).distinct()
    return found.order_by("user__name", "pk")


def employers(users: Iterable[User]) -> dict[int, tuple[str, str]]:
    """Code and name of where each person works now, by his key: as he says himself, else an organisation of his."""
    ids, day = [u.pk for u in users], today()
    found: dict[int, tuple[str, str]] = {}
    parts = Membership.objects.filter(standing(day), user__in=ids).select_related("organisation")
    for part in parts.order_by("-since", "pk"):
        found[part.user_id] = (part.organisation.code, part.organisation.name)
    posts = ExpertPost.objects.filter(standing(day), expert__user__in=ids).select_related("expert")
    for post in posts.order_by("since", "pk"):
        found[post.expert.user_id] = (post.code, post.institution)
    return found
