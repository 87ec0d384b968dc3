"""The program's own settings with what tests need: a folder of their own, a quick hasher."""

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

# Each process of a test run has its own folder; what the shell of a developer sets must not leak into it.
DATA = Path(tempfile.mkdtemp(prefix="cobijo-test-"))
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("COBIJO_")]:
    del os.environ[name]
os.environ["COBIJO_DATA"] = str(DATA)
os.environ["COBIJO_SECRET_KEY"] = secrets.token_urlsafe(40)
os.environ["COBIJO_TLS"] = "0"

from cobijo.config.settings import *  # noqa: E402, F403
from cobijo.config.settings import DATABASES, STORAGES  # noqa: E402

# A file, not memory: two connections to a database in memory block each other in ways a file's never do.
if "sqlite3" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
