"""What is refused about devices, badges, PINs and volunteers. At the lock screen it is one sentence for all."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

# --- at the lock screen ----------------------------------------------------------------------------------------------

DOES_NOT_OPEN = Refusal(
    "accounts.does_not_open",
    _(
        "This badge and this PIN do not open. Scan the badge and type the six digits again. After five wrong PINs a "
        "badge rests for a while; whoever coordinates the site helps."
    ),
    Ground.PERMISSION,
)
CODE_DOES_NOT_WORK = Refusal(
    "accounts.code_does_not_work",
    _(
        "This code does not let a device in. It works once, for ten minutes: compare it sign by sign, or ask for "
        "another one."
    ),
    Ground.INPUT,
)
NOT_AT_A_SHARED_DEVICE = Refusal(
    "accounts.not_at_a_shared_device",
    _("This is not done at a shared device. Sign in on a device of your own, with your password and second factor."),
    Ground.PERMISSION,
)
SIGN_CONDUCT_FIRST = Refusal(
    "accounts.sign_conduct_first", _("Read the code of conduct and sign it; then you can work."), Ground.PERMISSION
)
DEVICE_REVOKED = Refusal(
    "accounts.device_session_over",
    _("This session is over: the device, the badge or the PIN does not count any more. Open it again with your badge."),
    Ground.PERMISSION,
)

# --- devices ---------------------------------------------------------------------------------------------------------

ENROLMENT_OVER = Refusal(
    "accounts.enrolment_over", _("This invitation was used, or its ten minutes are over. Make another one.")
)
REVOKED_ALREADY = Refusal(
    "accounts.device_revoked_already", _("This device is shut out already. To let it in again, invite it anew.")
)

# --- badges ----------------------------------------------------------------------------------------------------------

NOT_A_BADGE = Refusal(
    "accounts.not_a_badge",
    _("This is no badge you can give out. Scan it again, type the number beside the code, or take another one."),
    Ground.INPUT,
)
BADGE_TAKEN = Refusal("accounts.badge_taken", _("This badge belongs to somebody already. Take another one."))
BADGE_ENDED = Refusal(
    "accounts.badge_ended", _("This badge does not count any more and is not given out again. Take another one.")
)
HAS_BADGE = Refusal(
    "accounts.has_badge", _("This colleague has a badge already. If it is lost or damaged, end it first.")
)

# --- PINs ------------------------------------------------------------------------------------------------------------

SIX_DIGITS = Refusal("accounts.pin_six_digits", _("A PIN has six digits, and nothing else."), Ground.INPUT)
EASY_PIN = Refusal(
    "accounts.pin_easy",
    _("Others would try this PIN first: it is one digit, a run, a pattern or the day's date. Choose another one."),
    Ground.INPUT,
)
NO_PIN = Refusal("accounts.no_pin", _("This colleague has no PIN. Nothing has to be ended."))
PIN_NOT_HASHED = Refusal(
    "accounts.pin_not_hashed", _("A PIN is chosen on its page and never sent to this address."), Ground.INPUT
)

# --- volunteers ------------------------------------------------------------------------------------------------------

NOT_FOR_VOLUNTEERS = Refusal(
    "accounts.not_for_volunteers",
    _("A volunteer registers, keeps the gate or hands out goods. For another role an administrator makes the account."),
    Ground.INPUT,
)
ROLE_TAKEN_BACK = Refusal(
    "accounts.volunteer_role_taken_back",
    _("The role of this volunteer was taken back, so there is nothing to renew. Make the volunteer anew."),
)
CONDUCT_CHANGED = Refusal(
    "accounts.conduct_changed", _("This is not the code of conduct in force. Load the page again and read it.")
)
CONDUCT_SIGNED = Refusal(
    "accounts.conduct_signed", _("You have signed this code of conduct already. Nothing has to be done.")
)
