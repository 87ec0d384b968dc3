"""What movements is asked by pages and by other apps. People by name go through ``access``; counts are figures."""

from cobijo.movements.queries.board import Board, Column, With, board, time_left
from cobijo.movements.queries.movements import (
    MovementLine,
    Seated,
    departures_open,
    manifest_of,
    movement_for,
    movements_of,
    seated_on,
    without_seat,
)
from cobijo.movements.queries.people import Line
from cobijo.movements.queries.travellers import (
    CallLine,
    calls_due,
    group_of,
    listed_words,
    may_be,
    return_of,
    sealed_words,
    traveller_for,
)
from cobijo.movements.queries.waiting import centres_of, name_of

__all__ = [
    "Board",
    "CallLine",
    "Column",
    "Line",
    "MovementLine",
    "Seated",
    "With",
    "board",
    "calls_due",
    "centres_of",
    "departures_open",
    "group_of",
    "listed_words",
    "manifest_of",
    "may_be",
    "movement_for",
    "movements_of",
    "name_of",
    "return_of",
    "sealed_words",
    "seated_on",
    "time_left",
    "traveller_for",
    "without_seat",
]
