"""What an expert says of himself; what body recommends for whom."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.accounts.domain.organisations import make_recommending
from guiju.web.accounts.domain.people import save_expert
from guiju.web.accounts.forms import ExpertForm, PostForm, RecommendingForm
from guiju.web.accounts.me import me
from guiju.web.accounts.models import Expert, ExpertPost, Organisation
from guiju.web.accounts.queries import my_organisation
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused

_SPARE, _MOST = 2, 40  # blank rows, and rows there may be


@door("account.own")
def expert(request: HttpRequest) -> HttpResponse:
    """My entry as an expert: specialities, and where I worked, from which conflicts of interest are derived."""
    own = Expert.objects.filter(user=me(request)).prefetch_related("specialities", "posts").first()
    posts = [] if own is None else [{f: getattr(p, f) for f in ("institution", "code", "position", "since", "until")}
                                    for p in own.posts.all()]
    form = ExpertForm(request.POST or None, initial={} if own is None else {
        "title": own.title, "biography": own.biography,
        "specialities": "\n".join(s.field for s in own.specialities.all())})
    count = min(_MOST, len(posts) + _SPARE)
    rows = [PostForm(request.POST or None, prefix=f"post-{n}", initial=posts[n] if n < len(posts) else {})
            for n in range(count)]
    if request.method == "POST" and all([form.is_valid(), *(r.is_valid() for r in rows)]):
        given = [ExpertPost(**r.cleaned_data) for r in rows if r.cleaned_data["institution"]]
        save_expert(me(request), form.cleaned_data["title"], form.cleaned_data["biography"],
                    form.cleaned_data["specialities"], given)
        done(request, "已保存", "saved")
        return redirect("accounts:expert")
    return render(request, "accounts/expert.html", {"form": form, "rows": rows})


def _found(user: object, public_id: str) -> Organisation:
    return my_organisation(user, public_id)


@door("recommending.edit", _found)
def recommending(request: HttpRequest, own: Organisation, public_id: str) -> HttpResponse:
    """Let an organisation recommend, for a region or for a ministry."""
    form = RecommendingForm(request.POST or None, initial={"region": own.region, "ministry": own.ministry})
    if request.method == "POST" and form.is_valid():
        try:
            make_recommending(own, form.cleaned_data["region"], form.cleaned_data["ministry"])
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, "已设为推荐单位", "it recommends now")
            return redirect("accounts:organisation", public_id)
    return render(request, "accounts/recommending.html", {"form": form, "organisation": own})
