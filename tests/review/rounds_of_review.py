"""Small rounds of review for the tests: organisations with real check signs, experts, applications, rubrics."""

from __future__ import annotations

import dataclasses
import random
from fractions import Fraction
from typing import Any

from guiju.review.assignment import Load, Problem
from guiju.review.organisation import Organisation, check_sign
from guiju.review.people import Application, Expert
from guiju.review.rubric import Group, Indicator, Rubric, Scale
from guiju.review.scores import Score
from guiju.source.diagnostics import Text


def organisation(number: int) -> Organisation:
    """A different organisation for each number, with a code that GB 32100 can have produced."""
    body = f"91110000{number:09d}"
    return Organisation(body + check_sign(body), f"单位{number}")


def expert(number: int, home: int | None = None, **more: Any) -> Expert:
    return Expert(f"e{number}", f"专家{number}", organisation(100 + number if home is None else home), **more)


def application(number: int, home: int | None = None, **more: Any) -> Application:
    return Application(f"a{number}", f"申报{number}", organisation(500 + number if home is None else home), **more)


def chosen_problem(random_: random.Random, **more: Any) -> Problem:
    """A small problem by chance, often without a solution."""
    experts = [expert(n, random_.randrange(3), kinds=frozenset(random_.sample(["财务", "技术"], random_.randrange(3))),
                      specialities=frozenset(random_.sample(["f", "g"], random_.randrange(3))))
               for n in range(random_.randint(2, 5))]
    applications = [application(n, field=random_.choice("fg")) for n in range(random_.randint(1, 3))]
    panel = random_.randint(1, 2)
    least = random_.randrange(2)
    fit = {(e.id, a.id): random_.randrange(6) for e in experts for a in applications}
    pairs = sorted(fit)
    forbidden = frozenset(random_.sample(pairs, random_.randrange(min(3, len(pairs)))))
    fixed = frozenset(random_.sample([p for p in pairs if p not in forbidden], random_.randrange(2)))
    kinds = random_.choice([{}, {"财务": 1}, {"财务": 1, "技术": 1}]) if panel > 1 else {}
    given: dict[str, Any] = {
        "panel": panel, "load": Load(least, least + random_.randrange(3)), "fit": fit, "forbidden": forbidden,
        "fixed": fixed, "in_field": random_.randint(0, 1), "kinds": kinds,
        "one_per_institution": random_.random() < 0.5, "least_fit": random_.choice([0, 0, 1]), "seed": "种子"}
    return Problem(experts, applications, **(given | more))


def big_round(experts: int, applications: int, panel: int, load: Load, **more: Any) -> Problem:
    """A round of a real size."""
    random_ = random.Random(7)
    fields, contents = [f"领域{n}" for n in range(6)], [f"内容{n}" for n in range(20)]
    people = [expert(n, random_.randrange(12), kinds=frozenset(random_.sample(["财务", "技术", "管理", "法律"], 2)),
                     specialities=frozenset(random_.sample(fields, 2) + random_.sample(contents, 6)))
              for n in range(experts)]
    cases = [application(n, field=random_.choice(fields), contents=frozenset(random_.sample(contents, 4)))
             for n in range(applications)]
    return Problem(people, cases, panel, load, **({"in_field": 1, "seed": "2024-A"} | more))


def any_fit(problem: Problem, seed: int) -> Problem:
    """The problem with fits by chance, from 0 to 999, which leave the solver no easy way."""
    random_ = random.Random(seed)
    return dataclasses.replace(problem, fit={(e.id, a.id): random_.randrange(1000)
                                             for e in problem.experts for a in problem.applications})


def rubric(**more: Any) -> Rubric:
    """Two groups: `a` of 60 points and `b` of 40, marked from 0 to 10; and the veto `v`. Mean of at least two."""
    groups = (Group("g1", Text("甲类", "first"), (Indicator("a", Text("指标甲", "a"), weight=Fraction(60)),
                                                  Indicator("v", Text("否决", "veto"), veto=True))),
              Group("g2", Text("乙类", "second"), (Indicator("b", Text("指标乙", "b"), weight=Fraction(40)),)))
    given: dict[str, Any] = {"scale": Scale(Fraction(0), Fraction(10)), "aggregate": "mean", "least_scores": 2}
    return Rubric("r", Text("指标", "rubric"), groups, **(given | more))


def score(who: str, a: int | Fraction | None, b: int | Fraction | None, about: str = "A", **more: Any) -> Score:
    """Marks for the two indicators of `rubric`."""
    return Score(who, about, {"a": None if a is None else Fraction(a), "b": None if b is None else Fraction(b)}, **more)
