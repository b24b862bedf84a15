"""A Spark session to work in. What it needs is looked for first, so that what is missing is said in words."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess  # nosec B404  # asks Java for its version
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from guiju.source.diagnostics import GuijuError, Span, fail, visible

JAVA = 17  # the oldest that Spark 4 runs on
WAIT = 5.0  # seconds for a master to take up the telephone
ROWS = 65_536  # that go to Python at a time
# How rows are read and exchanged; the answers rest on these, so they are not for the caller to choose.
SQL = {
    "spark.sql.adaptive.coalescePartitions.enabled": "false",  # a chunk is little to move and long to answer
    "spark.sql.caseSensitive": "true",
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(ROWS),
    "spark.sql.legacy.parquet.nanosAsLong": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.session.timeZone": "UTC",
}
LOCAL = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.ui.enabled": "false"}
QUIET = Path(__file__).with_name("log4j2.properties")


@contextmanager
def session(master: str, settings: Mapping[str, str]) -> Iterator[Any]:
    """The session that there is, or a new one that ends with the block. Raises GuijuError: E940 no PySpark, E941 no
    Java that will do, E942 no master, or no session with these settings."""
    if find_spec("pyspark") is None:
        raise fail("E940", Span("--engine spark"), "没有装 PySpark：pip install 'guiju[spark]'（还要 Java 17 或 21）",
                   "PySpark is not installed: pip install 'guiju[spark]' (and Java 17 or 21)")
    from pyspark.sql import SparkSession

    held = SparkSession.getActiveSession()
    spark = held or _started(master, settings)
    try:
        for key, value in SQL.items():
            spark.conf.set(key, value)
        yield spark
    finally:
        if held is None:
            with suppress(Exception):  # a session whose master is gone has nothing to stop
                spark.stop()


def _started(master: str, settings: Mapping[str, str]) -> Any:
    from pyspark.sql import SparkSession

    look_for_java()
    _reach(master)
    local = master.startswith("local")
    own = {"spark.app.name": "guiju population", **(LOCAL if local else {}),
           "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={QUIET.as_uri()}",
           "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
    if local:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master)
    for key, value in {**own, **settings}.items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise fail("E942", Span(f"--master {master}"), f"Spark 没有启动：{reason_of(error)}；核对 --master 和 --conf",
                   f"Spark did not start: {reason_of(error)}; check --master and --conf") from None


def look_for_java() -> None:
    """Raises GuijuError E941 where there is no Java, or one that is too old."""
    home = os.environ.get("JAVA_HOME", "")
    java = str(Path(home, "bin", "java")) if home else shutil.which("java") or ""
    where = Span(f"JAVA_HOME={home}" if home else "java")
    mend = ("装 Java 17 或 21（Debian：apt install openjdk-17-jre-headless），或用 JAVA_HOME 指明",
            "install Java 17 or 21 (Debian: apt install openjdk-17-jre-headless), or say where in JAVA_HOME")
    version = _version(java)
    if version is None:
        raise fail("E941", where, f"Spark 要 Java，没有找到：{mend[0]}",
                   f"Spark needs Java, and there is none: {mend[1]}")
    if version < JAVA:
        raise fail("E941", where, f"这里的 Java 是 {version}，Spark 4 至少要 {JAVA}：{mend[0]}",
                   f"this is Java {version}, Spark 4 needs {JAVA} or later: {mend[1]}")


def _version(java: str) -> int | None:
    """The first number of its version; 8 and older call themselves 1.8."""
    if not java:
        return None
    try:
        told = subprocess.run([java, "-version"],  # nosec B603  # the Java that Spark itself would start
                              capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    return int(found[1]) if found else None


def _reach(master: str) -> None:
    """Whether somebody listens where the master should be; Spark itself tries for a minute, and does not say why."""
    if not master.startswith(("spark://", "k8s://http")):
        return
    addresses = master.removeprefix("k8s://").removeprefix("spark://").split(",")
    why = ""
    for address in addresses:
        found = urlsplit(address if "//" in address else f"//{address}")
        try:
            port = found.port or (443 if found.scheme == "https" else 80)
            with socket.create_connection((found.hostname or "", port), timeout=WAIT):
                return
        except (OSError, ValueError) as error:
            why = visible(str(error))
    raise fail("E942", Span(f"--master {master}"), f"连不上 Spark 主节点（{why}）；核对地址、端口和网络",
               f"the Spark master can't be reached ({why}); check its address, its port and the network")


@contextmanager
def working(what: str) -> Iterator[None]:
    """What breaks in Spark as GuijuError: E901 for a file that can't be read, E904 for columns of one name, E944 for
    anything else."""
    try:
        yield
    except GuijuError:
        raise
    except Exception as error:
        if not type(error).__module__.startswith(("py4j.", "pyspark.")):
            raise
        reason = reason_of(error)
        if twice := re.search(r"\[COLUMN_ALREADY_EXISTS\] The column `(.*?)` already exists", str(error)):
            raise same_name(f"{what}[{visible(twice[1])}]", visible(twice[1])) from None
        if re.search(r"CANNOT_READ_FILE|FAILED_READ_FILE|ParquetDecodingException|could not be read|CRC", str(error)):
            raise fail("E901", Span(what), f"读不出来，文件可能已损坏或没有写完：{reason}；重新导出或复制",
                       f"it can't be read, it may be damaged or cut short: {reason}; export or copy it again") from None
        raise fail("E944", Span(what), f"Spark 没有做完：{reason}；按这句话处理后再运行一次，已写完的不会重算",
                   f"Spark did not finish: {reason}; mend that and run again: what is finished is kept") from None


def same_name(place: str, name: str) -> GuijuError:
    """E904: Spark reads columns by their names, and which of two it takes hangs on their types."""
    return fail("E904", Span(place), f"有两列都叫“{name}”，Spark 分不开；只留一列",
                f"two columns are called '{name}', and Spark can't tell them apart; keep one column")


def reason_of(error: Exception) -> str:
    """What went wrong, in one line: the last of Python's, or the deepest of Java's."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by: ")]
    errors = [line for line in lines if re.match(r"[\w.]*(Error|Exception|Invalid)\b", line)]
    told = (causes or errors or lines or [type(error).__name__])[-1].removeprefix("Caused by: ")
    return visible(told)[:300]
