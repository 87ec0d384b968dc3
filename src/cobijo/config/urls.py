"""Every address of the program."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from cobijo.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("cobijo.api.urls")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("accounts/", include("cobijo.accounts.entrance")),
    path("accounts/", include("cobijo.accounts.urls")),
    path("device/", include("cobijo.accounts.devices.urls")),
    path("sites/", include("cobijo.sites.urls")),
    path("people/", include("cobijo.people.urls")),
    path("cards/", include("cobijo.people.cards.urls")),
    path("paper/", include("cobijo.people.paper.urls")),
    path("census/", include("cobijo.reporting.urls")),
    path("exports/", include("cobijo.reporting.people.urls")),
    path("store/", include("cobijo.assistance.urls")),
    path("movements/", include("cobijo.movements.urls")),
    path("", include("cobijo.web.urls")),
]
