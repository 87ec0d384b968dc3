"""What is refused about photos."""

from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Ground, Refusal

NO_PICTURE = Refusal(
    "people.photo_unread",
    _("This file cannot be read as a photo. Take it again, or choose one in the formats JPEG, PNG or WEBP."),
    Ground.INPUT,
)
TOO_LARGE = Refusal(
    "people.photo_too_large",
    _("This photo is too large to be opened safely. Take it again with the camera of this device, or make it smaller."),
    Ground.INPUT,
)
NOT_KEPT = Refusal(
    "people.photo_not_kept",
    _("The photo did not arrive with this entry. Take it again."),
    Ground.INPUT,
)
