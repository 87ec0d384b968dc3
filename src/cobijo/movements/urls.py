"""Addresses of arrivals and departures. Ids of sites, movements, travellers and calls; never a name."""

from django.urls import path

from cobijo.movements.types import Direction
from cobijo.movements.views import board, centre, movement, receiving, seats, traveller

app_name = "movements"
urlpatterns = [
    path("", centre.index, name="index"),
    path("<uuid:site_id>/", centre.centre, name="centre"),
    path("<uuid:site_id>/board/", board.board, name="board"),
    path("<uuid:site_id>/arrival/", movement.announce, {"direction": Direction.ARRIVAL}, name="announce_arrival"),
    path("<uuid:site_id>/departure/", movement.announce, {"direction": Direction.DEPARTURE}, name="announce_departure"),
    path("<uuid:site_id>/calls/", centre.calls, name="calls"),
    path("<uuid:site_id>/calls/<uuid:call_id>/", centre.called, name="called"),
    path("<uuid:site_id>/settings/", centre.settings, name="settings"),
    path("<uuid:site_id>/take/<uuid:traveller_id>/<slug:station>/", board.take, name="take"),
    path("<uuid:site_id>/end/<uuid:visit_id>/", board.end, name="end"),
    path("movement/<uuid:movement_id>/", movement.movement, name="movement"),
    path("movement/<uuid:movement_id>/arrive/", movement.arrive, name="arrive"),
    path("movement/<uuid:movement_id>/close/", movement.close, name="close"),
    path("movement/<uuid:movement_id>/cancel/", movement.cancel, name="cancel"),
    path("movement/<uuid:movement_id>/change/", movement.change, name="change"),
    path("movement/<uuid:movement_id>/list/", movement.type_list, name="type_list"),
    path("movement/<uuid:movement_id>/receive/", receiving.beside, name="receive_beside"),
    path("movement/<uuid:movement_id>/receive/<uuid:traveller_id>/", receiving.receive, name="receive"),
    path("movement/<uuid:movement_id>/known/<uuid:traveller_id>/", receiving.known, name="known"),
    path("movement/<uuid:movement_id>/drop/<uuid:traveller_id>/", movement.drop, name="drop"),
    path("movement/<uuid:movement_id>/seat/", seats.give, name="give_seat"),
    path("movement/<uuid:movement_id>/depart/", seats.depart, name="depart"),
    path("movement/<uuid:movement_id>/passengers.pdf", seats.passengers_print, name="passengers_print"),
    path("movement/<uuid:movement_id>/board/<uuid:passenger_id>/", seats.board, name="board_passenger"),
    path("movement/<uuid:movement_id>/no-show/<uuid:passenger_id>/", seats.no_show, name="no_show"),
    path("traveller/<uuid:traveller_id>/", traveller.traveller, name="traveller"),
    path("traveller/<uuid:traveller_id>/return/", traveller.returned, name="return"),
    path("traveller/<uuid:traveller_id>/child/", traveller.route, name="route"),
    path("traveller/<uuid:traveller_id>/release/", traveller.release, name="release"),
    path("traveller/<uuid:traveller_id>/private/", traveller.settle, name="settle"),
    path("traveller/<uuid:traveller_id>/leave/", traveller.leave, name="leave"),
    path("traveller/<uuid:traveller_id>/night/", traveller.night, name="night"),
]
