"""`guiju chart run`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.chart.sources import charts_at, day_option, source_options
from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("run", cls=Command, help=say(
        "走一遍流程图：一问一答，或按脚本（走法案例的写法）。被拒绝的步骤写明理由、条款和怎样才行；"
        "脚本与预期不同时退出码为 1。",
        "Walk through a chart: by dialogue, or by a script (written as a timeline). A refusal says why, under which "
        "clause, and what would lift it. Exit status 1 where a script goes another way than it expects."))
    @click.argument("chart", cls=Argument, metavar="CHART",
                    help=say("流程图编号或其一段", "the chart's id, or part of it"))
    @click.option("--round", "round_id", default="", metavar="ROUND", help=say("在哪个批次里", "in which round"))
    @click.option("--set", "settings", multiple=True, metavar="PARAM=VALUE",
                  help=say("设定参数或换一种读法（可多次）", "set a parameter, or take another reading (repeatable)"))
    @click.option("--script", type=PATH, metavar="FILE", help=say("脚本（.yaml）", "the script (.yaml)"))
    @click.option("--case", "case_path", type=PATH, metavar="FILE",
                  help=say("案件文件：有就接着走，走完存回", "the case's file: goes on with it, saves it in the end"))
    @click.option("--facts", "facts_path", type=PATH, metavar="FILE",
                  help=say("事实文件（.yaml、.json）：随第一步给出", "facts (.yaml, .json) for the first move"))
    @day_option(say, "从哪一天看起（脚本：走完后看哪一天）",
                "the day on which to begin (with a script: on which to look in the end)", "--as-of")
    @click.option("--json", "as_json", is_flag=True,
                  help=say("给程序读的 JSON（只用于脚本）", "JSON for programs (with --script)"))
    @source_options(say)
    def run(chart: str, round_id: str, settings: tuple[str, ...], script: Path | None, case_path: Path | None,
            facts_path: Path | None, on: str, as_json: bool, charts: Path | None, folder: Path | None) -> int:
        from guiju.cli.chart.inputs import Course, read_day_option, read_given, read_settings

        library = charts_at(charts, folder)
        found = library.chart(chart)
        course = Course(library, found, round_id, read_settings(found, round_id, settings),
                        read_given(facts_path, found), case_path, read_day_option(on, "--as-of"))
        if script is not None:
            from guiju.cli.chart.script import play

            return play(course, script, as_json, say)
        if as_json:
            raise click.UsageError(say("--json 只与 --script 同用", "--json goes with --script only"))
        from guiju.cli.chart.session import hold

        hold(course, say)
        return 0

    return run
