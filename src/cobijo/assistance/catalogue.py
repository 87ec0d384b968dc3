"""Items and ratios as data, read once from ``data/*.toml``. Raises KeyError or ValueError where they do not fit."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language

from cobijo.algorithms.ordering import Every, Ratio
from cobijo.assistance.types import ItemKind, Sure

DATA: Final = Path(__file__).resolve().parent / "data"
DEFAULT: Final = "default"

# --- what the data say -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """Words of the data in both languages of the interface."""

    es: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "es").startswith("en") else self.es


@dataclass(frozen=True)
class Item:
    """Something a store holds. ``variants``: its sizes; ``told``: coming or going, it is told to health workers."""

    code: str
    name: Said
    unit: Said
    kind: ItemKind
    variants: tuple[str, ...] = ()
    told: bool = False


@dataclass(frozen=True)
class Ages:
    """A group by age in completed months, the second bound left out, and by sex where it says one."""

    first: int
    below: int
    sex: str = ""

    def takes(self, sex: str, months: int) -> bool:
        return self.first <= months < self.below and self.sex in ("", sex)


@dataclass(frozen=True)
class Norm:
    """A ratio with where it is from (no source: in none we read) and how sure it is; ``ages`` of a group by age."""

    ratio: Ratio
    source: str
    edition: str
    sure: Sure
    note: Said | None = None
    ages: Ages | None = None


@dataclass(frozen=True)
class NormSet:
    """The ratios of one authority, those of the default beside them where it says nothing."""

    code: str
    name: Said
    countries: tuple[str, ...]
    norms: tuple[Norm, ...]


# --- reading it ------------------------------------------------------------------------------------------------------


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def items() -> Mapping[str, Item]:
    """Every item by its code, in the order of the list."""
    told = _load("items.toml")
    units = {code: Said(**words) for code, words in told["units"].items()}
    return {
        code: Item(
            code=code,
            name=Said(row["es"], row["en"]),
            unit=units[row["unit"]],
            kind=ItemKind(row["kind"]),
            variants=tuple(row.get("variants", ())),
            told=row.get("told", False),
        )
        for code, row in told["items"].items()
    }


@cache
def variants() -> Mapping[str, Said]:
    """What each size is called."""
    return {code: Said(**words) for code, words in _load("items.toml")["variants"].items()}


@cache
def norm_sets() -> Mapping[str, NormSet]:
    """Every set of ratios by its code, each complete."""
    told = _load("ratios.toml")
    own: dict[str, list[Norm]] = {code: [] for code in told["sets"]}
    for row in told["ratio"]:
        own[row["set"]].append(_norm(row))
    return {code: _set(code, row, own) for code, row in told["sets"].items()}


def _set(code: str, row: Mapping[str, Any], own: Mapping[str, list[Norm]]) -> NormSet:
    """A set with the default's ratios for the items it says nothing of."""
    mine = own[code]
    replaced = {norm.ratio.item for norm in mine} | set(row.get("instead", ()))
    others = [] if code == DEFAULT else [norm for norm in own[DEFAULT] if norm.ratio.item not in replaced]
    return NormSet(code, Said(row["es"], row["en"]), tuple(row["countries"]), (*mine, *others))


def _norm(row: Mapping[str, Any]) -> Norm:
    whom = row["for"]
    ages = _ages(whom) if isinstance(whom, dict) else None
    item, variant = items()[row["item"]], row.get("variant", "")
    if variant and variant not in item.variants:
        raise ValueError(f"{item.code} has no size {variant}")
    ratio = Ratio(
        item=item.code,
        group=group_of(ages) if ages else whom,
        amount=row["amount"],
        every=Every(row["every"]),
        by_meal=row.get("meals", False),
        variant=variant,
    )
    note = Said(**row["note"]) if "note" in row else None
    return Norm(ratio, row["source"], row["edition"], Sure(row["sure"]), note, ages)


def _ages(whom: Mapping[str, Any]) -> Ages:
    first, below = whom["months"]
    return Ages(first, below, whom.get("sex", ""))


def group_of(ages: Ages) -> str:
    """The name of a group of ages."""
    return f"{ages.first}-{ages.below}{ages.sex}"


def set_for(country: str, wanted: str = "") -> NormSet:
    """The set a reader wants, where there is such a one; else that of a country, or the default."""
    sets = norm_sets()
    if wanted in sets:
        return sets[wanted]
    return next((found for found in sets.values() if country in found.countries), sets[DEFAULT])


def name_of(item: str, variant: str = "") -> str:
    """What an item is called, with its size; the bare code of one that this version does not know."""
    known = items().get(item)
    name = str(known.name) if known else item
    return f"{name}, {variants().get(variant, variant)}" if variant else name


def unit_of(item: str) -> str:
    """In what an item is counted."""
    known = items().get(item)
    return str(known.unit) if known else ""
