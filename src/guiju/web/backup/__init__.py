"""`guiju backup` and `guiju restore`: everything that the site keeps, in one file that both databases read.

A ZIP: `manifest.json`, one file of rows a table (`tables/…`, JSON lines), each uploaded content under its SHA-256
(`files/…`). The manifest names the SHA-256 of every member, how many rows there are, and the migrations that the tables
had: a restore makes the tables as they were, fills them, and then migrates them to this revision.

Not in it: sessions (nobody who was signed out comes back in), and the signing key unless it is asked for. Without the
key nobody's authenticator app can be read, so keep it, apart from the backups.
"""
