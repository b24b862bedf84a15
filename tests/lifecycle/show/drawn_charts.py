"""Charts to look at: one with everything that can be said, and graphs made up for the layout."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from guiju.lifecycle.library import CHARTS, load_charts
from guiju.lifecycle.show.describe import described
from guiju.lifecycle.show.view import NONE, Actor, Move, Phase, Stage, View
from guiju.source.diagnostics import Text

PERMIT = """
id: demo/permit
title: {zh: 示例许可, en: a permit}
cite: "1"
clauses:
  "1": {zh: 总则, en: general}
  "2": {zh: 申请, en: application}
parameters:
  answer_time: {name: 答复时限, type: number, unit: 工作日, default: 10 工作日, or: [15 工作日], cite: "1", ref: "7#1"}
  shown_time: {name: 公示时限, type: number, unit: 日, cite: "1"}
  counting: {name: 起算读法, type: choice, default: 收件日, or: [受理日], cite: "1"}
facts:
  filed_on: {name: 收件日期, en: filed on, type: date}
  taken_on: {name: 受理日期, en: taken on, type: date}
  ends_on: {name: 许可到期日, en: permit ends on, type: date}
  grade: {name: 许可等级, en: grade, type: choice, of: [甲级, 乙级]}
  hurried: {name: 已申请加急, en: asked to hurry, type: bool}
roles:
  HOST: {label: {zh: 申请人, en: applicant}, held_by: applicant}
  OFFICE: {label: {zh: 机关, en: office}, held_by: office, bars: [HOST]}
  PUBLIC: {label: {zh: 公众, en: public}, held_by: anyone}
phases: {ask: {zh: 申请, en: asking}, hold: {zh: 持证, en: holding}}
stages:
  filed: {label: {zh: 已收件, en: filed}, phase: ask}
  shown: {label: {zh: 公示中, en: on notice}, phase: ask, public: 是}
  held: {label: {zh: 持证, en: held}, phase: hold, note: {zh: 可以续期, en: may be renewed}}
  refused: {label: {zh: 不予许可, en: refused}, phase: ask, final: 是}
  over: {label: {zh: 已失效, en: over}, phase: hold, final: 是}
moves:
  file: {label: {zh: 递交, en: file}, from: start, to: filed, by: HOST, sets: {filed_on: 今日}, cite: "2"}
  show:
    label: {zh: 受理并公示, en: take it on}
    from: filed
    to: shown
    by: [OFFICE, {role: PUBLIC, when: 起算读法 = 受理日}]
    within: answer
    gives: [许可等级]
    may_give: [已申请加急]
    needs: [{zh: 加急说明, en: why in a hurry, when: 已申请加急}]
    makes: [{zh: 受理通知, en: notification}]
    sets: {taken_on: 今日, ends_on: 今日 + 3 年}
    when:
      - {id: good, name: {zh: 等级适当, en: the right grade}, require: 许可等级 = 甲级, when: not 已申请加急,
         strength: principle, cite: "2"}
      - {id: either, name: {zh: 其一, en: one of them}, any_of: [许可等级 = 甲级, 已申请加急], cite: "2"}
    cite: "2"
  refuse: {label: {zh: 不予许可, en: refuse}, from: [filed, shown], to: refused, by: OFFICE, bans: [waiting],
           basis: inferred, ref: "7#2", cite: "2"}
  grant: {label: {zh: 颁证, en: grant}, from: shown, to: held, by: OFFICE}
  renew: {label: {zh: 续期, en: renew}, from: held, by: OFFICE, within: ask_again,
          sets: {ends_on: 许可到期日 + 3 年}, clears: [已申请加急], cite: "2"}
  report: {label: {zh: 年报, en: report}, from: held, by: HOST, cite: "2"}
  expire: {label: {zh: 期满失效, en: expire}, from: held, to: over, auto: 是, after: life, basis: default, cite: "2"}
terms:
  answer: {label: {zh: 答复, en: answer}, length: 答复时限, from: if 起算读法 = 收件日 then 收件日期 else 受理日期,
           in: filed, then: register, cite: "2"}
  ask_again: {label: {zh: 续期申请, en: asking again}, length: 3 月, before: 许可到期日, in: held, strength: principle,
              then: lapse, cite: "2"}
  life: {label: {zh: 有效期, en: life}, until: 许可到期日, in: held, then: expire, cite: "2"}
notices:
  list: {label: {zh: 拟许可公示, en: notice}, subject: {zh: 名单, en: the list}, stage: shown, from: 受理日期,
         at_least: 公示时限, objections: against, blocks: [grant], despite: [refuse], cite: "2"}
duties:
  yearly: {label: {zh: 每年报告, en: yearly report}, move: report, yearly: 03-31, from: 受理日期, while: held,
           cite: "2"}
loops:
  renewals: {name: 续期次数, label: {zh: 续期, en: renewals}, moves: [renew], most: 2, cite: "2"}
bans:
  waiting: {label: {zh: 一年内不得再申请, en: not again for a year}, length: 1 年, from: 收件日期, who: HOST,
            at_least: 是, cite: "2"}
procedures:
  against: {label: {zh: 许可异议, en: objection}, use: common/objection, roles: {raiser: PUBLIC, handler: OFFICE},
            sets: {objection_identity: 须实名}, cite: "2"}
"""


def write_permit(folder: Path) -> Path:
    """A library with the permit and what it uses."""
    objection = (CHARTS / "common" / "objection" / "chart.yaml").read_text("utf-8")
    for name, text in {"demo/permit": PERMIT, "common/objection": objection}.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "chart.yaml").write_text(text, "utf-8")
    return folder


def permit(folder: Path) -> View:
    return described(load_charts(write_permit(folder)).chart("demo/permit"))


def said(text: str) -> Text:
    return Text(text, text)


def stage(id_: str, label: str = "", phase: str = "", final: bool = False, moves: tuple[str, ...] = ()) -> Stage:
    return Stage(id_, said(label or id_), phase, final, False, NONE, (), moves, (), (), (), ())


def move(id_: str, sources: tuple[str, ...], target: str, label: str = "", basis: str = "text") -> Move:
    return Move(id_, said(label or id_), sources, target, (Actor("R", said("某人"), NONE),), (), (), (), (), (), (), (),
                (), (), (), (), (), (), (), False, basis, "", NONE, ("1",))


def graph(stages: list[Stage], moves: list[Move], phases: tuple[str, ...] = (), title: str = "图") -> View:
    """A chart of stages and moves only."""
    known = [Stage(s.id, s.label, s.phase, s.final, s.public, s.note, s.clauses,
                   tuple(m.id for m in moves if s.id in m.sources), (), (), (), ()) for s in stages]
    return View("demo/graph", said(title), "1", "0" * 64, ("1",), (), (), (), (), (),
                tuple(Phase(p, said(p)) for p in phases), tuple(known), tuple(moves), (), (), (), (), (), (), (), ())


@st.composite
def graphs(draw: st.DrawFn) -> View:
    """Any chart of up to ten stages: with loops, skips, several moves between two stages, stages that none reaches."""
    count = draw(st.integers(1, 10))
    phases = tuple(f"p{i}" for i in range(draw(st.integers(0, 3))))
    ids = [f"s{i}" for i in range(count)]
    labels = st.text(alphabet="环节名称 abc", max_size=40)
    stages = [stage(i, draw(labels), draw(st.sampled_from(["", *phases])), draw(st.booleans())) for i in ids]
    moves = [move("m0", (), ids[0])]
    for n in range(draw(st.integers(0, 14))):
        sources = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=4, unique=True))
        target = draw(st.sampled_from(["", *ids]))
        basis = draw(st.sampled_from(["text", "default"]))
        moves.append(move(f"m{n + 1}", tuple(sources), target, draw(labels), basis))
    return graph(stages, moves, phases)
