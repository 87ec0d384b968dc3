"""What figures are asked for by pages, the API, the command line and the demonstration."""

from cobijo.reporting.census import beyond_registered, census, made_of
from cobijo.reporting.exports.as_json import census_json
from cobijo.reporting.nights import tonight
from cobijo.reporting.scopes import group_called, of_group, of_site, of_unit, response_called, site_called
from cobijo.reporting.series import series

__all__ = [
    "beyond_registered",
    "census",
    "census_json",
    "group_called",
    "made_of",
    "of_group",
    "of_site",
    "of_unit",
    "response_called",
    "series",
    "site_called",
    "tonight",
]
