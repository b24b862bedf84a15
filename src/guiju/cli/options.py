"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from guiju.cli.help import Argument
from guiju.cli.situation import Request
from guiju.cli.voice import Voice

Callback = Callable[..., Any]
PATH = click.Path(path_type=Path)


def together(*options: Callable[[Callback], Callback]) -> Callable[[Callback], Callback]:
    """Several options as one decorator, shown in this order."""
    def add(function: Callback) -> Callback:
        for option in reversed(options):
            function = option(function)
        return function
    return add


def in_its_place(function: Callback, wrapper: Callback, options: Sequence[Callable[[Callback], Callback]]) -> Callback:
    """The wrapper as if it were the function: under its name, with the options that it has, and these before them."""
    wrapper.__name__ = function.__name__
    wrapper.__click_params__ = list(getattr(function, "__click_params__", []))  # type: ignore[attr-defined]  # click's own
    return together(*options)(wrapper)


def lang_option(say: Voice) -> Callable[[Callback], Callback]:
    """`--lang` is read by `main` before anything else; here it is only declared."""
    return click.option("--lang", type=click.Choice(["zh", "en"]), expose_value=False, metavar="zh|en",
                        help=say("输出语言（默认中文；也可用环境变量 GUIJU_LANG）",
                                 "language of the output (default zh; or the variable GUIJU_LANG)"))


def library_option(say: Voice) -> Callable[[Callback], Callback]:
    return click.option("--policies", "folder", type=PATH, metavar="DIR",
                        help=say("另一个政策库的文件夹", "another library of policies"))


def facts_argument(say: Voice) -> Callable[[Callback], Callback]:
    def add(function: Callback) -> Callback:
        return click.argument("facts", cls=Argument, type=PATH, metavar="FACTS",
                              help=say("事实文件：.yaml、.json 或填好的 .xlsx", "facts: .yaml, .json or a filled .xlsx")
                              )(function)
    return add


def request_options(say: Voice) -> Callable[[Callback], Callback]:
    """FACTS and everything that says under which law it is looked at; the command gets one `request`."""
    options = [
        facts_argument(say),
        click.option("--policy", "-p", "policies", multiple=True, metavar="ID",
                     help=say("只看这个政策（可多次；默认全部）", "only this policy (repeatable; default: all)")),
        click.option("--as-of", default="", metavar="DATE",
                     help=say("按哪天的规定（默认：事实里的申报日，否则今天）",
                              "the day whose law counts (default: the application date in FACTS, else today)")),
        click.option("--known-at", default="", metavar="DATE",
                     help=say("只用这天已经知道的事实和取值", "use only what was known on that day")),
        click.option("--set", "settings", multiple=True, metavar="PARAM=VALUE",
                     help=say("设定参数或换一种读法（可写 政策:参数=值）", "set a parameter (or POLICY:PARAM=VALUE)")),
        click.option("--presume", "presuming", is_flag=True,
                     help=say("未述即符合：没有给出的条件先当作满足，并逐条列明",
                              "take conditions on facts that are not given as met, and list them")),
        library_option(say),
        lang_option(say),
    ]

    def add(function: Callback) -> Callback:
        def with_request(*, facts: Path, policies: tuple[str, ...], as_of: str, known_at: str,
                         settings: tuple[str, ...], presuming: bool, folder: Path | None, **more: Any) -> Any:
            request = Request(facts, policies, as_of, known_at, settings, presuming, folder)
            return function(request=request, **more)

        return in_its_place(function, with_request, options)

    return add
