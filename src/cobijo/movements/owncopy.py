"""What the records of this app and their fields are called in a person's own copy."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.core.owncopy import Words, name_record

_STATE = _("State")

name_record(
    "movements.Traveller",
    Words(
        pgettext_lazy("movements", "Arrivals"),
        {
            "movement": _("Movement"),
            "line": _("Line of the list"),
            "seat": _("Seat"),
            "group": _("Group"),
            "state": _STATE,
            "travels_with": _("Travels with"),
            "private": _("Talk in private"),
            "received_at": _("Received"),
            "gone_at": _("Gone on"),
            "way": _("How they left"),
            "voided_at": pgettext_lazy("own copy", "Taken out"),
        },
    ),
)
name_record(
    "movements.StationVisit",
    Words(
        _("At the stations of the centre"),
        {
            "station": _("Station"),
            "called_at": _("Called"),
            "began_at": pgettext_lazy("own copy", "From"),
            "ended_at": pgettext_lazy("own copy", "Until"),
            "outcome": pgettext_lazy("own copy", "Outcome"),
        },
    ),
)
name_record(
    "movements.ReturnRecord",
    Words(
        _("Return"),
        {
            "at": _("Recorded"),
            "country": _("Returned from"),
            "authority": _("Authority that returned them"),
            "apprehended_on": _("Detained on"),
            "departed_on": _("Sent off on"),
            "days_detained": _("Days in detention"),
            "years_abroad": _("Years abroad"),
            "times_returned": _("Times returned before"),
            "family_left": _("Family who stayed there"),
            "documents": _("Documents held"),
            "belongings_kept": _("Money or belongings kept back"),
            "sealed_treatment": _("Ill-treatment"),
            "sealed_fear": _("Fear of going home"),
            "destination_area": _("Area they go to"),
            "destination": _("Where they go"),
            "met_by": _("Who meets them"),
            "contact_phone": _("Someone to call"),
            "needs_night": _("Needs a night here"),
        },
    ),
)
name_record(
    "movements.FollowCall",
    Words(
        _("Calls agreed to"),
        {
            "due_on": _("Due on"),
            "phone": _("Telephone"),
            "answered_by": _("Who answers it"),
            "hour": _("Good hour"),
            "tries": _("Times called"),
            "outcome": pgettext_lazy("own copy", "Outcome"),
            "settled_at": _("Settled"),
        },
    ),
)
name_record(
    "movements.Passenger",
    Words(
        _("Seats onward"),
        {
            "movement": _("Movement"),
            "seat": _("Seat"),
            "number": _("Ticket"),
            "destination": _("Where they go"),
            "state": _STATE,
            "at": pgettext_lazy("own copy", "Since"),
        },
    ),
)
