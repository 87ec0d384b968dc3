"""What this app's verbs refuse, in sentences that say what is so, why, and what to do."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

# --- responses and sites ---------------------------------------------------------------------------------------------

UNKNOWN_ZONE = Refusal(
    "sites.unknown_zone",
    _("There is no time zone of this name. Write it as the list has it, for example America/Guatemala."),
    Ground.INPUT,
)
UNKNOWN_AREA = Refusal(
    "sites.unknown_area",
    _("This place is not in the list of areas. Leave it out and write the place as it is called."),
    Ground.INPUT,
)
HALF_A_POINT = Refusal(
    "sites.half_a_point",
    _("A point on the map needs its latitude and its longitude. Write both, or neither."),
    Ground.INPUT,
)
OTHER_RESPONSE = Refusal(
    "sites.other_response",
    _("This belongs to another response. Choose one of the same response."),
    Ground.INPUT,
)
SITES_STILL_OPEN = Refusal(
    "sites.sites_still_open",
    _("{sites} sites of this response are still open. Close each with its act first; then the response closes."),
)
RESPONSE_CLOSED = Refusal(
    "sites.response_closed", _("This response was closed on {day} already. Nothing has to be done.")
)
STILL_PEOPLE_IN = Refusal(
    "sites.still_people_in",
    _("{people} people are still registered at {site}, so it cannot be closed. Check them out or transfer them first."),
)
SAME_STATUS = Refusal("sites.same_status", _("The site has this status already. Nothing has to be changed."))
SITE_CLOSED = Refusal(
    "sites.closed",
    _("{site} is closed, so nobody can be checked in there. Choose another site, or open it again first."),
)

HALF_THE_HOURS = Refusal(
    "sites.half_the_hours",
    _("A night shelter opens at one hour and closes at another. Write both, or neither for a site open all day."),
    Ground.INPUT,
)

# --- premises, opening and closing -----------------------------------------------------------------------------------

MEASURED_LATER = Refusal(
    "sites.measured_later", _("This day is still to come. Write the day the premises were measured."), Ground.INPUT
)
NOTHING_MEASURED = Refusal(
    "sites.nothing_measured",
    _("Nothing was measured or counted. Write at least one room, yard or facility."),
    Ground.INPUT,
)
GROUND_NAMED_TWICE = Refusal(
    "sites.ground_named_twice", _("{name} stands here twice. Give one of the two another name."), Ground.INPUT
)
FACILITY_TWICE = Refusal(
    "sites.facility_twice",
    _("The same facilities for the same people stand here twice. Add the two numbers together."),
    Ground.INPUT,
)
OPEN_ALREADY = Refusal(
    "sites.open_already",
    _("{site} is open already, so there is nothing to take over. To write another act, close it first."),
)
CLOSED_ALREADY = Refusal(
    "sites.closed_already", _("{site} is closed already. Its act of closing stands on its page of premises.")
)
GIVEN_BACK_BEFORE = Refusal(
    "sites.given_back_before",
    _("The day to give the building back lies before the opening. Correct the day."),
    Ground.INPUT,
)
SAY_WHY = Refusal(
    "sites.say_why_it_closes",
    _("Nobody knows later what something else was. Write in a few words why the site closes."),
    Ground.INPUT,
)
STILL_IN_AT_CLOSING = Refusal(
    "sites.still_in_at_closing",
    _(
        "{people} people are still at {site}, so it cannot close: {households} households, {without} of them without "
        "a way out. Check each household out or move it to another site first."
    ),
)

# --- night shelters --------------------------------------------------------------------------------------------------

NO_NIGHT_SHELTER = Refusal(
    "sites.no_night_shelter",
    _("{site} has no hours of a night shelter. Write them in its set-up, or report a head-count instead."),
)

# --- people without a name yet ---------------------------------------------------------------------------------------

JUDGED_LATER = Refusal(
    "sites.judged_later", _("The house was judged on a day that is still to come. Correct the day."), Ground.INPUT
)
ACCEPTED_NOTHING = Refusal(
    "sites.accepted_nothing",
    _("Nothing was offered, so there is nothing to accept or refuse. Say what was offered, or leave the answer open."),
    Ground.INPUT,
)
REPORTED_FINALLY = Refusal(
    "sites.reported_finally",
    _("Report {number} of this site was its final one. If the site goes on, take that one out first."),
)
ALL_NAMED = Refusal(
    "sites.all_named",
    _("All of these people have a name by now. Add this person as one more member, if they are one more."),
)
MORE_THAN_COUNTED = Refusal(
    "sites.more_than_counted",
    _("Only {persons} of them are here without a name. Write how many of these left."),
    Ground.INPUT,
)

# --- spaces and facilities -------------------------------------------------------------------------------------------

UNKNOWN_SPACE = Refusal(
    "sites.unknown_space",
    _("This space is not in use at this site. Choose one from the list, or leave it open for now."),
    Ground.INPUT,
)
SPACE_NAMED_TWICE = Refusal(
    "sites.space_named_twice",
    _("There is a space called {space} there already. Give this one another name."),
)
SPACES_TOO_DEEP = Refusal(
    "sites.spaces_too_deep",
    _("Spaces go {levels} levels deep: building, floor, room, bed. Put this one higher up."),
    Ground.INPUT,
)
SPACE_IN_ITSELF = Refusal(
    "sites.space_in_itself", _("A space cannot lie within itself. Choose another one above it."), Ground.INPUT
)
SPACE_IN_USE = Refusal(
    "sites.space_in_use",
    _("{people} people sleep in {space} or are expected there. Move them to another space first."),
)
SPACE_CLOSED = Refusal("sites.space_closed", _("This space is closed already. Nothing has to be done."))
MORE_WORKING = Refusal(
    "sites.more_working",
    _("More are said to work than there are. Correct one of the two numbers."),
    Ground.INPUT,
)
ALREADY_VOID = Refusal("sites.already_void", _("This has been taken out already. Nothing has to be done."))

# --- coming ----------------------------------------------------------------------------------------------------------

ALREADY_IN = Refusal(
    "sites.already_in",
    _("This person is registered at {site} and has not left. Check them out there first, or propose a transfer."),
)
TWICE = Refusal(
    "sites.person_twice", _("The same person or stay stands here twice. Remove one of the two entries."), Ground.INPUT
)
RECORDED_DEAD = Refusal(
    "sites.recorded_dead",
    _("A document of the authority records this person's death. Check whether this is somebody else."),
)
NOT_OF_HOUSEHOLD = Refusal(
    "sites.not_of_household",
    _("Somebody here belongs to another household. Check each household in by itself."),
    Ground.INPUT,
)
STILL_STAYING = Refusal(
    "sites.still_staying",
    _("This person still stays at the site, and would be lost to the night's figures. Check them out first."),
)
STILL_REGISTERED = Refusal(
    "sites.still_registered",
    _("This person is registered at a site of yours. Check them out first, then take the record out."),
)
GOES_OVER = Refusal(
    "sites.goes_over",
    _("{place} has {free} free places; these are {people} people. Choose another place, or record why it goes over."),
)
ALREADY_EXPECTED = Refusal(
    "sites.already_expected",
    _("Somebody here is expected at this site already. Leave that person out, or take the earlier plan out first."),
)
PLANNED_IN_PAST = Refusal("sites.planned_in_past", _("This day has passed. Choose today or a later day."), Ground.INPUT)
MOTHER_NOT_HERE = Refusal(
    "sites.mother_not_here",
    _("The mother is not registered at a site of yours. Check her in first, then record the birth."),
)

# --- staying and leaving ---------------------------------------------------------------------------------------------

NOT_IN = Refusal("sites.not_in", _("This person is expected and has not come in yet. Check them in first."))
ALREADY_OUT = Refusal("sites.already_out", _("This person has left already. If they came back, check them in again."))
ALREADY_AWAY = Refusal(
    "sites.already_away", _("This person is temporarily out already. Record that they came back first.")
)
NOT_AWAY = Refusal("sites.not_away", _("This person is not temporarily out. Nothing has to be recorded."))
BACK_BEFORE_LEAVING = Refusal(
    "sites.back_before_leaving",
    _("The time to be back lies before the time of leaving. Correct the day or the hour."),
    Ground.INPUT,
)
CHILD_NEEDS_RETURN = Refusal(
    "sites.child_needs_return",
    _("A child goes out for a time only with the hour they are expected back. Say when."),
)
DIFFERENT_SITES = Refusal(
    "sites.different_sites", _("These people are at different sites. Do this for one site at a time."), Ground.INPUT
)
DEATH_BY_DOCUMENT = Refusal(
    "sites.death_by_document",
    _("A death is recorded with the document of the authority, on the person's page, not as a way of leaving."),
    Ground.INPUT,
)
CHILD_ALONE = Refusal(
    "sites.child_leaves_alone",
    _(
        "A child leaves only with an adult of their own household, or by a recorded act of the competent authority. "
        "Let the adult leave in the same entry, or record the authority's act. "
        "If the child is gone already, record that they left without word."
    ),
)
ACT_OF_NOBODY = Refusal(
    "sites.act_of_nobody",
    _("The act of the authority names a person who is not in this entry. Choose the child it is about."),
    Ground.INPUT,
)
NOT_DISPUTED = Refusal("sites.not_disputed", _("This stay is not waiting to be confirmed. Nothing has to be done."))
DIED_LATER = Refusal(
    "sites.died_later", _("The day of death given has not come yet. Correct it from the document."), Ground.INPUT
)
DIED_TWICE = Refusal("sites.died_twice", _("This death is recorded already. Nothing has to be done."))

# --- transfers -------------------------------------------------------------------------------------------------------

SAME_SITE = Refusal(
    "sites.same_site",
    _("These people are at this site already. To change where they sleep, move them to another space."),
    Ground.INPUT,
)
ONE_HOUSEHOLD = Refusal(
    "sites.one_household",
    _("A transfer moves one household. Propose one for each, so that each stays together."),
    Ground.INPUT,
)
PARTS_HOUSEHOLD = Refusal(
    "sites.parts_household",
    _("{staying} of this household would stay behind. Take them along, or record why the household parts."),
    Ground.INPUT,
)
TRAVEL_IN_PAST = Refusal("sites.travel_in_past", _("The day of travel has passed. Correct it."), Ground.INPUT)
ALREADY_MOVING = Refusal(
    "sites.already_moving",
    _("A transfer of somebody here is under way already. Withdraw it first, or leave that person out."),
)
TRANSFER_SETTLED = Refusal("sites.transfer_settled", _("This transfer has been settled already. Reload the page."))
NOBODY_LEFT_TO_MOVE = Refusal(
    "sites.nobody_left_to_move",
    _("Nobody of this transfer is waiting any more. Refuse it; if they came to you, check them in."),
)
NOT_OF_TRANSFER = Refusal(
    "sites.not_of_transfer", _("Somebody here is not part of this transfer. Reload the page."), Ground.INPUT
)

# --- head-counts -----------------------------------------------------------------------------------------------------

CELLS_EXCEED = Refusal(
    "sites.cells_exceed",
    _("The parts add up to {parts} and the whole is {persons}. Correct the one that is wrong."),
    Ground.INPUT,
)
UNKNOWN_BAND = Refusal(
    "sites.unknown_band", _("This response does not use the age band {band}. Use one of {bands}."), Ground.INPUT
)
CELL_TWICE = Refusal(
    "sites.cell_twice", _("One sex and age band stands here twice. Add the two numbers together."), Ground.INPUT
)
NIGHT_TO_COME = Refusal(
    "sites.night_to_come",
    _("A count cannot stand for a night that has not begun. Correct the night or the hour of the count."),
    Ground.INPUT,
)

# --- finding a site --------------------------------------------------------------------------------------------------

NO_SUCH_SITE = Refusal(
    "sites.no_such_site", _("No site of yours is called so. Write its code, its name or a part of it."), Ground.MISSING
)
SEVERAL_SITES = Refusal(
    "sites.several_sites", _("Several sites match: {names}. Write more of the name, or the code."), Ground.INPUT
)
