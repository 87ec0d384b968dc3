"""People who never lived, as registries have them: households, and each person as written down once or several times.

For measuring who finds whom. Six groups by country and tradition; names by rank as in real lists; what is missing and
wrong is set in `PROFILES`, with its share. In households father and son have one name, twins one birth,
telephones are shared and a child has a parent's document, as they do: most false matches come of that. The tables of
the matcher are not used. One seed gives one world, whatever the machine.
"""

import csv
import datetime as dt
import tomllib
from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.resources import files
from itertools import accumulate, islice
from operator import attrgetter
from random import Random
from typing import Final, TextIO

from cobijo.demo.bench import mistakes

TODAY: Final = dt.date(2018, 7, 1)
GROUPS: Final = {"gt": 0.24, "maya": 0.22, "hn": 0.18, "sv": 0.12, "mx": 0.1, "ht": 0.14}
COUNTRY: Final = {"gt": "GT", "maya": "GT", "hn": "HN", "sv": "SV", "mx": "MX", "ht": "HT"}
MISSING: Final = {"phone": 0.42, "document": 0.49, "birth": 0.11, "second_surname": 0.25, "municipality": 0.08}
WRONG: Final = {
    "misheard": 0.11, "slip": 0.06, "nickname": 0.05, "given_dropped": 0.13, "order": 0.02, "surnames_swapped": 0.02,
    "parts_exchanged": 0.006, "married": 0.08, "short": 0.03, "joined": 0.05, "capitals": 0.25, "plain": 0.5,
    "birth_slip": 0.05, "birth_new_year": 0.03, "sex": 0.006, "phone": 0.04, "phone_other": 0.1, "document": 0.03,
    "elsewhere": 0.12, "age": 0.25,
}  # fmt: skip
"""Shares among records; ``misheard`` and ``slip`` among words of a name."""
TIMES: Final = ((0.75, 1), (0.94, 2), (0.985, 3), (1.0, 4))
"""How often a household is registered, as cumulated shares: three in four once."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How records are kept somewhere: what is missing and what is wrong, with its share.

    ``alone``: of the times after the first, the share at which only one of the household comes.
    """

    missing: Mapping[str, float]
    wrong: Mapping[str, float]
    alone: float = 0.2


PROFILES: Final = {
    "usual": Profile(MISSING, WRONG),
    "rough": Profile(
        {**MISSING, "phone": 0.5, "document": 0.7, "birth": 0.2, "second_surname": 0.3, "municipality": 0.1},
        {**WRONG, "misheard": 0.16, "slip": 0.12, "nickname": 0.08, "given_dropped": 0.3, "surnames_swapped": 0.04,
         "parts_exchanged": 0.01, "birth_slip": 0.15, "birth_new_year": 0.06, "sex": 0.02, "phone": 0.06,
         "phone_other": 0.3, "document": 0.05, "elsewhere": 0.3, "age": 0.6},
    ),
    "hearsay": Profile(
        {**MISSING, "phone": 0.35, "document": 0.6, "birth": 0.45, "second_surname": 0.5, "municipality": 0.03},
        {**WRONG, "misheard": 0.14, "slip": 0.03, "nickname": 0.1, "given_dropped": 0.2, "order": 0.04,
         "surnames_swapped": 0.01, "parts_exchanged": 0.02, "married": 0.2, "joined": 0.02, "birth_slip": 0.03,
         "birth_new_year": 0.12, "sex": 0.01, "phone": 0.02, "phone_other": 0.35, "document": 0.02,
         "elsewhere": 0.05, "age": 0.35},
        alone=0.6,
    ),
}  # fmt: skip
"""``rough`` and ``hearsay`` are never learnt on: many words wrong and dates slipped; most known by age, and who comes
again comes alone."""


class Chance(Random):
    """The random source of one world, and how records are kept in it."""

    profile: Profile = PROFILES["usual"]


_ZIPF: Final = {"given": 0.85, "surnames": 0.8}
_ONSETS: Final = {
    "es": ("B", "C", "D", "G", "L", "M", "P", "R", "S", "T", "V", "Z", "Gr", "Tr", "Al", "Or", "Es"),
    "maya": ("X", "Tz", "Ch", "Ix", "Aj", "Q", "Cu", "S", "T", "P", "Y", "B", "M"),
    "haiti": ("D", "L", "M", "B", "C", "S", "V", "P", "Th", "Mer", "Des", "Saint-"),
}
_MIDDLES: Final = {
    "es": ("ara", "eri", "ola", "and", "ing", "uel", "ast", "orr", "ent", "adr", "ibal", "evar"),
    "maya": ("aj", "oc", "ul", "ic", "ux", "ep", "om", "it", "ach", "un"),
    "haiti": ("er", "or", "il", "anc", "ais", "ev", "ul", "ard", "ien"),
}
_ENDS: Final = {
    "es": ("o", "a", "ez", "eno", "ares", "illa", "edo", "ano", "iera"),
    "maya": ("", "oy", "ay", "in", "ol", "ux", "ic", "aj"),
    "haiti": ("us", "ius", "eau", "in", "ice", "ette", "ain", "eus", ""),
}


@dataclass(frozen=True, slots=True)
class Person:
    """One who never lived: all that is so, known or not to whoever asks. ``truth`` numbers them."""

    truth: int
    group: str
    given: tuple[str, ...]
    first_surname: str
    second_surname: str
    married: str
    sex: str
    born: dt.date
    municipality: str
    phone: str
    document: str


@dataclass(frozen=True, slots=True)
class Record:
    """A person as once written down; empty where nobody asked or knew. The columns of the file, in this order."""

    id: str
    given_names: str
    first_surname: str
    second_surname: str
    sex: str
    birth_date: str
    age: str
    municipality: str
    phone: str
    document: str
    household_id: str
    country: str
    group: str
    truth_id: str


QUERY: Final = ("expected_ids", "name", "age", "sex", "country")
COLUMNS: Final = tuple(each.name for each in fields(Record))
_IN_ORDER: Final = attrgetter(*COLUMNS)


@dataclass(slots=True)
class _Counter:
    truth: int = 0
    record: int = 0
    household: int = 0


@dataclass(frozen=True, slots=True)
class _World:
    chance: Chance
    count: _Counter = field(default_factory=_Counter)


def records(rows: int, seed: int, profile: str = "usual") -> Iterator[Record]:
    """So many records, all registrations of a household one after the other. ``profile``: one of `PROFILES`."""
    world = _World(Chance(seed))
    world.chance.profile = PROFILES[profile]
    made = 0
    while made < rows:
        household = _household(world)
        draw = world.chance.random()
        for time in range(next(times for share, times in TIMES if draw < share)):
            for record in _registered(world, household, first=time == 0):
                if made == rows:
                    return
                made += 1
                yield record


def write(out: TextIO, rows: int, seed: int, profile: str = "usual") -> int:
    """Write a file of people as CSV, shuffled by the twenty thousand; returns how many."""
    chance = Random(seed + 1)  # noqa: S311 - made people
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    made = records(rows, seed, profile)
    while some := list(islice(made, 20_000)):
        chance.shuffle(some)
        writer.writerows(map(_IN_ORDER, some))
    return rows


def queries(people: Sequence[Record], count: int, seed: int) -> Iterator[dict[str, str]]:
    """What is typed at a desk to find one of these people: a mistyped name, an age give or take three years.

    Columns expected_ids (all records of the person, blank between), name, age, sex, country. Three in ten have two
    words or fewer.
    """
    chance = Random(seed)  # noqa: S311 - made people
    ids: dict[str, list[str]] = {}
    for record in people:
        ids.setdefault(record.truth_id, []).append(record.id)
    for record in chance.sample(list(people), count):
        yield _query(chance, record, ids[record.truth_id])


def write_queries(out: TextIO, rows: int, count: int, seed: int) -> None:
    """Write queries for ``count`` of the people that ``write`` makes of these rows and this seed, as CSV."""
    chance = Random(seed + 2)  # noqa: S311 - made people
    chosen = set(chance.sample(range(rows), min(rows, count)))
    sought = [record for at, record in enumerate(records(rows, seed)) if at in chosen]
    ids: dict[str, list[str]] = {record.truth_id: [] for record in sought}
    for record in records(rows, seed):
        if record.truth_id in ids:
            ids[record.truth_id].append(record.id)
    writer = csv.DictWriter(out, QUERY, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_query(chance, record, ids[record.truth_id]) for record in sought)


def _query(chance: Random, record: Record, ids: Sequence[str]) -> dict[str, str]:
    words = [*record.given_names.split(), record.first_surname, *record.second_surname.split()]
    words = [word for word in words if word]
    if chance.random() < 0.3:
        words = [words[0], record.first_surname or words[-1]]
    at = chance.randrange(len(words))
    slip = chance.random() < 0.5
    words[at] = (
        mistakes.slipped(chance, words[at]) if slip else mistakes.misheard(chance, words[at], _ear(record.group))
    )
    age = str(max(0, int(record.age) + chance.randint(-3, 3))) if record.age else ""
    return {
        "expected_ids": " ".join(ids),
        "name": mistakes.plain(" ".join(words)).lower(),
        "age": age,
        "sex": record.sex if chance.random() < 0.7 else "",
        "country": record.country,
    }


# Who there is.


@cache
def _drawn_from() -> dict[str, list[str]]:
    text = files(__package__).joinpath("data", "people.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for key, value in tomllib.loads(text).items():
        if isinstance(value, list):
            found[key] = value
        else:
            found.update({f"{key}:{name}": listed for name, listed in value.items()})
    return found


@cache
def _ranks(key: str, falling: float) -> list[float]:
    return list(accumulate((rank + 1.7) ** -falling for rank in range(len(_drawn_from()[key]))))


def _draw(chance: Chance, key: str, falling: float) -> str:
    weights = _ranks(key, falling)
    return _drawn_from()[key][bisect(weights, chance.random() * weights[-1])]


def _ear(group: str) -> str:
    return {"maya": "maya", "ht": "haiti"}.get(group, "es")


def _surname(chance: Chance, group: str) -> str:
    """A surname of a group; one in twenty-five is so rare that no list has it. Maya families bear Spanish ones too."""
    if chance.random() < 0.04:
        ear = _ear(group)
        return chance.choice(_ONSETS[ear]) + chance.choice(_MIDDLES[ear]) + chance.choice(_ENDS[ear])
    key = {"maya": "surnames_maya" if chance.random() < 0.62 else "surnames_gt", "ht": "surnames_haiti"}.get(group)
    return _draw(chance, key or f"surnames_{group}", _ZIPF["surnames"])


def _given(chance: Chance, group: str, sex: str) -> tuple[str, ...]:
    key = ("female" if sex == "f" else "male") + ("_haiti" if group == "ht" else "")
    names = [_draw(chance, key, _ZIPF["given"])]
    if chance.random() < (0.5 if group == "ht" else 0.74):
        second = _draw(chance, key, _ZIPF["given"])
        names += [second] if second != names[0] else []
    return tuple(names)


def _household(world: _World) -> list[Person]:
    """One to eight people under one roof, by chance of a form that families of the region have."""
    chance = world.chance
    group = chance.choices(list(GROUPS), list(GROUPS.values()))[0]
    place = chance.choice(_drawn_from()[f"places:{group}"])
    phone = _phone(chance)
    father_of, mother_of = _surname(chance, group), _surname(chance, group)
    second = ("", "") if group == "ht" else (_surname(chance, group), _surname(chance, group))
    years = chance.randint(20, 58)
    people: list[Person] = []
    if chance.random() < 0.7:
        people.append(_person(world, group, "m", (father_of, second[0]), years, place, phone))
    if not people or chance.random() < 0.8:
        mother = _person(world, group, "f", (mother_of, second[1]), years - chance.randint(-3, 6), place, phone)
        people.append(replace(mother, married=father_of) if people and chance.random() < 0.4 else mother)
    people += _children(world, people, (father_of, "" if group == "ht" else mother_of), years, phone)
    if chance.random() < 0.12:
        people.append(_person(world, group, chance.choice("fm"), (father_of, second[0]), years + 25, place, phone))
    return people


def _children(world: _World, parents: list[Person], surnames: tuple[str, str], years: int, phone: str) -> list[Person]:
    chance = world.chance
    group, place = parents[0].group, parents[0].municipality
    children: list[Person] = []
    for _ in range(chance.choices(range(7), (18, 22, 24, 17, 10, 6, 3))[0]):
        age = chance.randint(0, max(0, min(24, years - 17)))
        child = _person(world, group, chance.choice("fm"), surnames, age, place, phone)
        parent = next((one for one in parents if one.sex == child.sex), None)
        if parent and chance.random() < 0.09:
            child = replace(child, given=parent.given)  # the eldest bears the parent's name
        if chance.random() < 0.15:
            child = replace(child, document=parents[-1].document)  # registered under a parent's number
        children.append(child)
        if chance.random() < 0.02:
            children.append(_twin(world, child))
    return children


def _twin(world: _World, child: Person) -> Person:
    other = _person(
        world, child.group, child.sex, (child.first_surname, child.second_surname), 0, child.municipality, ""
    )
    alike = (child.given[0], *other.given[1:]) if world.chance.random() < 0.4 else other.given
    return replace(other, given=alike, born=child.born, phone=child.phone)


def _person(world: _World, group: str, sex: str, surnames: tuple[str, str], age: int, place: str, phone: str) -> Person:
    chance = world.chance
    world.count.truth += 1
    own = chance.random() < 0.25 and age > 14
    return Person(
        truth=world.count.truth,
        group=group,
        given=_given(chance, group, sex),
        first_surname=surnames[0],
        second_surname=surnames[1],
        married="",
        sex=sex,
        born=TODAY - dt.timedelta(days=age * 365 + chance.randrange(365)),
        municipality=place,
        phone=_phone(chance) if own else phone,
        document=_document(chance, group),
    )


def _phone(chance: Chance) -> str:
    return f"{chance.choice('34579')}{chance.randrange(10**7):07d}"


def _document(chance: Chance, group: str) -> str:
    return f"{chance.randrange(10**12):013d}" if group in ("gt", "maya", "hn") else f"{chance.randrange(10**9):09d}"


# How it is written down.


def _registered(world: _World, household: list[Person], *, first: bool) -> list[Record]:
    """A household as one clerk writes it; not all of it need be there, and one may come alone."""
    chance = world.chance
    world.count.household += 1
    if first or chance.random() >= chance.profile.alone:
        there = [person for person in household if chance.random() < 0.85] or household[:1]
    else:
        there = [chance.choice(household)]
    return [_record(world, person) for person in there]


def _record(world: _World, person: Person) -> Record:
    chance = world.chance
    world.count.record += 1
    given, first, second = _as_said(chance, person)
    birth, age = _birth(chance, person)
    style = _style(chance)
    return Record(
        id=f"R{world.count.record:07d}",
        given_names=style(given),
        first_surname=style(first),
        second_surname=style(second),
        sex=_maybe(chance, "sex", person.sex, lambda sex: "fm"["mf".index(sex)]),
        birth_date=birth,
        age=age,
        municipality=_place(chance, person),
        phone=_number(chance, "phone", person.phone),
        document=_number(chance, "document", person.document),
        household_id=f"H{world.count.household:06d}",
        country=COUNTRY[person.group],
        group=person.group,
        truth_id=f"P{person.truth:07d}",
    )


def _as_said(chance: Chance, person: Person) -> tuple[str, str, str]:
    """The parts of a name as they reach the paper, mistakes of order and leaving out first, then of ear and hand."""
    given, first, second = list(person.given), person.first_surname, person.second_surname
    if len(given) > 1 and _happens(chance, "given_dropped"):
        given.pop(chance.choices((0, 1), (1, 2))[0])
    if len(given) > 1 and _happens(chance, "order"):
        given.reverse()
    if _happens(chance, "nickname") and (called := _drawn_from().get(f"nicknames:{given[0]}")):
        given[0] = chance.choice(called)
    elif _happens(chance, "short"):
        given[0] = mistakes.written_short(given[0])
    if chance.random() < chance.profile.missing["second_surname"]:
        second = ""
    elif second and _happens(chance, "surnames_swapped"):
        first, second = second, first
    if person.married and _happens(chance, "married"):
        second = f"de {person.married}"
    ear = _ear(person.group)
    words = [_word(chance, word, ear) for word in (*given, first, second)]
    given_names = ("" if len(given) > 1 and _happens(chance, "joined") else " ").join(words[:-2])
    if _happens(chance, "parts_exchanged"):
        return words[-2], given_names, words[-1]
    return given_names, words[-2], words[-1]


def _word(chance: Chance, word: str, ear: str) -> str:
    if word and _happens(chance, "misheard"):
        word = mistakes.misheard(chance, word, ear)
    if word and _happens(chance, "slip"):
        word = mistakes.slipped(chance, word)
    return word


def _style(chance: Chance) -> Callable[[str], str]:
    capitals, plain = _happens(chance, "capitals"), _happens(chance, "plain")

    def styled(text: str) -> str:
        text = mistakes.plain(text) if plain else text
        return text.upper() if capitals else text

    return styled


def _birth(chance: Chance, person: Person) -> tuple[str, str]:
    """A date of birth, or only an age that may be a few years off; dates slip in the ways dates do."""
    born = person.born
    if chance.random() < chance.profile.missing["birth"]:
        age = (TODAY - born).days // 365
        return "", str(max(0, age + (chance.choice((-3, -2, -1, 1, 2, 3)) if _happens(chance, "age") else 0)))
    if _happens(chance, "birth_new_year"):
        born = dt.date(born.year, 1, 1)
    elif _happens(chance, "birth_slip"):
        born = _slipped_date(chance, born)
    return born.isoformat(), str(max(0, (TODAY - born).days // 365))


def _slipped_date(chance: Chance, born: dt.date) -> dt.date:
    kind = chance.random()
    if kind < 0.35 and born.day <= 12:
        return dt.date(born.year, born.day, born.month)
    if kind < 0.7:
        return born.replace(year=born.year + chance.choice((-10, -1, -1, 1, 1)), day=min(born.day, 28))
    return born + dt.timedelta(days=chance.choice((-10, -1, 1, 10, 30)))


def _place(chance: Chance, person: Person) -> str:
    if chance.random() < chance.profile.missing["municipality"]:
        return ""
    return _maybe(
        chance, "elsewhere", person.municipality, lambda _: chance.choice(_drawn_from()[f"places:{person.group}"])
    )


def _number(chance: Chance, name: str, number: str) -> str:
    if not number or chance.random() < chance.profile.missing[name]:
        return ""
    if name == "phone" and _happens(chance, "phone_other"):
        return _phone(chance)
    return _maybe(chance, name, number, lambda text: mistakes.digit_wrong(chance, text))


def _maybe(chance: Chance, what: str, text: str, wrong: Callable[[str], str]) -> str:
    return wrong(text) if _happens(chance, what) else text


def _happens(chance: Chance, what: str) -> bool:
    return chance.random() < chance.profile.wrong[what]
