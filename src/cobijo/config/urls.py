"""Every address of the program."""

from django.urls import URLPattern, URLResolver, include, path

from cobijo.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include("cobijo.api.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("cobijo.accounts.entrance")),
    path("accounts/", include("cobijo.accounts.urls")),
    path("sites/", include("cobijo.sites.urls")),
    path("people/", include("cobijo.people.urls")),
    path("census/", include("cobijo.reporting.urls")),
    path("", include("cobijo.web.urls")),
]
