"""A closed night: the figures of a site as its team settled them, kept as plain JSON, and read again as they were."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from cobijo.reporting.models import ClosedCensus
from cobijo.reporting.types import CalledRoll, Counted, Json, Mark, Part, Registered, Reported, SexAge


def keep(part: Part) -> Json:
    """The figures of a site for its closed night."""
    return {
        "registered": _registered(part.registered) if part.registered else None,
        "reported": _reported(part.reported) if part.reported else None,
        "counted": _counted(part.counted) if part.counted else None,
        "roll_call": _roll_call(part.roll_call) if part.roll_call else None,
    }


def _table(table: SexAge) -> Json:
    return {"bands": list(table.bands), "cells": table.as_json()}


def _registered(one: Registered) -> Json:
    return {"table": _table(one.table), "households": one.households, "away": one.away, "unnamed": one.unnamed}


def _counted(one: Counted) -> Json:
    return {
        "table": _table(one.table),
        "counted_at": one.counted_at.isoformat(),
        "under_18": one.under_18,
        "from_18": one.from_18,
    }


def _roll_call(one: CalledRoll) -> Json:
    return {
        "persons": one.persons,
        "registered": one.registered,
        "unmarked": one.unmarked,
        "ended_at": one.ended_at.isoformat(),
    }


def _reported(one: Reported) -> Json:
    return {
        "persons": one.persons,
        "households": one.households,
        "table": _table(one.table),
        "method": one.method,
        "informant_post": one.informant_post,
        "as_said": one.as_said,
        "observed_at": one.observed_at.isoformat(),
        "received_at": one.received_at.isoformat(),
        "contradicts": one.contradicts,
        "under_18": one.under_18,
        "from_18": one.from_18,
        "split": one.split,
        "carried_days": one.carried_days,
        "served_elsewhere": one.served_elsewhere,
    }


def restore(row: ClosedCensus, live: Part) -> Part:
    """The part as it was closed, with what the records say today beside it."""
    kept = row.figures
    return replace(
        live,
        registered=_read_registered(kept["registered"]) if kept["registered"] else None,
        reported=_read_reported(kept["reported"]) if kept["reported"] else None,
        counted=_read_counted(kept["counted"]) if kept.get("counted") else None,
        roll_call=_read_roll_call(kept["roll_call"]) if kept.get("roll_call") else None,
        closed_at=row.closed_at,
        mark=Mark(row.seal_epoch, row.seal_number),
        now=live,
    )


def _read_table(kept: Mapping[str, Any]) -> SexAge:
    return SexAge.from_json(kept["bands"], kept["cells"])


def _read_registered(kept: Mapping[str, Any]) -> Registered:
    return Registered(_read_table(kept["table"]), kept["households"], kept["away"], kept.get("unnamed", 0))


def _read_counted(kept: Mapping[str, Any]) -> Counted:
    at = datetime.fromisoformat(kept["counted_at"])
    return Counted(_read_table(kept["table"]), at, kept["under_18"], kept["from_18"])


def _read_roll_call(kept: Mapping[str, Any]) -> CalledRoll:
    return CalledRoll(**{**kept, "ended_at": datetime.fromisoformat(kept["ended_at"])})


def _read_reported(kept: Mapping[str, Any]) -> Reported:
    moments = {key: datetime.fromisoformat(kept[key]) for key in ("observed_at", "received_at")}
    return Reported(**{**kept, **moments, "table": _read_table(kept["table"])})
