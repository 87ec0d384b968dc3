"""What is asked on the page of a photo."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.core.pages import VerbForm


class PhotoForm(VerbForm):
    """A picture from the camera or from a file."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("From the camera of this device, or a file in the formats JPEG, PNG or WEBP."),
        error_messages={
            "required": _("No photo has arrived. Take it, or choose a file of at most 15 megabytes."),
            "empty": _("This file is empty. Take the photo again."),
        },
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp", "data-photo": ""}),
    )

    def content(self) -> bytes:
        """The file as it came."""
        came: Any = self.cleaned_data["photo"]
        content: bytes = came.read()
        return content
