"""Addresses of the pages of sites. Ids of sites, spaces and stays; never a name."""

from django.urls import path

from cobijo.sites.views import committees, headcounts, leaving, people, setup, sites, transfers, unnamed, wayout

app_name = "sites"
urlpatterns = [
    path("", sites.index, name="list"),
    path("new/", setup.new_site, name="new"),
    path("headcount/", headcounts.line, name="headcount-line"),
    path("transfers/", transfers.index, name="transfers"),
    path("transfers/<uuid:transfer_id>/", transfers.transfer, name="transfer"),
    path("transfers/<uuid:transfer_id>/refuse/", transfers.refuse, name="refuse-transfer"),
    path("transfers/<uuid:transfer_id>/withdraw/", transfers.withdraw, name="withdraw-transfer"),
    path("people/<uuid:person_id>/birth/", people.birth, name="birth"),
    path("people/<uuid:person_id>/death/", people.death, name="death"),
    path("unnamed/<uuid:unnamed_id>/name/", unnamed.name, name="name-member"),
    path("unnamed/<uuid:unnamed_id>/leave/", unnamed.leave, name="unnamed-left"),
    path("unnamed/<uuid:unnamed_id>/take-back/", unnamed.take_back, name="void-unnamed"),
    path("<uuid:site_id>/households/<uuid:household_id>/unnamed/", unnamed.count, name="count-unnamed"),
    path("<uuid:site_id>/ways-out/", wayout.index, name="ways-out"),
    path("<uuid:site_id>/households/<uuid:household_id>/way-out/", wayout.record, name="way-out"),
    path("<uuid:site_id>/", sites.site, name="site"),
    path("<uuid:site_id>/people/", sites.people, name="people"),
    path("<uuid:site_id>/not-back/", sites.overdue, name="overdue"),
    path("<uuid:site_id>/stays/<uuid:stay_id>/away/", people.away, name="away"),
    path("<uuid:site_id>/stays/<uuid:stay_id>/back/", sites.come_back, name="come-back"),
    path("<uuid:site_id>/stays/<uuid:stay_id>/settle/", sites.settle, name="settle"),
    path("<uuid:site_id>/stays/<uuid:stay_id>/gone/", sites.let_go, name="let-go"),
    path("<uuid:site_id>/stays/<uuid:stay_id>/leave/", leaving.leave, name="leave"),
    path("<uuid:site_id>/stays/<uuid:stay_id>/transfer/", leaving.propose, name="propose"),
    path("<uuid:site_id>/spaces/", setup.spaces, name="spaces"),
    path("<uuid:site_id>/spaces/new/", setup.new_space, name="new-space"),
    path("<uuid:site_id>/spaces/<uuid:space_id>/", setup.space, name="space"),
    path("<uuid:site_id>/spaces/<uuid:space_id>/close/", setup.close_space, name="close-space"),
    path("<uuid:site_id>/facilities/", setup.facilities, name="facilities"),
    path("<uuid:site_id>/facilities/<uuid:facility_id>/void/", setup.void_facility, name="void-facility"),
    path("<uuid:site_id>/headcount/", headcounts.headcount, name="headcount"),
    path("<uuid:site_id>/headcount/<uuid:report_id>/void/", headcounts.void, name="void-report"),
    path("<uuid:site_id>/committees/", committees.index, name="committees"),
    path("<uuid:site_id>/committees/new/", committees.new, name="new-committee"),
    path("<uuid:site_id>/committees/turn/", committees.turn, name="turn"),
    path("<uuid:site_id>/committees/turns/<uuid:turn_id>/void/", committees.void_turn, name="void-turn"),
    path("<uuid:site_id>/committees/<uuid:committee_id>/", committees.committee, name="committee"),
    path("<uuid:site_id>/committees/<uuid:committee_id>/end/", committees.end, name="end-committee"),
    path("<uuid:site_id>/setup/", setup.setup, name="setup"),
    path("<uuid:site_id>/status/", setup.status, name="status"),
]
