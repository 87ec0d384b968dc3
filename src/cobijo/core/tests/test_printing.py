"""Prints: no text is obeyed, no letter of a name is lost, and every page says what it is."""

import io
import re
from pathlib import Path

import pytest
from django.utils import translation
from pypdf import PdfReader

from cobijo.core import printing

HOSTILE = [
    '#import "x"',
    "*bold*",
    "$x$",
    "_em_",
    "= h",
    "@ref",
    "<lab>",
    "\\u{41}",
    "// no",
    "#sys.inputs",
    "\"q\" 's'",
]


def specimen(people: list[str], **sheet: object) -> dict[str, object]:
    cells = [
        {"band": band, "female": 10, "male": 12, "other": 0, "unknown": None, "total": None}
        for band in ("0–4", "5–11", "60+", "sin dato")
    ]
    return {
        "sheet": {"title": "Censo de la noche", "organisation": "SOSEP", "site": "Bergaño", "scope": "este albergue",
                  "date": "29 de octubre de 2018"} | sheet,
        "numbers": [(1167, "registradas", None)], "registered": 167, "counted": None, "places": 150,
        "bands": cells, "totals": cells[0], "source": "Cobijo", "people_title": "Personas", "notice": HOSTILE[0],
        "heads": ["Nombre", "Edad"], "people": [[name, 30] for name in people], "facts": [("Baños", None)],
    }  # fmt: skip


def printed(data: dict[str, object]) -> PdfReader:
    with translation.override("es"):
        return PdfReader(io.BytesIO(printing.compile_pdf("specimen", data)))


def text_of(reader: PdfReader) -> str:
    return "\n".join(leaf.extract_text() for leaf in reader.pages)


def test_hostile_text_is_printed_letter_for_letter() -> None:
    text = text_of(printed(specimen(HOSTILE, title="#panic()", organisation="*x*")))
    assert [hostile for hostile in [*HOSTILE, "#panic()", "*x*"] if hostile not in text] == []


def test_names_lose_no_letter() -> None:
    names = ["Ñandú Güitz Xicayʼ", "È Ò Ùàèìòù", "D'Souza ꞌAlta", "Łukasz Đặng", "Ọládípò", "Юлия Ελένη"]
    text = text_of(printed(specimen(names)))
    assert [name for name in names if name not in text] == []
    assert "U+" not in text


def test_a_letter_no_font_has_is_told_and_stops_no_print() -> None:
    text = text_of(printed(specimen(["Ana \U000f0000", "Beto \x00\udc80"])))
    assert "U+F0000" in text
    assert "Ana \ufffd" in text
    assert "Beto" in text


def test_a_print_says_its_page_seal_copy_date_scope_and_fiction() -> None:
    seal = {"number": 1128, "hash": "9f2c41d0"}
    marked = specimen(["Ana"] * 60, seal=seal, copy={"number": 3, "to": "Beto"}, demo=True)
    reader = printed(marked)
    assert len(reader.pages) > 1
    for number, leaf in enumerate(reader.pages, 1):
        text = leaf.extract_text()
        assert f"Página {number} de {len(reader.pages)}" in text
        assert "Sello 1,128 · 9f2c41d0" in text
        assert "Copia 3, para Beto" in text
        assert "este albergue · 29 de octubre de 2018" in text
        assert "ficticias" in text


def test_a_print_is_tagged_named_in_its_language_and_the_same_each_time() -> None:
    reader = printed(specimen(["Ana"]))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert str(root["/Lang"]).startswith("es")
    assert reader.metadata is not None
    assert reader.metadata.title == "Censo de la noche"
    assert printing.compile_pdf("specimen", specimen(["Ana"])) == printing.compile_pdf("specimen", specimen(["Ana"]))


@pytest.mark.parametrize("name", ["../core/typst/cobijo", "no-such", "", "Specimen", "specimen.typ"])
def test_only_a_print_of_an_app_can_be_asked_for(name: str) -> None:
    with pytest.raises(LookupError):
        printing.compile_pdf(name, specimen([]))


def test_a_print_without_a_title_is_refused() -> None:
    with pytest.raises(KeyError):
        printing.compile_pdf("specimen", specimen([], title=""))


def test_a_server_that_prints_all_day_does_not_grow() -> None:
    printed(specimen(["Ana"]))
    before = _memory()
    for copy in range(8):
        printed(specimen([f"Ana {copy} {row}" for row in range(60)]))
    assert _memory() - before < 10_000


def _memory() -> int:
    """Kilobytes this process holds."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)[0])


def test_a_fault_of_a_template_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#nothing-of-this-name", encoding="utf-8")
    monkeypatch.setattr(printing, "_PACKAGE", tmp_path)
    monkeypatch.setattr(printing, "_template", lambda _name: broken)
    with pytest.raises(printing.PrintError, match="unknown variable"):
        printing.compile_pdf("broken", specimen([]))
