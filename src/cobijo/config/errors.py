"""What Django's error page may show a developer: places and kinds, no person's data."""

from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter


class HidesPeople(SafeExceptionReporterFilter):
    """Hides what was posted, the cookies and the values of local variables, in debug too.

    A debug server is opened to a room and its error pages are pasted into reports. A variable's name and
    kind are enough to find the place; a debugger shows the rest on the developer's own screen.
    """

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always: the base class would show everything in debug."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """The names of the fields that were posted."""
        if request is None:
            return {}
        hidden = QueryDict(mutable=True)
        hidden.update(dict.fromkeys(request.POST, self.cleansed_substitute))
        return hidden

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        """The names of the cookies."""
        return dict.fromkeys(request.COOKIES, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        """The names of the local variables, each with its kind."""
        return {name: Hidden(value) for name, value in tb_frame.f_locals.items()}.items()


class Hidden:
    """Stands for a value that is not shown."""

    def __init__(self, value: object) -> None:
        self.kind = type(value).__qualname__

    def __repr__(self) -> str:
        return f"<{self.kind}>"
