"""A small policy, reforms of it, and organisations whom they touch in different ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.evaluate.evaluation import Evaluation, evaluate, setting_for
from guiju.facts.model import Facts
from guiju.facts.read import facts_from_node
from guiju.language.compile.reform import read_reform
from guiju.language.library import load_library
from guiju.population.people import Population, population_of
from guiju.population.reform.sides import KINDS, POSSIBLE
from guiju.population.reform.simulation import Chunk, Simulation
from guiju.population.reform.simulation import Result as Simulated
from guiju.source.document import parse_document
from guiju.vocabulary import load_vocabulary

DAY = dt.date(2024, 6, 30)
POLICY = """\
id: town/prize
title: 某市奖
in_force: {from: 2020-01-01, to: 2026-12-31, cite: "1"}
clauses: {"1": {zh: 条件}, "2": {zh: 金额}}
parameters:
  least: {name: 收入下限, type: money, default: 100 万元, cite: "1"}
  most: {name: 年度上限, type: money, default: 15 万元, cite: "2"}
  way: {name: 口径, type: choice, default: 从宽, or: [从严], cite: "1"}
goals:
- {id: g, name: 目标, main: true, require: [E1, E2], pays: true}
"""
RULES = """\
conditions:
- {id: E1, require: 上年度营业收入 >= 收入下限, cite: "1"}
- {id: E2, require: 境内工商登记 or 口径 = 从严, cite: "1"}
benefits:
- id: b
  each: 标准
  cite: "2"
  table: |
    id | 级别     | 金额
    B1 | 国家标准 | 10 万元
    B2 | 行业标准 | 4 万元
    B3 | 地方标准 | 外部规定
- id: c
  each: 标准
  cite: "2"
  kind: up_to
  table: |
    id | 级别     | 金额
    C1 | 国际标准 | 5 万元
limits:
- {id: K, cap: 年度上限, of: all, cite: "2"}
"""
REFORM = "amends: town/prize\ntitle: {zh: 试改, en: a try}\nproposed_by: 某处\n"
RAISED = REFORM + "benefits:\n- {id: B1, 金额: 12 万元}\n"
LOOSER = REFORM + "parameters: {least: 50 万元}\n"
CAPPED = REFORM + "parameters: {most: 11 万元}\n"
FREER = REFORM + "conditions:\n- {id: E2, drop: 是}\n"
NARROW = REFORM + "benefits:\n- {id: B2, drop: 是}\n"
STRICTER = REFORM + "conditions:\n- {id: E3, require: 上年度营业收入 >= 300 万元}\ngoals:\n" \
    "- {id: g, require: [E1, E2, E3]}\n"
HIGHER = REFORM + "benefits:\n- {id: C1, 金额: 9 万元}\n"
LOWER = REFORM + "benefits:\n- {id: C1, 金额: 3 万元}\n"
FIXED = REFORM + "benefits:\n- {id: c, kind: exact}\n"
LOOSE = REFORM + "benefits:\n- {id: b, kind: up_to}\n"
NUMBERED = REFORM + "benefits:\n- {id: B3, 金额: 2 万元}\n"
REFORMS = {"raised": RAISED, "looser": LOOSER, "capped": CAPPED, "freer": FREER, "narrow": NARROW, "stricter": STRICTER,
           "higher": HIGHER, "lower": LOWER, "fixed": FIXED, "loose": LOOSE, "numbered": NUMBERED}
NATIONAL, TRADE, WORLD, LOCAL = (f"{{级别: {level}}}" for level in ("国家标准", "行业标准", "国际标准", "地方标准"))
PEOPLE = [
    f"{{上年度营业收入: {revenue}, 境内工商登记: {registered}, 标准: [{rows}]}}"
    for revenue in ("40 万元", "60 万元", "100 万元", "500 万元") for registered in ("是", "否")
    for rows in ("", NATIONAL, TRADE, f"{NATIONAL}, {NATIONAL}, {TRADE}", WORLD, f"{WORLD}, {TRADE}", LOCAL)]


@dataclass(frozen=True)
class Crowd:
    names: Sequence[str]
    people: Population


def facts(text: str) -> Facts:
    return facts_from_node(parse_document(text), load_vocabulary())


def crowd(everybody: Sequence[Facts]) -> Crowd:
    return Crowd([f"o{n:03}" for n in range(len(everybody))], population_of(everybody, load_vocabulary()))


def hidden(whole: Facts, what: str) -> Facts:
    """The same organisation of which one thing is not known."""
    return Facts({k: v for k, v in whole.values.items() if k != what},
                 {k: v for k, v in whole.records.items() if k != what})


def simulation_in(folder: Path, text: str) -> Simulation:
    """The reform `text` of the policy, both written to the folder."""
    (folder / "town/prize").mkdir(parents=True, exist_ok=True)
    (folder / "town/prize/policy.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "town/prize/rules.yaml").write_text(RULES, encoding="utf-8")
    (folder / "reform.yaml").write_text(text, encoding="utf-8")
    library = load_library(folder)
    policy = library.policy("town/prize")
    return Simulation(read_reform(folder / "reform.yaml", policy, library.folder_of(policy)), setting_for(policy, DAY))


def outcome_of(simulation: Simulation, everybody: Sequence[Facts]) -> tuple[Simulated, list[Chunk]]:
    chunks: list[Chunk] = []
    half = len(everybody) // 2
    return simulation.run([crowd(everybody[:half]), crowd(everybody[half:])], chunks.append), chunks


def kinds_of(chunks: Sequence[Chunk]) -> list[tuple[str, set[str]]]:
    """What becomes of each, and what may."""
    return [(KINDS[kind], {k for k in POSSIBLE if chunk.change.possible[k][row]})
            for chunk in chunks for row, kind in enumerate(chunk.change.kind.tolist())]


def one_by_one(simulation: Simulation, one: Facts) -> tuple[Evaluation, Evaluation]:
    reform, (old, new) = simulation.reform, simulation.settings
    return evaluate(reform.before, one, old), evaluate(reform.after, one, new)
