"""Random policies, as the plain data of their YAML files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from expressions import MEMBERS, NUMBERS, Draw, Names, Writer, dictionary_names
from hypothesis import strategies as st
from words import policy_of, written

from guiju.language.policy import Policy

PARAMETERS: dict[str, tuple[dict[str, str], list[str]]] = {
    "window": ({"name": "口径", "type": "choice"}, ["滚动", "自然年"]),
    "strict": ({"name": "从严", "type": "bool"}, ["是", "否"]),
    "grant": ({"name": "标准额", "type": "money"}, ["1 万元", "5 万元", "10 万元"]),
    "rate": ({"name": "比例线", "type": "ratio"}, ["5%", "50%"]),
    "line": ({"name": "人数线", "type": "number", "unit": "人"}, ["3 人", "10 人"]),
    "start": ({"name": "起始日", "type": "date"}, ["2020-01-01", "2022-06-30"]),
}
KINDS = {"window": "", "strict": "bool", "grant": "money", "rate": "ratio", "line": "person", "start": "date"}
STRENGTHS = ["hard", "hard", "hard", "principle", "preference", "judgement", "veto", "silent", "hint"]
CONDITION_FORMS = ["require", "require", "all_of", "any_of", "none_of", "at_least"]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A policy and the text that it was compiled from, as which it is shown."""

    policy: Policy
    text: str

    def __repr__(self) -> str:
        return self.text


class Policies:
    """Draws one policy. Names grow as things are declared, so that later rules use earlier ones."""

    def __init__(self, draw: Draw, depth: int = 2) -> None:
        self.draw = draw
        self.depth = depth
        self.names: Names = dictionary_names()
        self.parameters: dict[str, Any] = {}
        self.rules: dict[str, list[dict[str, Any]]] = {}
        self.goals: list[dict[str, Any]] = []
        self.count = 0

    def fresh(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def writer(self, record: str = "") -> Writer:
        return Writer(self.draw, self.names, record)

    def chance(self, percent: int) -> bool:
        return self.writer().chance(percent)

    def number(self, low: int, high: int) -> int:
        return int(self.draw(st.integers(low, high)))

    def pick(self, options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def built(self) -> Drawn:
        policy = policy_of(self.rules, self.goals or None, self.parameters)
        return Drawn(policy, written({"goals": self.goals, "parameters": self.parameters, **self.rules}))

    # Parameters and definitions

    def add_parameters(self) -> None:
        for id_, (shape, words) in PARAMETERS.items():
            values = self.draw(st.permutations(words))
            state = self.pick(["default", "alternatives", "alternatives", "open"])
            entry: dict[str, Any] = dict(shape)
            if state != "open":
                entry["default"] = values[0]
            if state == "alternatives":
                entry["or"] = values[1:]
            if state == "open" and shape["type"] == "choice":
                entry["or"] = values
            if shape["type"] == "money" and self.chance(30):
                entry["values"] = [{"from": "2020-01-01", "published": "2019-12-01", "value": values[-1]}]
            self.parameters[id_] = entry
            if KINDS[id_]:
                self.names.add(KINDS[id_], shape["name"])
            elif "or" in entry:
                self.names.windows.append(shape["name"])

    def add_definitions(self, most: int = 3) -> None:
        for _ in range(self.number(0, most)):
            id_ = self.fresh("d")
            record = self.pick(["", "", "成果", "奖项"])
            kind = self.pick(["bool", "bool", "date", *NUMBERS])
            value = self.writer(record).value(kind, self.depth)
            self.rules.setdefault("definitions", []).append(
                {"id": id_, "name": f"值{id_}", "value": value, "cite": "1", **({"on": record} if record else {})})
            self.names.add(kind, f"值{id_}", record)

    # Conditions

    def add_conditions(self, least: int = 1, most: int = 4, record: str = "") -> list[str]:
        """Conditions that may have earlier ones as members; their ids."""
        made: list[str] = []
        for _ in range(self.number(least, most)):
            id_ = self.fresh("C")
            entry = {"id": id_, **self.condition(record, made, 1)}
            self.rules.setdefault("conditions", []).append({**entry, **({"on": record} if record else {})})
            made.append(id_)
        return made

    def condition(self, record: str, earlier: list[str], nesting: int) -> dict[str, Any]:
        """A condition without its id."""
        writer = self.writer(record)
        form = self.pick(CONDITION_FORMS if nesting else ["require"])
        entry: dict[str, Any] = {"cite": "1"}
        if form == "require":
            entry["require"] = writer.condition(self.depth)
        else:
            members = [self.member(record, earlier, nesting - 1) for _ in range(self.number(1, 4))]
            entry["of" if form == "at_least" else form] = members
            if form == "at_least":
                entry["at_least"] = self.number(1, len(members))
        entry["strength"] = self.pick(STRENGTHS if form == "require" else [s for s in STRENGTHS if s != "veto"])
        if self.chance(20):
            entry["strength_when"] = writer.condition(0)
        if self.chance(25):
            entry["when"] = writer.condition(1)
        return entry

    def member(self, record: str, earlier: list[str], nesting: int) -> Any:
        way = self.number(0, 3)
        if way == 0 and earlier:
            return self.pick(earlier)
        return self.condition(record, earlier, nesting) if way == 1 else self.writer(record).condition(1)

    # Scores

    def add_score(self) -> str:
        """One score with one or two groups; its id."""
        groups = []
        for _ in range(self.number(1, 2)):
            ids = [self.fresh("T") for _ in range(self.number(1, 3))]
            items = [{"id": i, "name": f"分{i}", "full": 20, "cite": "1", **self.scoring(1)} for i in ids]
            group = self.fresh("g")
            groups.append({"id": group, "name": f"组{group}", "full": 20 * len(items), "items": items})
        score = self.fresh("s")
        full = sum(int(g["full"]) for g in groups)
        self.rules.setdefault("scores", []).append(
            {"id": score, "name": f"总分{score}", "full": full, "cite": "1", "groups": groups})
        for name in (score, f"总分{score}", *(g["name"] for g in groups), groups[0]["items"][0]["name"]):
            self.names.add("point", name)
        return score

    def scoring(self, nesting: int) -> dict[str, Any]:
        """One way of scoring."""
        form = self.pick(["tiers", "tiers", "first", "each", "points", *(["best_of"] if nesting else [])])
        writer = self.writer()
        if form == "tiers":
            kind = self.pick(["money", "ratio", "person", "area", "duration", "date"])
            rows = [f"{self.pick(['>=', '<=', '>', '<', '='])} {writer.literal(kind)} | {self.number(0, 20)}"
                    for _ in range(self.number(0, 3))]
            return {"of": writer.value(kind, self.depth),
                    "tiers": "\n".join([*rows, f"其余 | {self.number(0, 5)}"]) + "\n"}
        if form == "first":
            rows = [f"{writer.condition(1)} | {self.number(0, 20)}" for _ in range(self.number(0, 3))]
            return {"first": "\n".join([*rows, f"其余 | {self.number(0, 5)}"]) + "\n"}
        if form == "each":
            return {"each": self.number(1, 9), "of_each": [writer.condition(1) for _ in range(self.number(1, 4))]}
        if form == "points":
            return {"points": f"min(20 分, {writer.number('point', self.depth)})"}
        return {"best_of": [self.scoring(nesting - 1) for _ in range(self.number(1, 2))]}

    # Money

    def add_benefits(self, least: int = 1, most: int = 3) -> None:
        row_conditions = {r: self.add_conditions(0, 1, r) for r in ("成果", "奖项")}
        for _ in range(self.number(least, most)):
            record = self.pick(["", "成果", "成果", "成果", "奖项", "奖项"])
            self.rules.setdefault("benefits", []).append(self.benefit(record, row_conditions.get(record, [])))
        for _ in range(self.number(0, 4)):
            self.rules.setdefault("limits", []).append(self.limit())

    def benefit(self, record: str, conditions: list[str]) -> dict[str, Any]:
        writer = self.writer(record)
        kind = self.pick(["exact", "exact", "exact", "up_to", "discretionary"])
        entry: dict[str, Any] = {"id": self.fresh("b"), "cite": "1", "kind": kind}
        if record:
            entry["each"] = record
        if self.chance(30):
            entry["category"] = self.pick(["甲类", "乙类"])
        if self.chance(45):
            entry["when"] = [self.member(record, conditions, 0) for _ in range(self.number(1, 2))]
        if record and self.chance(35):
            entry["merge"] = {"by": self.keys(record), "cite": "1", "id": self.fresh("M")}
        if self.chance(25):
            amounts = [writer.number("money", self.pick([0, 0, 2])) for _ in range(self.number(1, 2))]
            entry["less"] = [{"id": self.fresh("D"), "amount": amount, "cite": "1"} |
                             ({"rest": self.pick(["up_to", "discretionary"])} if self.chance(40) else {})
                             for amount in amounts]
        if self.chance(35):
            entry["ceiling"] = writer.number("money", self.pick([0, 0, 2]))
            entry["ceiling_id"] = self.fresh("U")
        entry["first"] = self.chance(50)
        entry["table"] = self.table(record)
        return entry

    def table(self, record: str) -> str:
        """A price table: an axis of an enumeration, a column of conditions, amounts that may name earlier rows."""
        writer = self.writer(record)
        axis = {"成果": ("级别", "level"), "奖项": ("种类", "form"), "": ("形式", "form")}[record]
        lines, prices = [f"id | {axis[0]} | 条件 | 金额 | 依据"], list[str]()
        for _ in range(self.number(1, 4)):
            price = self.fresh("P-")
            amount = self.pick(["money", "money", "money", "earlier", "expression", "external"])
            text = {"money": writer.pick(["0 元", "1 万元", "5 万元", "10 万元", "3333.33 元"]), "external": "外部规定",
                    "earlier": f"50% * {self.pick(prices)}" if prices else "2 万元",
                    "expression": ""}[amount] or writer.number("money", self.depth)
            cell = self.pick(["-", "-", "-", *MEMBERS[axis[1]], "、".join(MEMBERS[axis[1]])])
            test = "-" if self.chance(75) else writer.condition(1)
            lines.append(f"{price} | {cell} | {test} | {text} | 1")
            if amount != "external":
                prices.append(price)
        return "\n".join(lines) + "\n"

    def keys(self, record: str) -> list[str]:
        options = {"成果": ["系列", "级别", "牵头", "认可", "完成日"], "奖项": ["种类", "颁发地", "共享", "颁发日"],
                   "": ["形式", "联合"]}[record]
        found: list[str] = self.draw(st.lists(st.sampled_from(options), min_size=1, max_size=2, unique=True))
        return [*found, self.writer(record).condition(0)] if self.chance(20) else found

    def limit(self) -> dict[str, Any]:
        benefits = self.rules["benefits"]
        named: list[Any] = self.draw(
            st.lists(st.sampled_from(benefits), min_size=1, max_size=3, unique_by=lambda b: b["id"]))
        entry: dict[str, Any] = {"id": self.fresh("L"), "cite": "1", "of": [b["id"] for b in named]}
        form = self.pick(["keep", "highest", "elect", "best", "cap", "cap"])
        records = {b.get("each", "") for b in named}
        record = next(iter(records)) if len(records) == 1 else ""
        if form == "best":
            return {**entry, "best": self.number(1, 2), "of": self.pick(["category", entry["of"]])}
        entry[form] = self.number(1, 2) if form != "cap" else self.cap(record)
        if self.chance(50):
            own = len(records) == 1 and self.chance(70)
            entry["by"] = self.keys(record) if own else [self.pick(["category", "benefit"])]
        if self.chance(30):
            entry["where"] = self.writer(record).condition(1)
        if self.chance(25):
            entry["when"] = self.writer().condition(1)
        return entry

    def cap(self, record: str) -> str:
        if self.chance(45):
            return str(self.pick(["0 元", "3 万元", "7 万元", "15 万元"]))
        if self.chance(65):
            asked = Writer(self.draw, self.names, items=True, hidden_by=record).existence(1)
            return f"if {asked} then {self.pick(['8 万元', '标准额'])} else 4 万元"
        return Writer(self.draw, self.names, hidden_by=record).number("money", self.depth)

    # Bans and goals

    def add_bans(self) -> list[str]:
        made = []
        for _ in range(self.number(0, 2)):
            id_ = self.fresh("N")
            writer = self.writer("处罚")
            entry = {"id": id_, "each": "处罚", "from": "决定日", "cite": "1",
                     "lasts": self.pick(["5 年", "18 月", "400 日", "禁申年限", writer.number("duration", 1)])}
            if self.chance(60):
                entry["where"] = writer.condition(1)
            self.rules.setdefault("bans", []).append(entry)
            made.append(id_)
        return made

    def add_goals(self, conditions: list[str], pays: bool) -> None:
        for _ in range(self.number(1, 2)):
            require: list[str] = self.draw(st.lists(st.sampled_from(conditions or [""]), max_size=3, unique=True))
            self.goals.append({"id": self.fresh("G"), "name": "目标", "main": self.chance(70),
                               "require": [r for r in require if r], "pays": pays and self.chance(60)})


@st.composite
def condition_policies(draw: Draw) -> Drawn:
    """Parameters, definitions, conditions and bans."""
    made = Policies(draw, depth=3)
    made.add_parameters()
    made.add_definitions(2)
    conditions = made.add_conditions(1, 3)
    made.add_goals(conditions + made.add_bans(), pays=False)
    return made.built()


@st.composite
def score_policies(draw: Draw) -> Drawn:
    """Definitions, a score, and conditions that use it."""
    made = Policies(draw)
    made.add_definitions(1)
    score = made.add_score()
    line = made.pick(["10 分", "20 分", "30 分"])
    made.rules.setdefault("conditions", []).append({"id": "line", "require": f"{score} >= {line}"})
    made.add_goals([*made.add_conditions(0, 1), "line"], pays=False)
    return made.built()


@st.composite
def fund_policies(draw: Draw) -> Drawn:
    """Benefits with their limits."""
    made = Policies(draw)
    made.add_parameters()
    made.add_definitions(1)
    made.add_benefits()
    made.add_goals(made.add_conditions(0, 1), pays=True)
    return made.built()
