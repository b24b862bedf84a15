"""Makes the documentation: runs what it states, and renders it. `docs/build.py` is the command."""
