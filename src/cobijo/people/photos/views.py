"""The pages of a photo: take one, look at one, take one out."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core.errors import DomainError
from cobijo.core.pages import done, me
from cobijo.core.verbs import Act
from cobijo.people import pages
from cobijo.people.photos import access, keeping, queries, services
from cobijo.people.photos.forms import PhotoForm
from cobijo.people.photos.models import Photo

TAKE = pages.Page(
    _("Photo"),
    _("Keep the photo"),
    _("The photo is kept."),
    _("A photo helps to know who stands at the door. Nobody has to have one: without it nothing is lost."),
    template="people/photos/take.html",
)


@require_http_methods(["GET", "POST"])
@login_required
def take(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Take a photo of a person, or another one."""
    person = pages.opened(request, person_id, Permission.REGISTER)
    form = PhotoForm(request.POST or None, request.FILES or None)
    now = queries.photo_of(me(request), person_id)
    return pages.form_page(request, person, form, TAKE, lambda act: _keep(act, form, person_id), photo=now)


def _keep(act: Act, form: PhotoForm, person_id: UUID) -> Photo:
    """Keep the file, then set it; of a refusal no file stays."""
    digest = keeping.keep(person_id, form.content())
    try:
        return services.set_photo(act, photo_id=form.cleaned_data["new_id"], person_id=person_id, digest=digest)
    except DomainError:
        keeping.let_go([digest])
        raise


@require_GET
@login_required
def picture(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The picture itself: ours from the first byte to the last, kept by no cache, taken for nothing else."""
    content = queries.picture(me(request), photo_id)
    log_reading(me(request), ReadingKind.OPEN, "people.photo", record=photo_id)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": 'inline; filename="photo.jpg"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type="image/jpeg", headers=headers)


@require_POST
@login_required
def remove(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """Take a photo out."""
    owner = access.get_for(me(request), Photo, photo_id).person_id
    done(request, lambda act: services.remove_photo(act, photo_id=photo_id), _("The photo is taken out."))
    return redirect(pages.person_url(owner))
