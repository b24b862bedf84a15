"""Each rule of recusal: a tie it finds, and one that looks alike and is none; what it can't tell is told."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

import pytest
from rounds_of_review import application, expert, organisation

from guiju.review.conflicts import Declaration, Findings, Rules, Setting, find_conflicts, rule_names
from guiju.review.organisation import Organisation
from guiju.review.people import Application, Expert, Person, Post, Work
from guiju.source.diagnostics import GuijuError

DAY = dt.date(2024, 4, 22)
SHARED = 77


def found(rule: str, experts: Sequence[Expert], applications: Sequence[Application],
          declarations: Sequence[Declaration] = (), **setting: Any) -> Findings:
    """What one rule finds, all others off."""
    settings = {name: Setting("off") for name in rule_names()}
    settings[rule] = Setting(**setting)
    return find_conflicts(experts, applications, Rules(DAY, settings), declarations)


def pairs(findings: Findings) -> list[tuple[str, str]]:
    return [c.pair for c in findings.conflicts]


def post(home: int, since: str | None = None, until: str | None = None) -> Post:
    return Post(organisation(home), since and dt.date.fromisoformat(since), until and dt.date.fromisoformat(until))


def test_there_is_a_rule_for_each_tie() -> None:
    assert set(rule_names()) == {"same_institution", "consortium_partner", "own_application", "co_author",
                                 "recent_employment", "same_recommender", "declared"}


def test_same_institution_goes_by_the_code_not_by_the_name() -> None:
    code = organisation(SHARED).code
    home = Organisation(f" {code.lower()[:8]}-{code.lower()[8:]} ", "改了名的研究院")
    namesake = Organisation(organisation(8).code, organisation(SHARED).name)

    findings = found("same_institution", [Expert("e1", "甲", home), Expert("e2", "乙", namesake)],
                     [application(1, SHARED)])

    assert pairs(findings) == [("e1", "a1")]
    assert findings.conflicts[0].evidence[0].value == code


@pytest.mark.parametrize(("work", "tied"), [
    (post(SHARED), True), (post(SHARED, until="2024-04-22"), True), (post(SHARED, since="2024-04-22"), True),
    (post(SHARED, until="2024-04-21"), False), (post(SHARED, since="2024-04-23"), False), (post(8), False)])
def test_a_side_post_counts_while_it_lasts(work: Post, tied: bool) -> None:
    findings = found("same_institution", [expert(1, posts=(work,))], [application(1, SHARED)])

    assert pairs(findings) == ([("e1", "a1")] if tied else [])


def test_a_partner_of_the_consortium_is_not_the_host() -> None:
    joint = application(1, 3, partners=(organisation(SHARED),))
    experts = [expert(1, SHARED), expert(2, 3), expert(3, 4)]

    assert pairs(found("consortium_partner", experts, [joint])) == [("e1", "a1")]
    assert pairs(found("same_institution", experts, [joint])) == [("e2", "a1")]


def test_who_takes_part_in_one_application_judges_none_of_the_round() -> None:
    own = application(1, people=(Person("专家1", organisation(SHARED)), Person("专家2", organisation(9))))

    findings = found("own_application", [expert(1, SHARED), expert(2, 10)], [own, application(2)])

    assert pairs(findings) == [("e1", "a1"), ("e1", "a2")]  # expert 2 is a namesake elsewhere


def test_a_namesake_whose_employer_is_not_known_is_shown_and_never_barred() -> None:
    own = application(1, people=(Person("专家1"),))

    findings = found("own_application", [expert(1, SHARED)], [own, application(2)], mode="bar", basis="细则第5条")

    assert [(c.pair, c.strength) for c in findings.conflicts] == [(("e1", "a1"), "discloses")]


def test_an_identity_tells_namesakes_apart() -> None:
    own = application(1, people=(Person("专家1", identity="x"), Person("改过名", identity="y")))

    findings = found("own_application", [expert(1, identity="z"), expert(2, identity="y")], [own])

    assert pairs(findings) == [("e2", "a1")]


def test_a_co_author_is_found_in_what_the_application_lists() -> None:
    listed = application(1, works=(Work("标准甲", (Person("专家1", organisation(SHARED), role="主要起草人"),
                                               Person("专家2", organisation(SHARED))), "国家标准"),))

    findings = found("co_author", [expert(1, SHARED), expert(2, 8)], [listed, application(2)])

    assert pairs(findings) == [("e1", "a1")]
    assert "国家标准“标准甲”" in findings.conflicts[0].reason.zh


@pytest.mark.parametrize(("until", "tied"), [
    ("2021-04-22", True), ("2021-04-21", False), ("2024-04-21", True), ("2024-04-22", False)])
def test_past_employment_counts_for_the_years_that_the_round_sets(until: str, tied: bool) -> None:
    findings = found("recent_employment", [expert(1, posts=(post(SHARED, until=until),))], [application(1, SHARED)],
                     years=3)

    assert pairs(findings) == ([("e1", "a1")] if tied else [])
    assert findings.gaps == ()


def test_without_a_number_of_years_recent_can_not_be_told() -> None:
    findings = found("recent_employment", [expert(1, posts=(post(SHARED, until="2024-04-01"),))],
                     [application(1, SHARED)])

    assert pairs(findings) == []
    assert ["recent_employment.years" in g.text.zh for g in findings.gaps] == [True]


def test_the_body_that_put_the_expert_forward_recommended_the_application() -> None:
    experts = [expert(1, recommender=organisation(SHARED)), expert(2, SHARED), expert(3, recommender=organisation(8)),
               expert(4)]

    findings = found("same_recommender", experts, [application(1, recommender=organisation(SHARED)), application(2)])

    assert pairs(findings) == [("e1", "a1"), ("e2", "a1")]


def test_a_declaration_holds_for_an_application_or_for_all_of_an_organisation() -> None:
    cases = [application(1, SHARED), application(2, 3, partners=(organisation(SHARED),)), application(3)]
    said = [Declaration("e1", "师生", organisation=organisation(SHARED).code),
            Declaration("e2", "亲属", "a3", by="申报单位")]

    findings = found("declared", [expert(1), expert(2)], cases, said)

    assert pairs(findings) == [("e1", "a1"), ("e1", "a2"), ("e2", "a3")]
    assert "师生" in findings.conflicts[0].reason.zh


def test_a_hint_bars_nobody_and_a_bar_needs_a_clause() -> None:
    people, cases = [expert(1, SHARED)], [application(1, SHARED)]

    assert found("same_institution", people, cases).barred() == frozenset()
    assert found("same_institution", people, cases, mode="off").conflicts == ()
    assert found("same_institution", people, cases, mode="bar", basis="细则第5条").barred() == {("e1", "a1")}
    with pytest.raises(GuijuError, match="E803"):
        found("same_institution", people, cases, mode="bar")


@pytest.mark.parametrize(("code", "said"), [
    ("", "没有统一社会信用代码"), ("911100000000000001", "位数、字符或校验位不对")])
def test_a_code_that_can_not_be_compared_is_a_gap_not_an_all_clear(code: str, said: str) -> None:
    findings = found("same_institution", [Expert("e1", "甲", Organisation(code, "某院"))], [application(1)])

    assert [(g.about, said in g.text.zh) for g in findings.gaps] == [("e1", True)]


def test_a_past_employer_without_a_code_is_a_gap_where_it_would_count() -> None:
    unknown = Organisation("", "某检测公司")
    posts = (Post(unknown, until=dt.date(2023, 6, 30)), Post(unknown, until=dt.date(2010, 6, 30)))

    findings = found("recent_employment", [expert(1, posts=posts)], [application(1)], years=3)

    assert [(g.about, "某检测公司" in g.text.zh) for g in findings.gaps] == [("e1", True)]


def test_a_partner_without_a_code_is_a_gap_of_the_rule_about_partners() -> None:
    joint = application(1, partners=(Organisation("", "某协会"),))

    assert [g.about for g in found("consortium_partner", [expert(1)], [joint]).gaps] == ["a1"]
    assert found("same_institution", [expert(1)], [joint]).gaps == ()


def test_the_order_of_the_lists_changes_nothing() -> None:
    experts = [expert(n, n % 4, recommender=organisation(n % 3)) for n in range(8)]
    cases = [application(n, n % 4, recommender=organisation(n % 3)) for n in range(6)]
    shuffled = random.Random(1)

    assert find_conflicts(shuffled.sample(experts, 8), shuffled.sample(cases, 6), Rules(DAY)) == find_conflicts(
        experts, cases, Rules(DAY))


@pytest.mark.parametrize(("code", "rules", "declarations"), [
    ("E802", Rules(DAY, {"same_intitution": Setting()}), []),
    ("E803", Rules(DAY, {"same_institution": Setting("maybe")}), []),  # type: ignore[arg-type]  # no such mode
    ("E803", Rules(DAY, {"recent_employment": Setting(years=-1)}), []),
    ("E802", Rules(DAY), [Declaration("e9", "亲属", "a1")]),
    ("E802", Rules(DAY), [Declaration("e1", "亲属", "a9")]),
    ("E802", Rules(DAY), [Declaration("e1", "亲属")]),
])
def test_rules_and_declarations_about_nothing_are_refused(code: str, rules: Rules, declarations: list[Declaration]
                                                          ) -> None:
    with pytest.raises(GuijuError, match=code):
        find_conflicts([expert(1)], [application(1)], rules, declarations)


def test_an_id_is_used_once() -> None:
    with pytest.raises(GuijuError, match="E801"):
        find_conflicts([expert(1), expert(1)], [application(1)], Rules(DAY))
