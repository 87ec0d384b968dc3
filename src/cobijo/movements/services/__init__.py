"""What movements let be done: its verbs."""

from cobijo.movements.services.announcing import announce, cancel, change_movement, set_centre
from cobijo.movements.services.arriving import arrive, close_movement, receive_known, receive_travellers
from cobijo.movements.services.calling import record_call
from cobijo.movements.services.children import release_child, route_child
from cobijo.movements.services.leaving import assign_seat, board, depart, leave_centre, no_show
from cobijo.movements.services.listing import drop_traveller, empty_list, list_travellers
from cobijo.movements.services.returning import record_return, settle_private
from cobijo.movements.services.stations import begin_station, call_to_station, end_station

__all__ = [
    "announce",
    "arrive",
    "assign_seat",
    "begin_station",
    "board",
    "call_to_station",
    "cancel",
    "change_movement",
    "close_movement",
    "depart",
    "drop_traveller",
    "empty_list",
    "end_station",
    "leave_centre",
    "list_travellers",
    "no_show",
    "receive_known",
    "receive_travellers",
    "record_call",
    "record_return",
    "release_child",
    "route_child",
    "set_centre",
    "settle_private",
]
