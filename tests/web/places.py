"""Sites of their own: another data directory, another database, other processes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

PATHS = os.pathsep.join(filter(None, (str(Path(__file__).parent), os.environ.get("PYTHONPATH"))))
GUIJU = ("-c", "from guiju.cli.main import main; main()")


@dataclass
class Place:
    """A site: a data directory, a database (SQLite in it, unless named), and more variables."""

    data: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A Python process there: a module, or a program."""
        return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False,
                              env=self.environment())

    def guiju(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of Guiju there, in English."""
        return self.run(*GUIJU, *arguments, "--lang", "en")

    def serving(self, port: int) -> subprocess.Popen[bytes]:
        """`guiju serve` there, in a group of processes of its own."""
        return subprocess.Popen([sys.executable, *GUIJU, "serve", "--port", str(port)], env=self.environment(),
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("GUIJU_", "DATABASE_URL", "DJANGO"))}
        return {**inherited, "GUIJU_DATA": str(self.data), "DATABASE_URL": self.database, "PYTHONPATH": PATHS,
                "DJANGO_SETTINGS_MODULE": "guiju.web.settings", **self.more}
