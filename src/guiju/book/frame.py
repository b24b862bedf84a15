"""The frame of a page: one file with everything in it, nothing fetched from elsewhere."""

from __future__ import annotations

from html import escape

from guiju.book.page import Link, Page, linked

STYLE = """
:root { color-scheme: light dark; --ink: #1d2126; --soft: #5c6670; --line: #d9dee3; --ground: #fff; --band: #f5f7f9;
  --accent: #8a1f11; --pass: #17693a; --fail: #a4191d; --wait: #8a5a00; --open: #5b3c94; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7ea; --soft: #9aa4ae; --line: #363d44; --ground: #15181b;
  --band: #1d2125; --accent: #f0917f; --pass: #6fcf97; --fail: #ff8a85; --wait: #e6b656; --open: #b79cf0; } }
* { box-sizing: border-box; }
html { font-size: 16px; scroll-padding-top: 1rem; }
body { margin: 0; color: var(--ink); background: var(--ground); line-height: 1.75;
  font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, Georgia, serif; }
h1, h2, h3, h4, th, nav, .tag, .en, .clause-key { font-family: "Noto Sans CJK SC", "Source Han Sans SC",
  "PingFang SC", "Microsoft YaHei", "Helvetica Neue", Arial, sans-serif; }
code, pre { font-family: "Sarasa Mono SC", "Noto Sans Mono CJK SC", Menlo, Consolas, "Microsoft YaHei", monospace;
  font-size: .9em; }
.frame { display: grid; grid-template-columns: 17rem minmax(0, 62rem); gap: 2.5rem; max-width: 84rem; margin: auto;
  padding: 0 1.5rem 4rem; }
.frame.plain { grid-template-columns: minmax(0, 56rem); justify-content: center; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 1.5rem 0;
  font-size: .85rem; line-height: 1.6; }
nav ol, nav ul { list-style: none; margin: 0; padding: 0 0 0 .9rem; } nav > ol, nav > ul { padding-left: 0; }
nav a { color: var(--soft); text-decoration: none; } nav a:hover { color: var(--accent); }
nav .chapter { color: var(--ink); font-weight: 600; }
h1 { font-size: 1.9rem; line-height: 1.35; margin: 2rem 0 1rem; }
h2 { font-size: 1.35rem; margin: 3rem 0 .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.1rem; margin: 2.25rem 0 .5rem; } h4 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
caption { text-align: left; color: var(--soft); font-size: .85rem; } th[scope="row"] { background: none; }
td small, th small { color: var(--soft); }
.clause .clause-key { font-size: 1.05rem; margin: 0; padding: 0; border: 0; }
.rule h3 { font-size: 1rem; margin: 0 0 .15rem; } .trail { margin: 1rem 0 0; font-size: .85rem; }
dt { font-weight: 600; margin-top: .6rem; } dd { margin: 0 0 0 1rem; }
h2 small, h3 small { color: var(--soft); font-weight: 400; font-size: .8em; }
p { margin: .6rem 0; } p.en { color: var(--soft); font-size: .88rem; line-height: 1.55; }
a { color: var(--accent); }
pre { background: var(--band); border-left: 3px solid var(--line); padding: .7rem 1rem; overflow-x: auto;
  line-height: 1.55; } :not(pre) > code { background: var(--band); padding: .05em .3em; border-radius: 3px; }
pre.guiju { border-left-color: var(--accent); } pre.cases, pre.facts { border-left-color: var(--open); }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-size: .92rem; margin: .6rem 0; min-width: 40%; }
th, td { border-bottom: 1px solid var(--line); padding: .28rem .7rem; text-align: left; vertical-align: top; }
th { font-weight: 600; background: var(--band); white-space: nowrap; } td code { white-space: normal; }
td.result { font-weight: 600; } td.pass { color: var(--pass); } td.fail { color: var(--fail); }
td.wait { color: var(--wait); } td.open { color: var(--open); } td.none { color: var(--soft); font-weight: 400; }
td.differs { background: var(--fail); color: var(--ground); } .note { display: block; font-weight: 400;
  font-size: .8rem; color: var(--soft); max-width: 32rem; }
.tag { font-size: .74rem; color: var(--soft); border: 1px solid var(--line); border-radius: 3px; padding: 0 .35em;
  margin-right: .25em; white-space: nowrap; } .tag.strong { color: var(--accent); border-color: currentColor; }
.clause { display: grid; grid-template-columns: 11rem minmax(0, 1fr) 16rem; gap: 1.5rem; padding: 1.1rem 0;
  border-top: 1px solid var(--line); } .clause > * { min-width: 0; }
.clause-key { font-weight: 700; color: var(--accent); font-size: 1.05rem; } .rule { margin: 0 0 1rem; }
.rule p { margin: .15rem 0; } .rule ul { margin: .2rem 0; padding-left: 1.2rem; }
.cases { font-size: .84rem; line-height: 1.5; } .cases p { margin: .15rem 0; } .soft { color: var(--soft); }
.good { color: var(--pass); } .bad { color: var(--fail); font-weight: 700; }
.clause pre { font-size: .82rem; margin: .2rem 0; padding: .4rem .7rem; }
.drawing { overflow: auto; max-height: 90vh; border: 1px solid var(--line); } .drawing svg { display: block; }
tr.band td { background: var(--band); padding-top: .6rem; }
  tr.band .note { display: inline; } td > div { margin: .1rem 0; }
@media (max-width: 62rem) { .frame, .clause { grid-template-columns: minmax(0, 1fr); gap: .5rem; }
  nav { position: static; max-height: none; } }
@media print { nav { display: none; } .frame { display: block; } pre, table, .rule { break-inside: avoid; } }
"""


def framed(page_: Page, link: Link) -> str:
    """A page of the book, with the way back to its first page."""
    trail = "" if page_.address == "index" else f'<p class="trail">{linked(link, "index", "政策库")}</p>\n'
    return page(page_.title.zh, trail + page_.body, page_.contents)


def page(title: str, body: str, contents: str = "") -> str:
    """A whole page. `contents` stands at the side."""
    side = f'<nav aria-label="本页">{contents}</nav>' if contents else ""
    kind = "frame" if contents else "frame plain"
    return (f'<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
            f"<style>{STYLE}</style>\n</head>\n<body>\n<div class=\"{kind}\">{side}\n<main>\n{body}\n</main></div>\n"
            "</body>\n</html>\n")
