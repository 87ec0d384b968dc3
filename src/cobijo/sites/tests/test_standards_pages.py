"""The pages: a round answered on a phone's form, a task from a gap, an incident, a complaint asked about by number."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.sites.complaints.kinds import draw_number
from cobijo.sites.complaints.models import Complaint
from cobijo.sites.incidents.models import Incident
from cobijo.sites.standards.models import Answer, Round
from cobijo.sites.tests.looking import count, found, looked_at
from cobijo.sites.tests.shelter import receive
from cobijo.sites.types import FacilityKind
from cobijo.sites.upkeep.models import Task
from tests.cast import Cast, sign_in

pytestmark = pytest.mark.django_db


def ids() -> dict[str, Any]:
    return {"op_id": uuid7(), "new_id": uuid7()}


def post(browser: Client, name: str, *args: Any, **given: Any) -> Any:
    return browser.post(reverse(f"sites:{name}", args=args), ids() | given)


def text(browser: Client, name: str, *args: Any) -> str:
    answer = browser.get(reverse(f"sites:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_round_is_begun_answered_and_ended_on_the_form(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    browser, site = sign_in(cast.beto), cast.a.id
    post(browser, "begin-round", site, phase="later", regime="nights", norm_set="sphere")
    round_ = Round.objects.get()
    said = {
        "v_distance_to_toilet": "80", "m_toilets_lit": "told", "v_toilets_lit": "0", "m_ceiling": "unknown",
        "v_unsafe_for_women": ["toilets", "paths"], "v_needs_0": "water", "v_needs_1": "food", "a_water": "none",
        "p_water": "Municipalidad", "m_emptied_on": "not_applicable",
    }  # fmt: skip
    post(browser, "round", site, round_.pk, **said)
    again = text(browser, "round", site, round_.pk)
    assert 'value="80"' in again
    post(browser, "round", site, round_.pk, **said, end="1")
    states = dict(Answer.objects.exclude(source="computed").values_list("indicator", "state"))
    assert states["ceiling"] == "unknown"
    assert states["emptied_on"] == "not_applicable"
    assert Answer.objects.get(indicator="needs").chosen == ["water", "food"]
    page = text(browser, "standards", site)
    assert "1.6 veces la norma" in page
    assert "No se sabe" in page
    assert text(browser, "round", site, round_.pk)


def test_what_the_verb_refuses_stands_beside_its_question(cast: Cast) -> None:
    browser, site = sign_in(cast.beto), cast.a.id
    post(browser, "begin-round", site, phase="later", regime="nights", norm_set="sphere")
    answer = post(browser, "round", site, Round.objects.get().pk, v_soap="140", v_ceiling="2")
    assert "100 como máximo" in answer.content.decode()
    assert not Answer.objects.exists()


def test_a_site_nobody_looked_at_is_shown_as_not_known(cast: Cast) -> None:
    page = text(sign_in(cast.beto), "standards", cast.a.id)
    assert "Nadie ha revisado todavía este albergue" in page
    assert page.count("No se sabe") > 40


def test_a_task_comes_from_a_gap_in_two_steps_and_is_settled(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    count(cast, FacilityKind.SHOWER, 0)
    browser, site = sign_in(cast.beto), cast.a.id
    address = reverse("sites:new-task", args=[site]) + "?indicator=people_a_shower"
    assert "1 ducha que funciona más" in browser.get(address).content.decode()
    browser.post(address, ids() | {"what": "Poner una ducha", "owner": str(cast.ana.id)})
    task = Task.objects.get()
    assert task.indicator == "people_a_shower"
    assert "Hay una tarea puesta" in text(browser, "standards", site)
    post(sign_in(cast.ana), "settle-task", site, task.pk, state="done")
    assert Task.objects.get().state == "done"


def test_a_list_is_ticked_off_and_said_where_the_site_closes(cast: Cast) -> None:
    browser, site = sign_in(cast.beto), cast.a.id
    before = text(browser, "close", site)
    browser.post(reverse("sites:tick", args=[site, "closing", "told"]), {"state": "done"})
    after = text(browser, "close", site)
    assert "Faltan 11 cosas de la lista" in before
    assert "Faltan 10 cosas de la lista" in after
    assert browser.post(reverse("sites:tick", args=[site, "golden", "told"]), {"state": "done"}).status_code == 404


def test_an_incident_is_written_down_and_closed_on_its_page(cast: Cast) -> None:
    browser, site = sign_in(cast.beto), cast.a.id
    post(browser, "new-incident", site, kind="fire", seriousness="3", facts="Se quemó una olla.", told=["firefighters"])
    made = Incident.objects.get()
    assert "Se quemó una olla." in text(browser, "incident", made.pk)
    assert "Se quemó" not in text(browser, "incidents", site)
    post(browser, "incident", made.pk, outcome="Apagado.", closed="on", told=["firefighters"])
    assert Incident.objects.get().state == "closed"
    assert "Apagado." in text(browser, "incident", made.pk)


def test_a_complaint_is_written_down_answered_handed_over_and_asked_about(cast: Cast) -> None:
    browser, site = sign_in(cast.beto), cast.a.id
    number = draw_number()
    given = {"drawn": draw_number(), "slip": number, "channel": "paper", "kind": "services", "text": "No hay agua."}
    said = sign_in(cast.ana).post(reverse("sites:new-complaint", args=[site]), ids() | given, follow=True)
    assert number in said.content.decode()
    one = Complaint.objects.get()
    due = clock.now().date() + timedelta(days=2)
    day = {"hand-due_on_day": due.day, "hand-due_on_month": due.month, "hand-due_on_year": due.year}
    hidden = {"hand-op_id": uuid7(), "hand-new_id": uuid7()}
    browser.post(reverse("sites:hand-complaint", args=[one.pk]), hidden | day | {"hand-owner": str(cast.ana.id)})
    assert Complaint.objects.get().owner_id == cast.ana.id
    post(browser, "complaint", one.pk, answer="Ya hay agua.")
    asked = browser.post(reverse("sites:ask-complaint", args=[site]), {"number": number})
    assert "Ya hay agua." in asked.content.decode()
    unknown = browser.post(reverse("sites:ask-complaint", args=[site]), {"number": draw_number()})
    assert "Aquí no hay respuesta" in unknown.content.decode()


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_is_printed_is_a_page(cast: Cast, language: str) -> None:
    receive(cast.ana, cast.a)
    looked_at(cast, found("distance_to_toilet", 80))
    browser = sign_in(cast.beto)
    browser.cookies["django_language"] = language
    for name in ("standards-print", "complaint-forms"):
        answer = browser.get(reverse(f"sites:{name}", args=[cast.a.id]))
        assert answer.getvalue().startswith(b"%PDF"), name


def test_the_table_of_sites_is_a_file_too(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    count(cast, FacilityKind.SHOWER, 0)
    browser = sign_in(cast.diego)
    assert "Salón Municipal" in text(browser, "standards-all")
    said = browser.get(reverse("sites:standards-file", args=["csv"])).getvalue().decode()
    assert "no hay ninguno" in said
