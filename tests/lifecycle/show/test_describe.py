"""A chart as plain data: everything in words, in both languages."""

import json
from dataclasses import asdict

import pytest
from drawn_charts import permit

from guiju.lifecycle.library import installed_charts
from guiju.lifecycle.show.describe import described


@pytest.fixture(scope="module")
def view(tmp_path_factory):
    return permit(tmp_path_factory.mktemp("charts"))


@pytest.mark.parametrize(("part", "id_", "zh", "en"), [
    ("terms", "answer", "自（若 起算读法 = 收件日 则 收件日期，否则 受理日期）起 答复时限（默认 10 个工作日）",
     "answer time (10 working days by default) from (if counting = 收件日 then filed on else taken on)"),
    ("terms", "ask_again", "许可到期日前 3 个月", "3 months before permit ends on"),
    ("terms", "life", "到许可到期日为止", "until permit ends on"),
    ("notices", "list", "自受理日期起至少 公示时限（待定）", "at least shown time (open) from taken on"),
    ("duties", "yearly", "每年 3 月 31 日前，自受理日期起", "each year by 03-31, from taken on"),
    ("bans", "waiting", "自收件日期起 至少 1 年", "at least 1 year from filed on"),
])
def test_lengths_of_time(view, part, id_, zh, en):
    found = next(p for p in getattr(view, part) if p.id == id_)

    assert (found.span.zh, found.span.en) == (zh, en)


def test_lengths_for_a_badge(view):
    briefs = {t.id: (t.brief.zh, t.brief.en) for t in (*view.terms, *view.notices)}

    assert briefs == {"answer": ("默认 10 个工作日", "10 working days by default"), "ask_again": ("3 个月", "3 months"),
                      "life": ("到许可到期日", "until permit ends on"), "list": ("待定", "open")}


def test_a_notice_says_how_days_are_counted(view):
    assert view.notices[0].counting.zh == "不计首日满期为足；首尾均计才满的由人裁量"


def test_a_stage_names_what_may_be_done_and_what_runs_there(view):
    shown, held = view.stages[1], view.stages[2]

    assert (shown.moves, shown.notices, shown.opens) == (("refuse", "grant"), ("list",), ("against",))
    assert (held.moves, held.terms, held.duties) == (("renew", "report", "expire"), ("ask_again", "life"), ("yearly",))


def test_guards_in_words(view):
    good, either = view.moves[1].guards

    assert (good.name.zh, good.asks.zh, good.strength) == ("等级适当", "许可等级 = 甲级", "principle")
    assert (good.when.zh, good.when.en) == ("非“已申请加急”", "not asked to hurry")
    assert (either.form, [m.name.zh for m in either.members]) == ("any_of", ["许可等级 = 甲级", "已申请加急"])


def test_what_a_move_asks_and_brings(view):
    show = view.moves[1]

    assert [(a.role, a.when.zh) for a in show.by] == [("OFFICE", ""), ("PUBLIC", "起算读法 = 受理日")]
    assert [(p.name.zh, p.when.zh) for p in show.needs] == [("加急说明", "已申请加急")]
    assert [(c.fact.en, c.value.en) for c in show.sets] == [("taken on", "today"),
                                                            ("permit ends on", "3 years after today")]
    assert [t.en for t in (*show.gives, *show.may_give)] == ["grade", "asked to hurry"]


def test_moves_know_what_waits_and_what_is_counted(view):
    moves = {m.id: m for m in view.moves}

    assert (moves["grant"].waits, moves["renew"].counted) == (("list",), ("renewals",))
    assert moves["refuse"].bans == ("waiting",)
    assert (moves["refuse"].basis, moves["refuse"].ref, moves["expire"].auto) == ("inferred", "7#2", True)
    assert (view.bans[0].begins, view.banned_from, view.loops[0].most.en) == (("refuse",), ("file",), "2")


def test_parameters_with_their_readings(view):
    found = {p.id: (p.default.zh, [a.zh for a in p.alternatives], p.open) for p in view.parameters}

    assert found == {"answer_time": ("10 个工作日", ["15 个工作日"], False), "shown_time": ("", [], True),
                     "counting": ("收件日", ["受理日"], False)}


def test_a_sub_procedure_is_a_chart_of_its_own(view):
    against = view.procedures[0]

    assert (against.notices, against.stages) == (("list",), ())
    assert [(c.fact.zh, c.value.zh) for c in against.sets] == [("异议人身份要求", "须实名")]
    assert [s.id for s in against.chart.stages] == ["raised", "accepted", "upheld", "dismissed"]


@pytest.mark.parametrize("id_", installed_charts().ids())
def test_every_chart_is_data_for_programs_in_words_alone(id_):
    view = described(installed_charts().chart(id_))
    data = json.dumps(asdict(view), ensure_ascii=False)

    assert json.loads(data)["id"] == id_
    assert [word for word in ("Node(", "fact('", "const(", "param('", "Fraction(") if word in data] == []
