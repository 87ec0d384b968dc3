"""Documents say what is so: dependencies, commands, verbs, roles, words, links; and name no machine of ours."""

import importlib
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.management import get_commands, load_command_class
from django.utils.translation import override

from cobijo.accounts.types import PERMISSION_WORDS, ROLES, Permission
from cobijo.core.templatetags.cobijo import STATES
from cobijo.core.verbs import registry
from cobijo.demo.building import CODE, PASSWORD
from cobijo.demo.places import CAST
from scripts import describe_verbs

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DEPENDENCIES = DOCS / "develop" / "dependencies.md"
COMMANDS = DOCS / "admin" / "commands.md"
ROLES_PAGE = DOCS / "admin" / "roles.md"
GLOSSARY = DOCS / "glossary"
GUIDES = {language: DOCS / "user" / language for language in ("es", "en")}
APPS_WITH_NOUNS = ("core", "accounts", "people", "sites", "assistance", "movements", "reporting")
# Sentences that only look like a term: the button that does not sign out.
OTHER_MEANINGS = {("Stay", "Quedarse")}
# The words that mean something else to the people this is for (docs/glossary/README.md says what).
AVOIDED = re.compile(
    r"\b(plazas?(?! vacante)|hogar(es)?|estancias?|tarjetas?|deportad[oa]s?|beneficiari[oa]s?|desaparecid[oa]s?"
    r"|inválid[oa]s?|invalid)\b",
    re.IGNORECASE,
)


def rows(document: Path) -> set[str]:
    """The names in the first column of a document's tables."""
    return set(re.findall(r"^\| `([^`]+)` \|", document.read_text(encoding="utf-8"), re.MULTILINE))


def cells(document: Path, columns: int) -> list[tuple[str, ...]]:
    """The rows of a document's tables of so many columns, heads left out."""
    lines = [line for line in document.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    found = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    heads = {at - 1 for at, row in enumerate(found) if set("".join(row)) <= set("-: ")}
    return [row for at, row in enumerate(found) if len(row) == columns and at not in heads and at - 1 not in heads]


def requirements(name: str) -> set[str]:
    """The bare names a requirements file asks for."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[<>=;, ]", line)[0] for line in lines if line and line[0].isalpha()}


def documents() -> Iterator[Path]:
    yield from ROOT.glob("*.md")
    yield from (ROOT / "docs").rglob("*.md")


def tracked() -> list[Path]:
    """The files that are, or would be, committed."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this is no checkout")
    return [ROOT / name for name in done.stdout.splitlines() if (ROOT / name).is_file()]


def test_every_dependency_has_its_reason() -> None:
    assert rows(DEPENDENCIES) == requirements("requirements.in") | requirements("requirements-dev.in")


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_what_is_asked_for_is_locked_with_hashes(name: str) -> None:
    locked = (ROOT / f"{name}.txt").read_text(encoding="utf-8")
    pinned = {found.lower() for found in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[.*\])?==", locked, re.MULTILINE)}
    assert {asked.lower() for asked in requirements(f"{name}.in")} <= pinned
    assert locked.count("==") <= locked.count("--hash=sha256:")
    assert "://" not in locked


def test_every_command_of_ours_is_documented() -> None:
    ours = {name.replace("_", "-") for name, app in get_commands().items() if str(app).startswith("cobijo.")}
    assert rows(COMMANDS) == ours


def test_every_command_of_ours_says_what_it_does() -> None:
    ours = {name: str(app) for name, app in get_commands().items() if str(app).startswith("cobijo.")}
    assert not [name for name, app in ours.items() if not load_command_class(app, name).help]


def test_make_lists_its_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony is not None
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  ([a-z-]+) ", shown, re.MULTILINE)) == set(phony[1].split())


def links(document: Path) -> list[Path]:
    """The files a document leads to, pictures too."""
    text = document.read_text(encoding="utf-8")
    return [document.parent / target for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)]


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{document.relative_to(ROOT)}: {target.relative_to(document.parent)}"
        for document in documents()
        for target in links(document)
        if not target.exists()
    ]
    assert not broken, "\n".join(broken)


def test_every_document_is_reached_from_the_first_page() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        document = waiting.pop().resolve()
        if document.suffix == ".md" and document.exists() and document not in reached:
            reached.add(document)
            waiting += links(document)
    lost = sorted(str(document.relative_to(ROOT)) for document in DOCS.rglob("*.md") if document not in reached)
    assert not lost, "link these from docs/README.md or a page it leads to:\n" + "\n".join(lost)


def test_what_documents_tell_one_to_type_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = {name.replace("_", "-") for name in get_commands()} | set(get_commands())
    typed = re.compile(r"(?:^|`)(?:\S+=\S+ )*(make|cobijo|\.venv/bin/cobijo) ([a-z][a-z_-]*)", re.MULTILINE)
    unknown = [
        f"{document.relative_to(ROOT)}: {program} {word}"
        for document in documents()
        for program, word in typed.findall(document.read_text(encoding="utf-8"))
        if word not in (targets if program == "make" else commands)
    ]
    assert not unknown, "\n".join(unknown)


def test_no_file_names_a_machine_or_an_index() -> None:
    forbidden = re.compile(
        r"--(?:extra-)?index-url|--find-links [^\s\\]|/(?:simple|packages)/[a-z]|/home/[a-z]+/|/work/"
    )
    named = [
        str(file.relative_to(ROOT))
        for file in tracked()
        if file != Path(__file__) and forbidden.search(file.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not named, "\n".join(named)


# --- verbs, roles, permissions ---------------------------------------------------------------------------------------


def test_the_page_of_verbs_is_as_the_code_declares_them() -> None:
    again = "run .venv/bin/python scripts/describe_verbs.py"
    assert describe_verbs.PAGE.read_text(encoding="utf-8") == describe_verbs.page(), again


def test_every_verb_says_what_it_does_and_who_may() -> None:
    assert [name for name, verb in registry.items() if not verb.summary.endswith(".")] == []
    assert rows(describe_verbs.PAGE) == registry.keys()
    asked = {name: describe_verbs.who_may(verb) for name, verb in registry.items()}
    own = {name for name, said in asked.items() if said == describe_verbs.OWN}
    own_acts = {"choose_language", "make_token", "revoke_token", "sign_conduct"}
    assert own == {f"accounts.{one}" for one in own_acts}
    assert asked["core.put_area"] == describe_verbs.OPERATOR
    assert asked["sites.receive_household"] == "`stay`; what it calls asks too: `people.register_household`"


def test_every_role_is_documented_with_what_it_includes() -> None:
    expected = set()
    for role, rules in ROLES.items():
        with override("en"):
            english = str(role.label)
        with override("es"):
            spanish = str(role.label)
        includes = ", ".join(f"`{one}`" for one in Permission if one in rules.permissions) or "none yet"
        factor, minutes = "yes" if rules.second_factor else "no", str(rules.idle_minutes)
        expected.add((f"`{role.value}`", english, spanish, includes, factor, minutes))
    assert set(cells(ROLES_PAGE, 6)) == expected


def test_every_permission_is_documented_with_its_roles() -> None:
    with override("en"):
        expected = {
            f"`{one}`": (
                str(PERMISSION_WORDS[one]),
                ", ".join(f"`{role.value}`" for role, rules in ROLES.items() if one in rules.permissions) or "none",
            )
            for one in Permission
        }
    told = {name: (word, roles) for name, word, what, roles in cells(ROLES_PAGE, 4) if what}
    assert told == expected


# --- words -----------------------------------------------------------------------------------------------------------


@cache
def terms() -> dict[str, tuple[set[str], str]]:
    """Each term of the glossary with its Spanish words and the noun of the code it stands for."""
    found = {}
    for page in GLOSSARY.glob("*.md"):
        if page.name != "README.md":
            title, spanish, *rest = page.read_text(encoding="utf-8").split("\n\n")
            code = re.fullmatch(r"In the code: `([\w.]+)`\n", rest[-1])
            assert len(rest) == (3 if code else 2), f"{page.name}: a meaning in English, one in Spanish"
            assert spanish.startswith("Spanish: **"), page.name
            found[title.removeprefix("# ")] = (set(re.findall(r"\*\*(.+?)\*\*", spanish)), code[1] if code else "")
            assert page.stem == title.removeprefix("# ").lower().replace(" ", "-"), page.name
    return found


@cache
def interface() -> list[tuple[str, str, bool]]:
    """Every sentence of the interface in English and Spanish, singular, and whether a context narrows its meaning."""
    found = []
    for file in sorted((ROOT / "src" / "cobijo").glob("*/locale/es/LC_MESSAGES/django.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale="es"):
                if message.id:
                    english, spanish = (
                        (message.id, message.string)
                        if isinstance(message.id, str)
                        else (message.id[0], (message.string or [""])[0])
                    )
                    found.append((str(english), str(spanish), message.context is not None))
    return found


def stems(words: str) -> str:
    """Spanish words without the endings that gender and number change."""
    return " ".join(re.sub(r"(e?s|[oa]s?|e)$", "", word) for word in words.lower().split())


def test_every_noun_of_the_code_has_its_page_in_the_glossary() -> None:
    nouns = {
        f"{app}.{noun}"
        for app in APPS_WITH_NOUNS
        for noun in re.findall(r"\*([A-Z]\w+)\*", importlib.import_module(f"cobijo.{app}").__doc__ or "")
    }
    assert len(nouns) > 30
    assert {code for _, code in terms().values() if code} == nouns


def test_the_glossary_lists_its_terms() -> None:
    listed = re.findall(r"^\| \[(.+?)\]\((.+?)\.md\) \| (.+?) \|$", (GLOSSARY / "README.md").read_text(), re.MULTILINE)
    assert {title: set(spanish.split("; ")) for title, _, spanish in listed} == {
        title: spanish for title, (spanish, _) in terms().items()
    }
    assert all(file == title.lower().replace(" ", "-") for title, file, _ in listed)


def test_the_pages_say_what_the_glossary_says() -> None:
    said_by_title = {title.lower(): {word.lower() for word in spanish} for title, (spanish, _) in terms().items()}
    other = [
        f"“{english}” is “{spanish}” on a page and {sorted(said_by_title[english.lower()])} in the glossary"
        for english, spanish, narrowed in interface()
        if english.lower() in said_by_title and not narrowed and (english, spanish) not in OTHER_MEANINGS
        if not any(stems(word) in stems(spanish) for word in said_by_title[english.lower()])
    ]
    assert not other, "\n".join(sorted(set(other)))


def test_every_state_has_its_word_in_the_glossary() -> None:
    told = {name: words[:2] for name, *words in cells(GLOSSARY / "README.md", 4)}
    shown = {}
    for name, state in STATES.items():
        with override("en"):
            english = str(state.word)
        with override("es"):
            shown[f"`{name}`"] = [english, str(state.word)]
    assert told == shown


def test_words_that_hurt_or_mislead_are_never_said() -> None:
    pages = [
        f"a page says “{spanish}”" for english, spanish, _ in interface() if AVOIDED.search(f"{english} {spanish}")
    ]
    named = [file for file in GUIDES["es"].glob("*.md") if AVOIDED.search(file.read_text(encoding="utf-8"))]
    assert pages + [f"{file.relative_to(ROOT)} says one" for file in named] == []
    assert AVOIDED.search("Elija una plaza")
    assert not AVOIDED.search("plaza vacante, cupo, invalidez")


# --- the guides ------------------------------------------------------------------------------------------------------


def outline(page: Path) -> list[int]:
    """The levels of a page's headings, in order."""
    return [len(hashes) for hashes in re.findall(r"^(#+) ", page.read_text(encoding="utf-8"), re.MULTILINE)]


def test_both_guides_have_the_same_pages_and_headings() -> None:
    spanish, english = ({page.name: outline(page) for page in guide.glob("*.md")} for guide in GUIDES.values())
    assert spanish == english


@pytest.mark.parametrize("language", GUIDES)
def test_what_the_guide_prints_in_bold_stands_on_a_page(language: str) -> None:
    text = (GUIDES[language] / "README.md").read_text(encoding="utf-8")
    shown = {(spanish if language == "es" else english) for english, spanish, _ in interface()}
    named = {" ".join(label.split()) for label in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)}
    assert len(named) > 10
    assert named - shown == set()


@pytest.mark.parametrize("page", [ROOT / "README.md", *(guide / "demonstration.md" for guide in GUIDES.values())])
def test_the_sign_ins_of_the_demonstration_are_told_as_they_are(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [username for username, *_ in CAST if f"| `{username}` |" not in text] == []
    assert f"`{PASSWORD}`" in text
    assert f"`{CODE}`" in text
    if page.parent != ROOT:
        assert [name for _, name, *_ in CAST if name not in text] == []
