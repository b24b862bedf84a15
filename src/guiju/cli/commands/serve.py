"""`guiju serve`."""

from __future__ import annotations

import importlib
from types import ModuleType

import click

from guiju.cli.help import Command
from guiju.cli.options import lang_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("serve", cls=Command, help=say(
        "在本机打开网站：更新数据库、起网站和后台进程；Ctrl+C 停止。设置见 guiju manage settings_table。",
        "Open the site on this machine: database, server and background worker; Ctrl+C stops all. "
        "Settings: guiju manage settings_table."))
    @click.option("--host", default="127.0.0.1", show_default=True, help=say("监听的地址", "the address to listen on"))
    @click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535),
                  help=say("端口", "the port"))
    @click.option("--no-worker", is_flag=True, help=say("不起后台进程", "without the background worker"))
    @click.option("--demonstration", is_flag=True, help=say(
        "演示：虚构的单位、人员和申报，第一次启动时造好；端口被占用时换一个",
        "a demonstration: invented people and applications, made at the first start; another port if it is taken"))
    @lang_option(say)
    def serve(host: str, port: int, no_worker: bool, demonstration: bool) -> None:
        site("server", say).serve(host, port, worker=not no_worker, demonstration=demonstration)

    return serve


def site(module: str, say: Voice) -> ModuleType:
    """A module of the site, which is installed on demand. The command line stands below it, so no import names it."""
    try:
        return importlib.import_module(f"guiju.web.{module}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("guiju"):
            raise
        missing = error.name
        raise click.UsageError(say(f"网站没有装全（缺 {missing}）：pip install 'guiju[web]'",
                                   f"the site is not installed ({missing} is missing): pip install 'guiju[web]'")
                               ) from None
