"""Addresses of the shell. No name of a person is ever in an address."""

from django.urls import include, path

from cobijo.web import desk, typing, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("favicon.ico", views.icon, name="icon"),
    path("desk/", views.desk, name="desk"),
    path("desk/catalogue/<str:language>/<str:digest>.json", desk.catalogue, name="desk-catalogue"),
    path("desk/sites/<uuid:site_id>/", desk.figures, name="desk-figures"),
    path("desk/stays/", desk.stays, name="desk-stays"),
    path("paper/typing/", typing.page, name="typing"),
    path("search/", views.search, name="search"),
    path("people/<uuid:person_id>/", views.person, name="person"),
    path("households/<uuid:household_id>/", views.household, name="household"),
    path("imports/", include("cobijo.web.importing.urls")),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/<uuid:op_id>/", views.held, name="held"),
    path("inbox/<uuid:op_id>/discard/", views.discard, name="discard"),
]
