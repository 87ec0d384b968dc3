"""What this app's verbs refuse, in sentences that say what is so, why, and what to do."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

# --- centres and movements -------------------------------------------------------------------------------------------

NO_CENTRE = Refusal(
    "movements.no_centre",
    _("{site} is no reception centre, so nobody arrives there. Choose a centre, or change the kind of the site."),
    Ground.INPUT,
)
UNKNOWN_STATION = Refusal(
    "movements.unknown_station",
    _("There is no station of this name here. Choose one the centre has, or add it in its settings."),
    Ground.INPUT,
)
STATION_TWICE = Refusal(
    "movements.station_twice", _("A station stands in the list twice. Leave one of the two out."), Ground.INPUT
)
REGISTERS_NOBODY = Refusal(
    "movements.registers_nobody",
    _("A centre without registration receives nobody. Keep the station “registration” in the list."),
    Ground.INPUT,
)
CANCELLED = Refusal(
    "movements.cancelled",
    _("This movement was cancelled. If it comes after all, announce it anew and hand its list in again."),
)
CLOSED = Refusal("movements.closed", _("This movement is closed. Whoever comes later belongs to a movement of today."))
ARRIVED_ALREADY = Refusal("movements.arrived_already", _("This arrival has been recorded already. Go on to the board."))
HAS_COME = Refusal(
    "movements.has_come",
    _("{people} people of this movement are here already, so it cannot be cancelled. Close it when all have gone on."),
)
NO_ARRIVAL = Refusal(
    "movements.no_arrival", _("This is a departure: nobody arrives by it. Choose an arrival."), Ground.INPUT
)
NO_DEPARTURE = Refusal(
    "movements.no_departure", _("This is an arrival: it has no seats to give. Choose a departure."), Ground.INPUT
)
SAY_WHY = Refusal(
    "movements.say_why", _("Nobody knows later why it did not come. Write it in a few words."), Ground.INPUT
)
STILL_WAITING = Refusal(
    "movements.still_waiting",
    _("{people} people who arrived are still at the centre. Close the movement when they have gone on, or are lodged."),
)

# --- who is on it ----------------------------------------------------------------------------------------------------

LISTED_ALREADY = Refusal(
    "movements.listed_already",
    _("Line {line} is on this list already. Give this one another number, or leave it out."),
    Ground.INPUT,
)
RECEIVED_ALREADY = Refusal(
    "movements.received_already",
    _("This person was received already, perhaps by a colleague a moment ago. Reload the board."),
)
COME_ALREADY = Refusal(
    "movements.come_already", _("This person has come, so the line stays. Correct their record on their own page.")
)
PERSON_HERE_TWICE = Refusal(
    "movements.person_here_twice",
    _("This record has come with this movement on another line already. Mark one of the two lines as not come."),
)
NOT_RECEIVED = Refusal(
    "movements.not_received", _("This person has not been received yet. Receive them at registration first.")
)
GONE_ALREADY = Refusal("movements.gone_already", _("This person has gone on already. Nothing has to be done."))

# --- stations --------------------------------------------------------------------------------------------------------

TAKEN = Refusal(
    "movements.taken",
    _("A colleague has this person at {station} since {hour}. Take the next one; they come back to the list after it."),
)
OTHER_CLERK = Refusal(
    "movements.other_clerk",
    _("A colleague took this person at {station}. Whoever took them ends it."),
    Ground.PERMISSION,
)
VISIT_OVER = Refusal("movements.visit_over", _("This has been ended already. Reload the board."))

# --- children, private talk ------------------------------------------------------------------------------------------

NO_CHILD = Refusal(
    "movements.no_child",
    _("By the birth on record this person is grown up. If that is wrong, correct the record first."),
    Ground.INPUT,
)
CHILD_NEEDS_ACT = Refusal(
    "movements.child_needs_act",
    _(
        "This child travels without their own caregiver, and so leaves only by an act of the competent authority. "
        "Record the act first; no site can let the child go without it."
    ),
)
CHILDREN_ALONE = Refusal(
    "movements.children_alone",
    _(
        "{children} children would leave without an adult of their own household. Let them go together with their "
        "caregiver, or record the act of the authority."
    ),
)
NOT_LODGED = Refusal(
    "movements.not_lodged",
    _("The child has no stay here, and the act of the authority belongs to one. Check the child in first."),
)
PRIVATE_FIRST = Refusal(
    "movements.private_first",
    _("This person wants to speak in private. They travel on when a case worker has spoken with them."),
)
NOT_ASKED = Refusal(
    "movements.not_asked", _("This person has not asked to speak in private. Nothing has to be settled."), Ground.INPUT
)

# --- the return, onward transport, calls -----------------------------------------------------------------------------

DEPARTED_BEFORE = Refusal(
    "movements.departed_before",
    _("The day of departure lies before the day of detention. Correct one of the two."),
    Ground.INPUT,
)
TO_COME = Refusal("movements.to_come", _("This day is still to come. Correct it, or leave it open."), Ground.INPUT)
NO_NUMBER_TO_CALL = Refusal(
    "movements.no_number_to_call",
    _("A call was agreed to, but no number is written. Write the number and who answers it."),
    Ground.INPUT,
)
RECORDED_ALREADY = Refusal(
    "movements.recorded_already", _("The return of this person is recorded already. Open the record to complete it.")
)
NO_SEAT_LEFT = Refusal(
    "movements.no_seat_left", _("All {seats} seats are given. Choose another departure, or free a seat first.")
)
SEAT_TAKEN = Refusal("movements.seat_taken", _("Seat {seat} is given already. Choose another one."))
SEATED_ALREADY = Refusal(
    "movements.seated_already", _("This person has a seat on a departure already. Free that one first.")
)
NOT_BOOKED = Refusal(
    "movements.not_booked", _("This seat has been settled already: aboard, not come, or gone. Reload the list.")
)
LEFT_ALREADY = Refusal("movements.left_already", _("This departure has left already."))
NOBODY_ABOARD = Refusal(
    "movements.nobody_aboard", _("Nobody is aboard. Record who boarded, or cancel the departure."), Ground.INPUT
)
OTHER_CENTRE = Refusal(
    "movements.other_centre", _("This departure is of another centre. Choose one of yours."), Ground.INPUT
)
CALLED_ALREADY = Refusal("movements.called_already", _("This call is settled already. Nothing has to be done."))
