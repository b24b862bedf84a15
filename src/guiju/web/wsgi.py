"""What a server runs."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from guiju.web.chunked import measured
from guiju.web.kit.ahead import read_ahead, settle
from guiju.web.secret import prepare

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiju.web.settings")
prepare()
application = measured(get_wsgi_application(), settings.REQUEST_LIMIT, settings.FILE_UPLOAD_MAX_MEMORY_SIZE)
read_ahead()
settle()
