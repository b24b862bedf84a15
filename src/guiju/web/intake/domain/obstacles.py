"""What keeps a body from forwarding an application as it stands now, each with the place where it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.lifecycle.refusal import Reason
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.cases.domain.acts import refused_already
from guiju.web.intake.domain.marks import materials_pass, unsettled
from guiju.web.intake.domain.parts import acting_as, check_not_returned
from guiju.web.intake.domain.recommending import forwarding_evidence, forwarding_papers
from guiju.web.intake.quota import check_places
from guiju.web.intake.stages import FORWARD, RECOMMENDER
from guiju.web.kit.permissions import Refused

MARKS, ASKED, OPINION = "check", "asked", "opinion"  # headings of the page of the application
PLACES = {MARKS: Text("去材料审核", "To the check of the materials"),
          ASKED: Text("去征求意见", "To the departments asked"), OPINION: Text("去推荐意见", "To the opinion")}
CHECKED = "T07-checked"
_OF_GUARD = {CHECKED: MARKS, "T07-consulted": ASKED, "T07-opinion": OPINION, "T07-seal": OPINION, "T07-joint": OPINION}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """`place`: the heading below which it is mended, "" for none. `reason`: of the chart, if it is the chart's."""

    text: Text
    place: str = ""
    reason: Reason | None = None

    @property
    def clauses(self) -> tuple[str, ...]:
        return self.reason.clauses if self.reason else ()

    @property
    def is_decided(self) -> bool:
        """Whether a written reason is enough to go on."""
        return self.reason is not None and self.reason.code == "decision"

    @property
    def way(self) -> Text:
        return PLACES.get(self.place, Text("", ""))


def obstacles_to_forwarding(application: Application, user: User) -> list[Obstacle]:
    """Nothing is done or kept. The last place may still be taken before the button is pressed."""
    return [*_of_the_materials(application), *_refused(application), *_of_the_chart(application, user)]


def _of_the_materials(application: Application) -> Iterator[Obstacle]:
    open_ = unsettled(application)
    if open_:
        yield Obstacle(Text("还没有审核（或改交后没有重新确认）的项：" + "、".join(open_),
                            "not checked, or not confirmed since it was handed in again: " + ", ".join(open_)), MARKS)
    elif materials_pass(application) is None:
        yield Obstacle(Text("还有存疑的项：落实后改为通过或不通过", "some items are in doubt: settle them"), MARKS)


def _refused(application: Application) -> Iterator[Obstacle]:
    try:
        check_not_returned(application)
        check_places(application.body, application)
    except Refused as refused:
        yield Obstacle(refused.text)


def _of_the_chart(application: Application, user: User) -> Iterator[Obstacle]:
    refusal = refused_already(application.case, FORWARD, user,
                              acting_for=acting_as(user, application.case, RECOMMENDER),
                              evidence=forwarding_evidence(application, {}), uploads=forwarding_papers(application))
    for reason in refusal.reasons if refusal else ():
        if reason.about != CHECKED or materials_pass(application) is False:
            yield Obstacle(reason.text, _OF_GUARD.get(reason.about, ""), reason)
