"""Telephones as people write them."""

import phonenumbers


def read(written: str, country: str | None) -> str:
    """The number in E.164 (``+50255551234``); empty where it cannot be read, or not without knowing the country."""
    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def said(number: str, as_written: str) -> str:
    """The number as it is read aloud, with its country; as written where it could not be read."""
    if not number:
        return as_written
    return phonenumbers.format_number(phonenumbers.parse(number), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def ways_to_type(number: str, as_written: str) -> set[str]:
    """The digits by which somebody may look for it: with its country and without."""
    if not number:
        return {"".join(char for char in as_written if char.isdigit())} - {""}
    return {number.lstrip("+"), str(phonenumbers.national_significant_number(phonenumbers.parse(number)))}
