"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from cobijo.config import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.config.settings")
application = get_wsgi_application()
checks.refuse_errors()
