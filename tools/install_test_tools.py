"""Installs what the tests need beside Python: Chromium, fonts with Chinese, PostgreSQL, Java for Spark.

By apt-get, where that may be done without a question (as root, or `sudo -n`); what is there is left alone. Where it may
not, the name of what is missing is said and the tests that need it are skipped; under CI=true they fail.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def has_chromium() -> bool:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return bool(os.environ.get("GUIJU_CHROMIUM")) or any(map(shutil.which, names))


def has_chinese() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def has_postgresql() -> bool:
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def has_java() -> bool:
    """One that Spark 4 runs on."""
    home = os.environ.get("JAVA_HOME", "")
    java = shutil.which(str(Path(home, "bin", "java")) if home else "java")
    told = subprocess.run([java, "-version"], check=False, capture_output=True, text=True).stderr if java else ""
    found = re.search(r'version "(\d+)', told)
    return found is not None and int(found[1]) >= 17


PACKAGES = {"chromium": has_chromium, "fontconfig fonts-noto-cjk": has_chinese, "postgresql": has_postgresql,
            "openjdk-17-jre-headless": has_java}


def lacking() -> list[str]:
    return [name for names, there in PACKAGES.items() if not there() for name in names.split()]


def way() -> list[str] | None:
    """How apt-get is called here; None where it may not be."""
    if not shutil.which("apt-get"):
        return None
    if os.getuid() == 0:
        return ["apt-get"]
    sudo = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], check=False, **QUIET).returncode == 0
    return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"] if sudo else None


def install(apt: Sequence[str], names: Sequence[str]) -> None:
    print(f"apt-get install {' '.join(names)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *names]):
        done = subprocess.run([*apt, "-qq", *words], check=False, env=environment, capture_output=True, text=True)
        if done.returncode:
            print(done.stderr[-2000:], file=sys.stderr)


def main() -> None:
    names, apt = lacking(), way()
    if names and apt:
        install(apt, names)
    if lacking():
        print(f"not installed: {' '.join(lacking())}; the tests that need it are skipped, or fail under CI=true",
              file=sys.stderr)


if __name__ == "__main__":
    main()
