"""A row of a list as a person, for the lists of other apps: read as lists of residents are, with the same words."""

from cobijo.sites.importing.fields import HOUSEHOLDS, headings
from cobijo.sites.importing.kinds import of_site
from cobijo.sites.importing.members import Member, Place, read, says_of_somebody

__all__ = ["HOUSEHOLDS", "Member", "Place", "headings", "of_site", "read", "says_of_somebody"]
