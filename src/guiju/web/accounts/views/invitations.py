"""Taking an invitation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.accounts.domain import invitations
from guiju.web.accounts.forms import PartnerForm
from guiju.web.accounts.me import me
from guiju.web.accounts.queries import capacities, forget
from guiju.web.kit.doors import public
from guiju.web.kit.forms import Form
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused


@public
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link of an invitation shows. To accept one signs in first. A link that is no more says no more."""
    found = invitations.find(token)
    if found is None:
        return render(request, "accounts/invitation_over.html", status=404)
    partner = found.purpose == "partner"
    own = [c.organisation for c in capacities(request.user) if c.role == "manager"] if partner else []
    form: Form = PartnerForm(request.POST or None, initial={"code": own[0].code} if len(own) == 1 else {}) \
        if partner else Form(request.POST or None)
    if request.method == "POST" and request.user.is_authenticated and form.is_valid():
        try:
            joined = invitations.accept(token, me(request), **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            forget(request.user)
            done(request, "已接受邀请", "accepted")
            return redirect("accounts:organisation", joined.public_id)
    return render(request, "accounts/invitation.html", {"invitation": found, "form": form, "own": own})
