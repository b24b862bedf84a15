"""One joint application from the call to the exit: eight kinds of people, each in a browser of his own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from applying_jointly import it_is_begun_and_the_partner_joins, it_is_handed_in, two_organisations_write_it
from browser import Visits
from building import (
    it_has_to_be_rectified_first,
    it_is_on_the_register,
    the_director_plans_and_reports,
    the_extension_is_asked_for_and_granted,
    the_ministries_accept_it_after_the_notice,
    the_term_ends_by_itself_and_acceptance_is_applied_for,
)
from cast import Story, enter_everyone
from examining import (
    it_is_accepted_when_the_notice_is_over,
    somebody_objects_and_it_is_settled,
    the_bureau_examines_and_publishes,
)
from judging import (
    the_chair_begins_and_experts_are_assigned,
    the_committee_and_the_panel_are_composed,
    the_committee_meets_and_votes,
    the_leader_visits_and_closes,
    the_list_is_published_and_the_building_approved,
    three_experts_mark,
)
from opening import the_round_is_opened
from operating import (
    anyone_with_the_file_can_verify_the_record,
    it_fails_an_evaluation_and_puts_it_right,
    it_is_taken_off_the_list_for_misconduct,
    it_reports_and_is_renamed,
    outputs_carry_its_name,
)
from recommending import (
    it_is_forwarded_with_the_opinion,
    the_body_takes_it_in_and_checks_it,
    the_department_is_asked_and_answers,
)

pytestmark = pytest.mark.django_db(transaction=True)
CHAPTERS: tuple[Callable[[Story], None], ...] = (
    the_round_is_opened,
    it_is_begun_and_the_partner_joins, two_organisations_write_it, it_is_handed_in,
    the_body_takes_it_in_and_checks_it, the_department_is_asked_and_answers, it_is_forwarded_with_the_opinion,
    the_bureau_examines_and_publishes, somebody_objects_and_it_is_settled, it_is_accepted_when_the_notice_is_over,
    the_committee_and_the_panel_are_composed, the_chair_begins_and_experts_are_assigned, three_experts_mark,
    the_leader_visits_and_closes, the_committee_meets_and_votes, the_list_is_published_and_the_building_approved,
    it_is_on_the_register, the_director_plans_and_reports, the_extension_is_asked_for_and_granted,
    the_term_ends_by_itself_and_acceptance_is_applied_for, it_has_to_be_rectified_first,
    the_ministries_accept_it_after_the_notice,
    it_reports_and_is_renamed, outputs_carry_its_name, it_fails_an_evaluation_and_puts_it_right,
    it_is_taken_off_the_list_for_misconduct,
)


def test_the_whole_story(visit: Visits, on: Callable[[str], None], tmp_path: Path) -> None:
    """Every step by clicking and typing; the clock is moved in between."""
    on("2026-02-20")
    enter_everyone()
    story = Story(visit, on)
    for chapter in CHAPTERS:
        chapter(story)
    anyone_with_the_file_can_verify_the_record(story, tmp_path)
