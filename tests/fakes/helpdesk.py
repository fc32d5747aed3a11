"""A real django-helpdesk in an environment of its own (`make handoff` makes it), set up in a folder and served on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT
from tests.fakes.rt import _free_port

PYTHON = Path(os.environ.get("HELPDESK_PYTHON", ROOT / "var" / "helpdesk" / "bin" / "python"))

SETTINGS = """
SECRET_KEY = "test"
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "urls"
SITE_ID = 1
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STATIC_URL = "/static/"
MEDIA_ROOT = "media"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3", "OPTIONS": {"timeout": 20}}}
INSTALLED_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.sites", "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.humanize",
    "rest_framework", "rest_framework.authtoken", "helpdesk"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": [
    "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages"]}}]
REST_FRAMEWORK = {"DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"]}
HELPDESK_ACTIVATE_API_ENDPOINT = True
HELPDESK_TEAMS_MODE_ENABLED = False
"""
URLS = """
from django.urls import include, path
urlpatterns = [path("helpdesk/", include("helpdesk.urls", namespace="helpdesk"))]
"""
CONTENT = """
from django.contrib.auth import get_user_model
from rest_framework.authtoken.models import Token
from helpdesk.models import Queue
user = get_user_model().objects.create_superuser("triage", "triage@example.com", "password")
queue = Queue.objects.create(title="Microsoft 365", slug="m365")
print(queue.id, Token.objects.create(user=user).key)
"""


@dataclass(frozen=True)
class Helpdesk:
    """A running django-helpdesk."""

    url: str
    queue: str
    token: str


@contextmanager
def helpdesk(folder: Path) -> Iterator[Helpdesk]:
    """Set it up in this folder and serve it until the block ends."""
    folder.mkdir(parents=True)
    (folder / "settings.py").write_text(SETTINGS)
    (folder / "urls.py").write_text(URLS)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(folder)}
    _run(["migrate", "--verbosity", "0"], folder, environment)
    queue, token = _run(["shell", "--verbosity", "0", "-c", CONTENT], folder, environment).split()[-2:]
    port = _free_port()
    command = [str(PYTHON), "-m", "django", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/helpdesk/api/tickets/", server, folder / "server.log")
        yield Helpdesk(f"http://127.0.0.1:{port}/helpdesk", queue, token)
    finally:
        server.terminate()
        server.wait(10)


def _run(arguments: list[str], folder: Path, environment: dict[str, str]) -> str:
    command = [str(PYTHON), "-m", "django", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr)
        raise RuntimeError(f"{arguments[0]}: {done.stderr[-2000:]}")
    return done.stdout


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers, if only that we are nobody
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"django-helpdesk does not answer: {log.read_text()[-2000:]}")
