"""What people is asked by pages and by other apps. Every row goes through ``access``, each question in few queries."""

from cobijo.people.cards.queries import BatchRow, CardRow, batch_for, batches_for, cards_of, scan, shown_at_gate
from cobijo.people.cards.types import Scanned
from cobijo.people.countries import choices as countries_said
from cobijo.people.identity.following import kept_of
from cobijo.people.paper.keys import letters as form_letters
from cobijo.people.paper.queries import (
    FormBatchRow,
    form_batch_for,
    form_batches_for,
    form_for,
    form_to_type,
    forms_of,
)
from cobijo.people.paper.types import FormLine, OpenForm
from cobijo.people.photos.queries import PhotoRow, face, faces, photo_of, photos_of, picture
from cobijo.people.queries.candidates import Candidate, Sought, Strength, candidates
from cobijo.people.queries.casework import (
    NoteRow,
    OpeningRow,
    ProtectionRow,
    count_of_notes,
    notes_of,
    open_protection,
    openings,
)
from cobijo.people.queries.consent import AnswerRow, BasisRow, allowed, answers_of, bases_at, may_use
from cobijo.people.queries.elsewhere import PaperShown, shown
from cobijo.people.queries.finding import search
from cobijo.people.queries.papers import DocumentRow, PhoneRow, documents_of, phones_of, sees_numbers
from cobijo.people.queries.records import (
    HouseholdRow,
    MemberRow,
    PersonLine,
    PersonRow,
    age_of,
    heads_among,
    heads_of,
    household_of,
    household_row,
    household_with_code,
    line_of,
    lines,
    members_for,
    need_codes,
    needs_among,
    person_row,
    row_of,
)
from cobijo.people.queries.timeline import Entry, timeline
from cobijo.people.said.queries import CollectorRow, SaidRow, collectors_of, said_of
from cobijo.people.types import Hit

__all__ = [
    "AnswerRow",
    "BasisRow",
    "BatchRow",
    "Candidate",
    "CardRow",
    "CollectorRow",
    "DocumentRow",
    "Entry",
    "FormBatchRow",
    "FormLine",
    "Hit",
    "HouseholdRow",
    "MemberRow",
    "NoteRow",
    "OpenForm",
    "OpeningRow",
    "PaperShown",
    "PersonLine",
    "PersonRow",
    "PhoneRow",
    "PhotoRow",
    "ProtectionRow",
    "SaidRow",
    "Scanned",
    "Sought",
    "Strength",
    "age_of",
    "allowed",
    "answers_of",
    "bases_at",
    "batch_for",
    "batches_for",
    "candidates",
    "cards_of",
    "collectors_of",
    "count_of_notes",
    "countries_said",
    "documents_of",
    "face",
    "faces",
    "form_batch_for",
    "form_batches_for",
    "form_for",
    "form_letters",
    "form_to_type",
    "forms_of",
    "heads_among",
    "heads_of",
    "household_of",
    "household_row",
    "household_with_code",
    "kept_of",
    "line_of",
    "lines",
    "may_use",
    "members_for",
    "need_codes",
    "needs_among",
    "notes_of",
    "open_protection",
    "openings",
    "person_row",
    "phones_of",
    "photo_of",
    "photos_of",
    "picture",
    "row_of",
    "said_of",
    "scan",
    "search",
    "sees_numbers",
    "shown",
    "shown_at_gate",
    "timeline",
]
