"""The addresses of accounts' own pages; those of signing in stand in ``entrance``."""

from django.urls import URLPattern, URLResolver, include, path

from cobijo.accounts import audit, own, tree, views

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("me/", own.mine, name="me"),
    path("me/tokens/", own.tokens, name="tokens"),
    path("me/tokens/<uuid:token_id>/revoke/", own.revoke_token, name="revoke_token"),
    path("", include("cobijo.accounts.devices.managing")),
    path("notices/", own.told, name="notices"),
    path("notices/read/", own.mark_told, name="mark_notices"),
    path("units/", tree.index, name="units"),
    path("units/organisations/", tree.record_organisation, name="record_organisation"),
    path("readings/", audit.index, name="readings"),
    path("readings/counts.csv", audit.export, name="readings_csv"),
    path("<uuid:account_id>/", views.account, name="account"),
    path("<uuid:account_id>/change/", views.change, name="change"),
    path("<uuid:account_id>/grants/", views.grant, name="grant"),
    path("<uuid:account_id>/grants/<uuid:grant_id>/end/", views.end_grant, name="end_grant"),
    path("<uuid:account_id>/close/", views.close, name="close"),
    path("<uuid:account_id>/password/", views.renew_password, name="renew_password"),
    path("<uuid:account_id>/second-factor/", views.reset_second_factor, name="reset_second_factor"),
]
