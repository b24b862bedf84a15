"""What a server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from guiju.web.secret import prepare

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.web.settings")
prepare()
application = get_wsgi_application()
