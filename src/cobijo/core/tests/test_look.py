"""The look holds its promises: legible in both themes, small, and sayable without colour."""

import colorsys
import datetime as dt
import gzip
import hashlib
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from cobijo.core import drawing, wording
from cobijo.core.drawing import BandCount, DayCount
from cobijo.core.templatetags.cobijo import STATES
from cobijo.core.widgets import DatePartsField

CORE = Path(__file__).resolve().parent.parent
STATIC = CORE / "static" / "core"
TEMPLATES = CORE / "templates"
TOKENS = (STATIC / "tokens.css").read_text()
STYLE = (STATIC / "cobijo.css").read_text()
PAGES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
THEMES = ("light", "dark")

BANDS = [
    BandCount("0–4", 14, 12, 0, 1),
    BandCount("5–11", 19, 22, 1),
    BandCount("12–17", 11, 13),
    BandCount("60+", 6, 5),
    BandCount("unknown", 1, 2),
]


def colours(theme: str) -> dict[str, str]:
    light, dark, *_ = TOKENS.split("@media")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark)) if theme == "dark" else found


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs(theme: str, above: str, below: str) -> list[tuple[str, str, float]]:
    known = colours(theme)
    return [
        (one, other, contrast(known[one], known[other]))
        for one in known
        for other in known
        if re.fullmatch(above, one) and re.fullmatch(below, other)
    ]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("above", "below", "least"),
    [
        (r"text.*", r"ground.*", 4.5),
        (r"mark-.*", r"ground.*", 3.0),
        (r"on-fill", r"fill-(teal|clay|danger).*", 4.5),
        (r"on-bar.*", r"fill-bar.*", 4.5),
    ],
)
def test_everything_read_or_seen_stands_out_from_its_ground(theme: str, above: str, below: str, least: float) -> None:
    found = pairs(theme, above, below)
    assert len(found) >= 4
    assert [pair for pair in found if pair[2] < least] == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_scale_keeps_its_order_when_printed_in_grey(theme: str) -> None:
    known = colours(theme)
    steps = [116 * luminance(known[f"seq-{step}"]) ** (1 / 3) - 16 for step in range(1, 6)]
    assert min(abs(after - before) for before, after in pairwise(steps)) > 10
    assert steps in (sorted(steps), sorted(steps, reverse=True))


def test_only_danger_is_red() -> None:
    for theme in THEMES:
        for name, colour in colours(theme).items():
            red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
            hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
            is_red = saturation > 0.3 and (hue < 0.012 or hue > 0.92)
            assert not is_red or "danger" in name, (theme, name)


def test_the_style_writes_no_colour_and_no_size_of_its_own() -> None:
    rules = re.sub(r"/\*.*?\*/", "", STYLE, flags=re.DOTALL)
    screen = rules.split("@media print")[0]
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", screen) == []
    sizes = re.findall(r"font-size: ([^;]+);|font: \d+ ([^/]+)/", screen)
    told = {one or other for one, other in sizes}
    assert {size for size in told if not re.fullmatch(r"var\(--t[1-6]\)|\.94em|\.8125rem", size)} == set()


def test_the_style_is_small() -> None:
    assert len(gzip.compress((TOKENS + STYLE).encode(), 9)) < 14 * 1024


def test_what_is_vendored_is_what_the_manifest_says() -> None:
    vendor = STATIC / "vendor"
    manifest = json.loads((vendor / "manifest.json").read_text())
    assert {path.name for path in vendor.glob("*.js")} == set(manifest)
    for name, entry in manifest.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == entry["sha256"]
        assert entry["version"] in (vendor / name).read_text()
        assert (vendor / entry["licence_file"]).read_text().strip()


@pytest.mark.parametrize("page", PAGES)
def test_no_template_carries_a_style_or_a_script_in_its_text(page: str) -> None:
    text = (TEMPLATES / page).read_text()
    get_template(page)
    assert re.findall(r"\sstyle=|\son\w+=|<style|javascript:|<script(?![^>]*\bsrc=)", text) == []


def test_every_icon_named_anywhere_is_there_with_its_licence() -> None:
    texts = "".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    named = set(re.findall(r'{% icon "([\w-]+)"', texts)) | {state.icon for state in STATES.values()}
    assert {name for name in named if not (CORE / "icons" / f"{name}.svg").exists()} == set()
    assert "ISC" in (CORE / "icons" / "LICENSE").read_text()


def page(text: str, **given: object) -> str:
    return Template("{% load cobijo %}" + text).render(Context(given))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_each_state_is_told_by_word_and_shape_and_no_two_share_them() -> None:
    with translation.override("es"):
        shown = {name: page(f'{{% state "{name}" %}}') for name in STATES}
    assert len({words(html) for html in shown.values()}) == len(STATES)
    assert len({re.sub(r"[^<]*</span></span>", "", html) for html in shown.values()}) == len(STATES)
    assert "Por revisar · 3 horas" in page(
        '{% load i18n %}{% language "es" %}{% state "held" "3 horas" %}{% endlanguage %}'
    )


def test_numbers_and_moments_are_said_as_central_america_says_them() -> None:
    late = dt.datetime(2018, 10, 30, 0, 5, tzinfo=dt.UTC)
    with translation.override("es"), timezone.override("America/Guatemala"):
        assert wording.number(1234567) == "1,234,567"
        assert wording.moment(late) == "29 de octubre de 2018, 18:05"
        shown = page("{% when at %}|{% number many %}|{% number none %}", at=late, many=3370, none=None)
    assert '<time datetime="2018-10-29T18:05-06:00">29 de octubre de 2018, 18:05</time>|3,370|' in shown
    assert words(shown).endswith("– no se sabe")


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        wording.moment(dt.datetime(2018, 10, 29, 18, 5))  # noqa: DTZ001 -- that is the case


def share(length: str) -> float:
    assert length.endswith("%")
    return float(length[:-1])


COUNTS = st.integers(0, 5000)


@given(COUNTS, st.none() | COUNTS, st.none() | COUNTS)
def test_a_bar_never_leaves_its_drawing_and_is_hatched_only_beyond_the_places(
    registered: int, counted: int | None, places: int | None
) -> None:
    bar = drawing.figure_bar(registered, counted, places)
    for measure in filter(None, (bar.registered, bar.counted)):
        assert share(measure.over_x) + share(measure.over_width) <= 100.02
        assert (measure.over > 0) == (places is not None and measure.value > places)
        assert not measure.over or measure.over_x == bar.places_x
    assert places is None or bar.full == (registered == places)


@given(st.lists(st.builds(BandCount, st.just("x"), st.none() | COUNTS, st.none() | COUNTS, COUNTS, COUNTS)))
def test_a_pyramid_never_leaves_its_drawing(bands: list[BandCount]) -> None:
    drawn = drawing.pyramid(bands)
    for row in drawn.rows:
        assert share(row.female_x) >= 0
        assert share(row.male_end) <= 100
        assert row.y + drawing.BAR_HEIGHT <= drawn.height
    assert drawn.hides == any(band.total is None for band in bands)


@given(st.lists(st.builds(DayCount, st.just(dt.date(2018, 10, 29)), st.none() | COUNTS, st.none() | COUNTS)))
def test_bars_of_days_stay_between_their_labels_and_nobody_who_came_is_drawn_as_nobody(
    days: list[DayCount],
) -> None:
    drawn = drawing.day_bars(days)
    for day in drawn.days:
        assert day.up_y >= drawing.DAYS_LABEL
        assert drawn.axis_y + day.down_height <= drawn.departures_y - drawing.DAYS_LABEL
        assert bool(day.up_height) == bool(day.counts.arrivals)


def test_over_capacity_is_said_and_hatched_and_a_missing_roll_call_is_said_too() -> None:
    with translation.override("en"):
        over = page("{% figure_bar 167 None 150 places_state='assumed' %}")
        one = page("{% figure_bar 149 140 150 %}")
        full = page("{% figure_bar 150 None 150 %}")
        unknown = page("{% figure_bar 41 %}")
    assert "Over capacity 17 people more than places" in words(over)
    assert "no roll-call" in words(over)
    assert "Assumed" in words(over)
    assert "url(#hatch-over)" in over
    assert "url(#hatch-over)" not in one
    assert "One free place" in words(one)
    assert "Full No free place" in words(full)
    assert "not known" in words(unknown)


def test_a_pyramid_has_its_values_in_a_table_with_other_and_unknown() -> None:
    with translation.override("en"):
        html = page(
            "{% pyramid rows title='Half are children' source='Cobijo' at=day %}", rows=BANDS, day=dt.date(2018, 10, 29)
        )
    assert "5–11 19 22 1 0 42" in words(html)
    assert "Total 51 54 1 1 107" in words(html)
    assert "2 people of other or unknown sex are in the table and not in the drawing" in words(html)
    assert "Cobijo · 29 October 2018" in words(html)
    assert html.index(">60+<") < html.index(">0–4<") < html.index(">unknown<")


def test_a_hidden_cell_hides_what_could_give_it_away() -> None:
    hidden = [*BANDS[:-1], BandCount("unknown", None, 2)]
    with translation.override("en"):
        html = words(page("{% pyramid rows %}", rows=hidden))
    assert "unknown – 2 0 0 –" in html
    assert "Total – 54 1 1 –" in html
    assert "kept back" in html


def test_the_days_of_a_month_are_tabled_and_a_fortnight_is_numbered_one_by_one() -> None:
    first = dt.date(2018, 10, 1)
    month = [DayCount(first + dt.timedelta(days=place), place + 1, 1) for place in range(31)]
    assert [day.up_numbered for day in drawing.day_bars(month).days].count(True) == 1
    assert all(day.named and day.up_numbered for day in drawing.day_bars(month[:14]).days)
    with translation.override("en"):
        assert "Total 496 31" in words(page("{% day_bars rows %}", rows=month))


class Form(forms.Form):
    given = forms.CharField(label="Given names", help_text="As the person says them.")
    born = DatePartsField(label="Date of birth", required=False)
    sex = forms.ChoiceField(label="Sex", choices=[("f", "Female"), ("m", "Male")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)


def test_an_error_stands_beside_its_answer_and_is_linked_from_the_top() -> None:
    form = Form({"born_day": "31", "born_month": "2", "born_year": "1984"})
    form.add_error(None, "Salón Municipal has 2 free places; this family is 5.")
    with translation.override("en"):
        top = page("{% error_summary form %}", form=form)
        beside = page("{% field form.given %}{% field form.born %}{% field form.note %}", form=form)
    assert "4 things are to be put right" in words(top)
    assert all(f'href="#{target}"' in top for target in ("id_given", "id_born_0", "id_sex_0"))
    assert "this family is 5." in words(top)
    assert 'aria-describedby="id_given_helptext id_given_error"' in beside
    assert 'id="id_given_error"' in beside
    assert '<fieldset aria-describedby="id_born_error">' in beside
    assert "not a day of the calendar" in words(beside)
    assert 'value="31"' in beside
    assert re.search(r"Note .optional.", words(beside))
    assert "Given names (optional)" not in words(beside)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "This is missing: write it or choose it."), ("es", "Falta: escríbalo o elíjalo.")]
)
def test_what_is_missing_is_said_plainly(language: str, said: str) -> None:
    with translation.override(language):
        assert [list(map(str, sentences)) for sentences in Form({}).errors.values()] == [[said], [said]]


def test_an_age_band_is_written_with_a_dash_between_its_ages() -> None:
    assert page("{{ code|band }}, {{ oldest|band }}", code="0-4", oldest="60+") == "0–4, 60+"


def test_a_form_without_errors_has_no_summary() -> None:
    form = Form({"given": "Ana", "sex": "f"})
    assert page("{% error_summary form none %}", form=form, none=None).strip() == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(["27", "3", "1984"], dt.date(1984, 3, 27)), (["", "", ""], None), ([" 1", "01 ", "2018"], dt.date(2018, 1, 1))],
)
def test_a_date_is_typed_as_people_say_it(typed: list[str], meant: dt.date | None) -> None:
    assert DatePartsField(required=False).clean(typed) == meant


@pytest.mark.parametrize("typed", [["31", "2", "1984"], ["1", "", "1984"], ["x", "1", "1984"], ["1", "1", "99999"]])
def test_what_is_no_date_gets_one_sentence(typed: list[str]) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        DatePartsField().clean(typed)
    assert len(refused.value.messages) == 1


def test_danger_is_named_by_its_act_and_holds_what_the_page_puts_in() -> None:
    with translation.override("en"):
        html = page(
            "{% danger heading='Close' button='Close and move 4 people' action='/x' %}<b>{{ name }}</b>{% enddanger %}"
            "{% nothing icon='users' %}Nobody yet.{% endnothing %}",
            name="<i>",
            csrf_token="token",
        )
    assert "Close and move 4 people" in words(html)
    assert "This cannot be taken back." in words(html)
    assert "<b>&lt;i&gt;</b>" in html
    assert 'value="token"' in html
    assert "Nobody yet." in words(html)


def test_the_frame_stands_without_a_role_and_the_demonstration_says_what_it_is() -> None:
    with translation.override("es"):
        bare = render_to_string("core/staff.html")
        demo = render_to_string("core/staff.html", {"demo_world": {"now": None}})
    assert '<html lang="es">' in bare
    assert "ficticias" not in bare
    assert "ficticias" in demo
    config = json.loads(re.search(r"content='({.*?})'", bare)[1])  # type: ignore[index]
    assert config["allowEval"] is config["includeIndicatorStyles"] is config["allowScriptTags"] is False
    assert config["selfRequestsOnly"] is True
    assert config["historyCacheSize"] == 0


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "500.html", "core/signin.html"])
def test_a_page_for_a_bad_day_needs_nothing(name: str) -> None:
    html = get_template(name).render()
    assert html.count("<h1>") == 1
    assert "error" not in words(html).lower()
