"""Addresses of the store. Ids of sites, slips and people; never a name."""

from django.urls import path

from cobijo.assistance.types import SlipKind
from cobijo.assistance.views import files, infants, order, store

app_name = "assistance"
urlpatterns = [
    path("", store.index, name="index"),
    path("infants/", infants.infants, name="infants"),
    path("infants/<uuid:person_id>/", infants.assess, name="assess"),
    path("infants/<uuid:person_id>/<uuid:assessment_id>/end/", infants.end, name="end_assessment"),
    path("<uuid:site_id>/", store.store, name="store"),
    path("<uuid:site_id>/receive/", store.write, {"kind": SlipKind.RECEIVED}, name="receive"),
    path("<uuid:site_id>/give/", store.write, {"kind": SlipKind.GIVEN}, name="give"),
    path("<uuid:site_id>/count/", store.write, {"kind": SlipKind.COUNTED}, name="count"),
    path("<uuid:site_id>/lose/", store.write, {"kind": SlipKind.LOST}, name="lose"),
    path("<uuid:site_id>/order/", order.order, name="order"),
    path("<uuid:site_id>/order.<str:form>", files.order, name="order_file"),
    path("<uuid:site_id>/store.<str:form>", files.store, name="store_file"),
    path("<uuid:site_id>/slips/", store.slips, name="slips"),
    path("<uuid:site_id>/slips/<uuid:slip_id>/", store.slip, name="slip"),
    path("<uuid:site_id>/slips/<uuid:slip_id>.pdf", store.slip_print, name="slip_print"),
    path("<uuid:site_id>/slips/<uuid:slip_id>/void/", store.void, name="void_slip"),
]
