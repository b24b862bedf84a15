"""Every place of the site that takes a file: found in the code, and each one opened by somebody who may use it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from applying import drafted
from crawling import patterns
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from intake_world import IntakeWorld, intake_world, later, taken_in
from laboratory_walks import APPROVED, desk, walked
from people import build
from reviewing_world import Clock, marked, reviewing
from rounds_world import begun, examined, laboratory_world

import guiju.web
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.api.domain import issue
from guiju.web.api.door import api
from guiju.web.intake import domain as intake
from guiju.web.kit.clock import today
from guiju.web.notices.domain import Item, publish
from guiju.web.reviewing.domain import leading
from guiju.web.reviewing.models.marking import VETOES

ROOT = Path(guiju.web.__file__).parent
Name = tuple[str, str]


@dataclass
class Place:
    """How a file is sent there. `file`: the name of its field; `reads`: the one kind of file that is read at once and
    not kept, where that is so."""

    client: Client
    address: str
    file: str = "file"
    sent: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    reads: str = ""

    def send(self, name: str, content: bytes, language: str = "zh") -> Any:
        self.client.cookies["language"] = language
        return self.client.post(self.address, {**self.sent, self.file: SimpleUploadedFile(name, content)}, follow=True,
                                headers=self.headers)


def views_that_take_files() -> set[str]:
    """The names of all addresses whose view comes to the files of a request, by itself or by what it calls."""
    takers = _takers()
    found = set()
    for pattern, _, space in patterns():
        view = inspect.unwrap(pattern.callback)
        if (view.__module__, getattr(view, "__qualname__", "")) in takers:
            found.add(f"{space}:{pattern.name}")
    return found


def operations_that_take_files() -> set[str]:
    """The same of the API, by its description."""
    described = api.get_openapi_schema(path_prefix="/api/v1/")
    return {f"{method.upper()} {path}" for path, methods in described["paths"].items()
            for method, operation in methods.items()
            if "multipart/form-data" in operation.get("requestBody", {}).get("content", {})}


def _takers() -> set[Name]:
    """Functions that read `request.FILES`, and all that call them."""
    calls: dict[Name, set[Name]] = {}
    found: set[Name] = set()
    for path in ROOT.rglob("*.py"):
        module = ".".join(("guiju.web", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
        tree = ast.parse(path.read_text("utf-8"))
        names = dict(_names(tree, module))
        for function in tree.body:
            if isinstance(function, ast.FunctionDef | ast.ClassDef):
                own = (module, function.name)
                calls[own] = {names[n.id] for n in ast.walk(function) if isinstance(n, ast.Name) and n.id in names}
                if any(isinstance(n, ast.Attribute) and n.attr == "FILES" and isinstance(n.value, ast.Name)
                       and n.value.id != "settings" for n in ast.walk(function)):
                    found.add(own)
    while more := {own for own, called in calls.items() if called & found} - found:
        found |= more
    return found


def _names(tree: ast.Module, module: str) -> Iterator[tuple[str, Name]]:
    """What each name of a module stands for."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, (module, node.name)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield alias.asname or alias.name, (node.module, alias.name)


def client_of(user: User | None) -> Client:
    made = Client()
    if user is not None:
        made.force_login(user)
    return made


def _application(where: str, **more: Any) -> Callable[[Clock], Place]:
    def opened(on: Clock) -> Place:
        on("2026-03-02")
        lab = laboratory_world()
        return Place(client_of(lab.applicant), f"/apply/{drafted(lab).public_id}/{where}", **more)

    return opened


def _answer(on: Clock) -> Place:
    return Place(Client(), f"/intake/answer/{_asked(intake_world())[1]}/", sent={"answer": "同意", "name": "李处长"})


def _answered(on: Clock) -> Place:
    world = intake_world()
    number = _asked(world)[0]
    given = {"number": number, "answer": "同意", "name": "李处长", "on": today().isoformat()}
    return Place(client_of(world.lab.recommender),
                 f"/intake/recommend/application/{world.first.public_id}/answered/", f"{number}-file",
                 {"of": number, **{f"{number}-{k}": v for k, v in given.items()}})


def _opinion(on: Clock) -> Place:
    world = intake_world()
    taken_in(world.first, world.lab.recommender)
    return Place(client_of(world.lab.recommender),
                 f"/intake/recommend/application/{world.first.public_id}/opinion/",
                 sent={"version": "0", "text": "同意推荐", "head": "厅长"})


def _asked(world: IntakeWorld) -> tuple[str, str]:
    """The number of a consultation, and the token of its link."""
    made, token = intake.ask(taken_in(world.first, world.lab.recommender), "示例省科技厅", "是否符合布局？", today(),
                             world.lab.recommender, address="kjt@example.org", until=later(10))
    return made.public_id, token


def _veto(on: Clock) -> Place:
    task = reviewing(on, 1).tasks[0]
    return Place(client_of(task.user), f"/review/mine/{task.public_id}/",
                 sent={"do": "veto", "kind": next(iter(VETOES)), "evidence": "检测报告编号重复"})


def _visit(on: Clock) -> Place:
    world = reviewing(on, 1)
    application = world.applications[0]
    for task in world.tasks_of(application):
        marked(task, "80")
    leading.close_marks(application.placement)
    visit = leading.arrange_visit(application.placement, world.panel[0], "设备要看现场", None, None, "专家一")
    return Place(client_of(world.panel[0]), f"/review/led/{application.public_id}/", sent={
        "do": "report", "visit": visit.public_id, "conditions": "yes", "direction": "yes", "findings": "设备在位",
        "onward": "no"})


def _objection(on: Clock) -> Place:
    on("2026-04-29")
    lab = laboratory_world()
    notice = publish(lab.round, "P1", [Item(examined(lab, begun(lab)), Text("通过形式审查", "passed"), "", "实验室")],
                     lab.officer, text="予以公示。")
    return Place(Client(), f"/notices/{notice.public_id}/object/1/", "evidence",
                 {"ground": "设备属于另一个单位", "how": "anonymous"})


def _laboratory(on: Clock) -> Place:
    on("2025-05-20")
    walk = walked(APPROVED)
    address = f"{desk(walk)}do/T21/"
    page = walk.client("LAB").get(address).content.decode()
    return Place(walk.client("LAB"), address, re.findall(r'name="(paper-[0-9a-f]{10})"', page)[0], {
        "own-first": "2024-05-20", "own-last": "2025-05-19", "own-progress": "完成两项标准"})


def _outputs(on: Clock) -> Place:
    on("2025-05-20")
    walk = walked(APPROVED)
    return Place(walk.client("LAB"), f"{desk(walk)}outputs/import/", "table", reads="xlsx")


def _paper(address: str, facts: dict[str, str]) -> Callable[[Clock], Place]:
    """`address`: with the place of the case's number."""
    def opened(on: Clock) -> Place:
        world = build()
        client = client_of(world.manager if "begin" in address else world.officer)
        where = address.format(world.case.public_id)
        page = client.get(where).content.decode()
        return Place(client, where, re.findall(r'name="(paper-[0-9a-f]{10})"', page)[-1], facts)

    return opened


def _program(on: Clock) -> Place:
    token = issue(build().manager, "程序", ("cases:write",), 30)
    return Place(Client(), "/api/v1/files", headers={"Authorization": f"Bearer {token}"})


# Each place where the code takes a file, by its address's name or its operation: a new one is entered here.
PLACES: dict[str, Callable[[Clock], Place]] = {
    "applications:add-file": _application("fields/other_material/files/"),
    "applications:import": _application("import/", reads="docx"),
    "applications:import-rows": _application("fields/staff/import/", reads="xlsx"),
    "intake:answer": _answer, "intake:answered": _answered, "intake:opinion": _opinion,
    "reviewing:review": _veto, "reviewing:lead": _visit, "notices:object": _objection,
    "laboratories:act": _laboratory, "laboratories:import-outputs": _outputs,
    "cases:act": _paper("/cases/{}/do/evaluate/", {
        "fact-core_indicator_level": "严于国行标", "note": "文件不对"}),
    "cases:begin": _paper("/cases/programmes/national/leader-title/begin/enter/", {
        "fact-leader_standard_declared": "是", "fact-leader_standard_in_field": "是"}),
    "POST /api/v1/files": _program,
}
