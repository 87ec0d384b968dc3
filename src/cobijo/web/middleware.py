"""What frames every request of the staff: the reader's own time, and refusals as pages."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cobijo.core.errors import DomainError, Ground
from cobijo.sites import queries as sites

_ZONE = "web.zone"


class LocalTime:
    """Shows moments in the zone of the place where the reader works; asked once a session, UTC where there is none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        zone = request.session.get(_ZONE)
        if zone is None:
            zone = request.session[_ZONE] = sites.zone_for(request.user.pk)
        with timezone.override(ZoneInfo(zone)):
            return self.get_response(request)


class RefusalPages:
    """Turns a DomainError that a view did not show beside its form into a page; a stranger's record is as none.

    The demonstration runs in debug, where Django would show its list of addresses in place of our page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEMO and response.status_code == 404 and response["Content-Type"].startswith("text/html"):
            return render(request, "404.html", status=404)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if error.ground is Ground.MISSING:
            return render(request, "404.html", status=404)
        return render(request, "web/refused.html", {"sentence": error.sentence}, status=error.status)
