"""My organisations: their entry, their people, delegation, and what happens when a person leaves."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.accounts.domain import invitations, organisations
from guiju.web.accounts.domain.transfer import hand_over
from guiju.web.accounts.forms import (
    DelegationForm,
    InviteForm,
    OrganisationEditForm,
    OrganisationForm,
    RoleForm,
    SuccessorForm,
)
from guiju.web.accounts.me import me
from guiju.web.accounts.models import Delegation, Invitation, Membership, Organisation
from guiju.web.accounts.queries import (
    all_organisations,
    delegations,
    forget,
    members,
    my_organisation,
    open_invitations,
    people_of,
)
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Denied, Refused, verdict


def _found(user: object, public_id: str, **_: object) -> Organisation:
    return my_organisation(user, public_id)


@door("organisation.create")
def create(request: HttpRequest) -> HttpResponse:
    """Register an organisation: who does becomes its first manager."""
    form = OrganisationForm(request.POST or None, operator=me(request).is_operator)
    if request.method == "POST" and form.is_valid():
        try:
            made = organisations.create_organisation(manager=me(request), **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, "单位已登记，您是它的管理员", "registered; you are its manager")
            return redirect("accounts:organisation", made.public_id)
    return render(request, "accounts/organisation_new.html", {"form": form})


@door("organisation.view", _found, methods=("GET", "HEAD"))
def organisation(request: HttpRequest, own: Organisation, public_id: str) -> HttpResponse:
    return render(request, "accounts/organisation.html", {
        "organisation": own, "members": members(own), "delegations": delegations(own),
        "invitations": open_invitations(own), "today": today()})


@door("organisation.list", methods=("GET", "HEAD"))
def everyone(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/organisations.html", {"organisations": all_organisations()})


@door("organisation.edit", _found)
def edit(request: HttpRequest, own: Organisation, public_id: str) -> HttpResponse:
    form = OrganisationEditForm(request.POST or None, operator=me(request).is_operator, initial={
        "name": own.name, "kind": own.kind, "region": own.region, "ministry": own.ministry})
    if request.method == "POST" and form.is_valid():
        try:
            organisations.edit_organisation(own, **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal, "region")
        else:
            done(request, "已保存", "saved")
            return redirect("accounts:organisation", public_id)
    return render(request, "accounts/organisation_edit.html", {"form": form, "organisation": own})


@door("organisation.invite", _found)
def invite(request: HttpRequest, own: Organisation, public_id: str) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invitations.invite(own, me(request), form.cleaned_data["email"], form.cleaned_data["role"])
        done(request, "邀请已发出，七天内有效", "the invitation was sent; it holds for seven days")
        return redirect("accounts:organisation", public_id)
    return render(request, "accounts/invite.html", {"form": form, "organisation": own})


@door("organisation.invite", _found)
def withdraw(request: HttpRequest, own: Organisation, public_id: str, invitation: str) -> HttpResponse:
    found = Invitation.objects.filter(organisation=own, public_id=invitation).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        invitations.withdraw(found)
        done(request, "邀请已撤回", "withdrawn")
    return redirect("accounts:organisation", public_id)


@door("organisation.people", _found)
def member(request: HttpRequest, own: Organisation, public_id: str, person: str) -> HttpResponse:
    """Change a member's role, or end his part."""
    found = Membership.objects.select_related("user", "organisation").filter(
        organisation=own, user__public_id=person, until__isnull=True).first()
    if found is None:
        raise Http404
    form = RoleForm(request.POST or None, initial={"role": found.role})
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("end"):
                organisations.end_membership(found)
            else:
                organisations.change_role(found, form.cleaned_data["role"])
        except Refused as refusal:
            form.refused(refusal)
        else:
            forget(me(request))
            done(request, "已保存", "saved")
            return redirect("accounts:organisation", public_id)
    return render(request, "accounts/member.html", {"form": form, "organisation": own, "member": found})


@door("organisation.delegate", _found)
def delegate(request: HttpRequest, own: Organisation, public_id: str) -> HttpResponse:
    """Let someone of the organisation act in my place until a day."""
    others = [p for p in people_of(own) if p != me(request)]
    form = DelegationForm(others, request.POST or None, initial={"since": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            organisations.delegate(own, me(request), form.chosen, data["since"], data["until"], data["reason"])
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, "委托已登记", "the delegation is entered")
            return redirect("accounts:organisation", public_id)
    return render(request, "accounts/delegate.html", {"form": form, "organisation": own})


@door("organisation.view", _found)
def revoke(request: HttpRequest, own: Organisation, public_id: str, number: int) -> HttpResponse:
    """End a delegation: one's own, or any for a manager."""
    found = Delegation.objects.select_related("delegate", "giver").filter(organisation=own, pk=number).first()
    if found is None:
        raise Http404
    if found.giver != me(request):
        answer = verdict(me(request), "organisation.people", own)
        if not answer:
            raise Denied(answer.why)
    if request.method == "POST":
        organisations.revoke(found)
        done(request, "委托已终止", "the delegation has ended")
    return redirect("accounts:organisation", public_id)


@door("organisation.hand_over", _found)
def leave(request: HttpRequest, own: Organisation, public_id: str, person: str) -> HttpResponse:
    """A person leaves: everything goes to a successor."""
    people = list(people_of(own))
    leaver = next((p for p in people if p.public_id == person), None)
    if leaver is None:
        raise Http404
    form = SuccessorForm([p for p in people if p != leaver], request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = hand_over(own, leaver, form.chosen)
        except Refused as refusal:
            form.refused(refusal)
        else:
            forget(me(request))
            done(request, "已移交：" + ("、".join(f"{x.zh} {n} 项" for x, n in moved) or "无"),
                 "handed over: " + (", ".join(f"{x.en} {n}" for x, n in moved) or "nothing"))
            if leaver == me(request):
                return redirect("accounts:account")
            return redirect("accounts:organisation", public_id)
    return render(request, "accounts/leave.html", {"form": form, "organisation": own, "leaver": leaver})
