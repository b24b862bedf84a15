"""Every variable of the environment that the site reads: one table, from which its documentation is made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from guiju.source.diagnostics import Text


@dataclass(frozen=True, slots=True)
class Variable:
    """`default` is what holds where the environment says nothing."""

    name: str
    default: str
    meaning: Text


VARIABLES = (
    Variable("GUIJU_DATA", "~/.local/share/guiju", Text(
        "数据目录：数据库、上传的文件、密钥、静态文件", "data directory: database, uploads, key, static files")),
    Variable("DATABASE_URL", "", Text(
        "数据库，如 postgresql://用户:口令@主机/库；空：数据目录里的 SQLite",
        "database, as postgresql://user:password@host/name; empty: SQLite in the data directory")),
    Variable("GUIJU_SQLITE_SYNC", "FULL", Text(
        "SQLite 落盘方式：FULL 断电不丢已受理的提交；NORMAL 更快",
        "SQLite synchronous: FULL loses nothing in a power cut, NORMAL is faster")),
    Variable("GUIJU_SECRET_KEY", "", Text(
        "签名密钥；空：首次启动时在数据目录里随机生成", "signing key; empty: made at random in the data directory")),
    Variable("GUIJU_OLD_KEYS", "", Text(
        "换密钥后仍认的旧密钥，逗号分隔", "earlier keys that still hold after a change, by comma")),
    Variable("GUIJU_HOSTS", "127.0.0.1,localhost,[::1]",
             Text("网站的主机名，逗号分隔", "host names of the site, by comma")),
    Variable("GUIJU_ORIGIN", "http://127.0.0.1:8000", Text(
        "网站地址，写进邮件里的链接；通行密钥绑定它，要主机名，不能是 IP",
        "address of the site, for links in mail; passkeys are bound to it, by a host name, not an IP")),
    Variable("GUIJU_HTTPS", "0", Text(
        "1：只经 HTTPS 提供（安全 Cookie、HSTS、跳转）", "1: served over HTTPS only (secure cookies, HSTS, redirect)")),
    Variable("GUIJU_PROXY", "0", Text(
        "1：前有反向代理，信它写的 X-Forwarded-Proto 和 X-Forwarded-For",
        "1: behind a reverse proxy whose X-Forwarded-Proto and X-Forwarded-For are trusted")),
    Variable("GUIJU_WEB_DEBUG", "0",
             Text("1：开发用的错误页；正式环境不可用", "1: developer's error pages; never in production")),
    Variable("GUIJU_WORKERS", "2", Text("服务进程数", "server processes")),
    Variable("GUIJU_SESSION_HOURS", "8", Text("登录状态最长小时数", "hours for which a sign-in lasts")),
    Variable("GUIJU_UPLOAD_MB", "30", Text("单次上传上限（MB）", "largest upload, in MB")),
    Variable("GUIJU_SCAN", "", Text(
        "查毒命令，文件路径作最后一个参数；退出码 0 为无毒，其他一律拒收",
        "scanning command, given the file's path last; status 0 is clean, any other refuses the file")),
    Variable("GUIJU_MAIL", "console", Text(
        "发信：console、file（写到数据目录 mail/）、smtp://用户:口令@主机:端口 或 smtps://…",
        "mail: console, file (into mail/ of the data directory), smtp://user:password@host:port or smtps://…")),
    Variable("GUIJU_MAIL_FROM", "guiju@localhost", Text("发信人地址", "sender of mail")),
    Variable("GUIJU_CLOCK", "0", Text(
        "1：可拨动的时钟（演示、测试用）；正式环境不可用",
        "1: a clock that can be moved (demonstration, tests); never in production")),
    Variable("GUIJU_SECOND_FACTOR", "offices", Text(
        "谁必须启用第二步验证才能办事：off 不要求；offices 平台管理员、"
        "行政机关、评估机构、推荐单位和持有评审等角色的人；all 所有人",
        "who must have a second factor before acting: off nobody; offices operators, authorities, evaluators, "
        "recommending bodies, holders of roles such as reviewing; all everyone")),
    Variable("GUIJU_OIDC_ISSUER", "", Text(
        "统一认证（OIDC）签发方地址，https://…；空：不用。要装 guiju[oidc]；"
        "回调地址是 GUIJU_ORIGIN 加 /account/sso/back/",
        "issuer of single sign-on (OIDC), https://…; empty: none. Needs guiju[oidc]; the redirect address is "
        "GUIJU_ORIGIN and /account/sso/back/")),
    Variable("GUIJU_OIDC_CLIENT_ID", "", Text("在签发方登记的客户端标识", "the client's id at the issuer")),
    Variable("GUIJU_OIDC_CLIENT_SECRET", "", Text("客户端密钥", "the client's secret")),
)
_BY_NAME = {v.name: v for v in VARIABLES}


def read(name: str) -> str:
    """The variable's value. Only those of the table can be read."""
    return os.environ.get(name, "") or _BY_NAME[name].default


def is_on(name: str) -> bool:
    return read(name).strip().lower() in ("1", "true", "yes", "on")


def words(name: str) -> list[str]:
    return [word.strip() for word in read(name).split(",") if word.strip()]


def data_directory() -> Path:
    return Path(read("GUIJU_DATA")).expanduser().resolve()


def table() -> str:
    """The variables as a Markdown table."""
    lines = ["| variable | default | 含义 | meaning |", "|---|---|---|---|"]
    lines += [f"| `{v.name}` | {f'`{v.default}`' if v.default else '—'} | {v.meaning.zh} | {v.meaning.en} |"
              for v in VARIABLES]
    return "\n".join(lines) + "\n"
