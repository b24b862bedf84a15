"""Acts of recommending bodies and of the officer who examines."""

from guiju.web.intake.domain.batches import Outcome, Plan, carry_out, rehearse
from guiju.web.intake.domain.consulting import answer_by_link, ask, record_answer
from guiju.web.intake.domain.examining import conclude
from guiju.web.intake.domain.marks import mark_formal, mark_material
from guiju.web.intake.domain.officer import Given
from guiju.web.intake.domain.opinions import Written, write_opinion
from guiju.web.intake.domain.recommending import decline, forward, refuse_late, send_back, take_in

__all__ = ["Given", "Outcome", "Plan", "Written", "answer_by_link", "ask", "carry_out", "conclude", "decline",
           "forward", "mark_formal", "mark_material", "record_answer", "refuse_late", "rehearse", "send_back",
           "take_in", "write_opinion"]
