"""Sees to it that the demonstration's world stands; builds it where there is none, or one made by older code.

Usage: demo_world.py [--night YYYY-MM-DD | --keep-night]. A world at another night than the one asked for is
built anew; --keep-night takes the night it stands at. What was entered by hand is gone from a world built
anew.
"""

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from cobijo.demo import clockfile
from cobijo.demo.story import NIGHT

SOURCES = Path(__file__).resolve().parent.parent / "src" / "cobijo"
# What decides how the world comes out; pages, addresses and tests do not.
MAKERS = ("algorithms", "core", "accounts", "people", "sites", "reporting", "demo")


def fingerprint() -> str:
    """A digest of the code and data that make the world, and of the database it is in."""
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for app in MAKERS:
        for file in sorted((SOURCES / app).rglob("*")):
            if file.suffix in {".py", ".csv", ".json", ".yaml", ".toml"} and "tests" not in file.parts:
                digest.update(str(file.relative_to(SOURCES)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def standing_night() -> str | None:
    """The night the world in the database stands at; None where none does."""
    database = settings.DATABASES["default"]
    if "sqlite3" in str(database["ENGINE"]) and not Path(str(database["NAME"])).exists():
        return None
    night = clockfile.night()
    return night.isoformat() if night else None


def main() -> int:
    """The code of ``cobijo demo build``, or 0 where nothing was to be done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--night", default=None)
    parser.add_argument("--keep-night", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.config.settings")

    stamp, code, there = settings.DATA_DIR / "demo-world.txt", fingerprint(), standing_night()
    night = asked.night or (there if asked.keep_night else None) or NIGHT.isoformat()
    if there == night and stamp.exists() and stamp.read_text() == code:
        print("The demo world stands already.")
        return 0
    print("Building the demo world…", flush=True)
    cobijo = Path(sys.executable).with_name("cobijo")
    done = subprocess.run([cobijo, "demo", "build", "--night", night], check=False)
    if done.returncode == 0:
        stamp.write_text(code)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
