"""Import in a process of its own: `bringing.py FILE STORE` prints seconds, characters, documents and peak memory."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))


def main(file: str, store: str) -> None:
    from child import peak

    from guiju.documents.importing import import_file

    begun = perf_counter()
    done = import_file(Path(file), Path(store))
    seconds = perf_counter() - begun
    print(json.dumps({"seconds": seconds, "characters": done.characters, "bytes": Path(file).stat().st_size,
                      "documents": len(done.documents), "peak": peak()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
