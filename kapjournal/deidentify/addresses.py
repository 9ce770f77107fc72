"""Streets, post boxes and postcodes: any part of a place smaller than a state.

Written for English, and for what is common in German, French, Spanish, Italian, Portuguese, Dutch and
Scandinavian addresses. No library finds addresses in a text of several countries without a model of its own.
"""

import re
from collections.abc import Iterator

from kapjournal.deidentify.findings import FindingKind
from kapjournal.deidentify.plain_view import PlainView
from kapjournal.deidentify.spans import Span

_STREET = (
    "Street|Str|Road|Rd|Avenue|Ave|Av|Lane|Ln|Drive|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|Terrace|Ter|Way|"
    "Close|Cl|Crescent|Cres|Gardens|Gdns|Grove|Hill|Mews|Row|Walk|Highway|Hwy|Parkway|Pkwy|Circle|Cir|Trail|Trl|"
    "Quay|Wharf|Rise|Green|Vale|View|Park|Alley|Turnpike|Loop|Heights|Parade|Esplanade|Embankment|Broadway|Strand"
)
_SURE = "street|road|avenue|lane|boulevard|crescent|terrace|highway|parkway"
_NAME = r"[^\W\d_a-z][\w'.-]{0,30}"
_PART = rf"(?:{_NAME}|\d{{1,3}}(?:st|nd|rd|th)|of|the|de|la|le|du|des|del|di|and|on|in|St\.?)"
_UNIT = (
    r"(?:(?:apt|apartment|flat|unit|suite|ste|room|rm|floor|fl|no|nr|house|Apt|Apartment|Flat|Unit|Suite|Ste|Room|"
    r"Rm|Floor|Fl|No|Nr|House)\b\.?[ ]?#?[\w-]{1,6},?[ ]{0,2}|#[ ]?\d{1,5}[a-z]?,?[ ])"
)
_NUMBER = r"\d{1,5}[A-Za-z]?(?:[-–/]\d{1,5}[A-Za-z]?)?"
_WINDS = r"(?:[ ](?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\b)?"
_ARTICLES = r"(?:(?:de|du|des|la|le|les|l'|d'|del|della|dei|da|do|dos)[ ]?){0,3}"
_ROMANCE = rf"{_ARTICLES}[^\W\d_][\w'-]{{1,30}}(?:[ ](?:{_ARTICLES})[^\W\d_][\w'-]{{1,30}}){{0,2}}"

_AS_WRITTEN = (
    rf"\b{_UNIT}?{_NUMBER},?[ ](?:{_PART}[ ]){{1,4}}(?:{_STREET}|St|Dr)\b\.?"
    rf"{_WINDS}(?:,?[ ]{_UNIT})?",
    rf"\b(?:{_NAME}[ ]){{1,3}}(?:{_STREET})\b(?:[ ]\d{{1,4}}[a-z]?\b)?(?:,?[ ]{_UNIT})?",
    rf"\bc/o[ ](?:{_NAME}[ ]?){{1,3}}",
    r"\b\d{1,4}(?:[ ](?:bis|ter))?,?[ ](?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace|[Cc]hemin|[Ii]mpasse|"
    rf"[Qq]uai|[Aa]llée|[Rr]oute|[Cc]ours)[ ]{_ARTICLES}"
    r"[^\W\d_][\w'-]{1,30}(?:[ ][^\W\d_a-z][\w'-]{1,30}){0,3}",
)
_IN_ANY_CASE = (
    rf"\b{_NUMBER},?[ ](?:[\w'.-]{{1,30}}[ ]){{1,3}}(?:{_SURE})\b",
    r"\b(?:apt|apartment|flat|unit|suite)\b\.?[ ]?#?\d{1,5}[a-z]?\b",
    r"\bp\.?[ ]?o\.?[ ]?box[ ]?#?[\w-]{1,12}\b|\bpostfach[ ][\d ]{2,12}\b|\bapartado[ ]\d{1,6}\b",
    r"\b[^\W\d_][\w.-]{1,40}(?:straße|strasse|str\.|gasse|weg|platz|allee|ufer|damm)[ ]\d{1,4}[ ]?[a-z]?\b",
    r"\b[^\W\d_][\w-]{2,30}(?:straat|laan|gracht|kade|plein|gatan|vej|gade|veien|katu)[ ]\d{1,4}[ ]?[a-z]?\b",
    rf"\b(?:calle|avenida|plaza|paseo|via|viale|piazza|corso|rua|largo)[ ]{_ROMANCE},?[ ]\d{{1,4}}[a-z]?\b",
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|"
    "OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR"
)
_POSTCODES_AS_WRITTEN = (
    r"(?<![\w.,$£€/-])([0-9]{5}-[0-9]{4})(?![\w-])",
    rf"\b(?:{_STATES}),?[ ]{{1,2}}([0-9]{{5}}(?:-[0-9]{{4}})?)\b",
    r"\b(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)[ ]{1,2}([0-9]{4})\b",
    r"\b([1-9][0-9]{3}[ ]?[A-Z]{2})\b(?<!AD|BC|AM|PM|MG|ML|UK|US)",
    r"\b((?:[A-Z]{1,2}-)?(?:[0-9]{4,5}|[0-9]{2}-[0-9]{3}|[0-9]{3}[ ][0-9]{2}))"
    r"[ ][A-ZÄÖÜ][a-zäöüß]{2,}(?=[,.\n)]|\Z)",
    r"(?<![\w.,$£€¥#/:+-])([0-9]{5})(?![\w%€£]|[.,:/-][0-9]|"
    r"[ ](?:mg|times|steps|people|words|miles|pounds|dollars))",
    r"(?:〒[ ]?|(?<![\w-]))([0-9]{3}-[0-9]{4})(?=[ ](?:Tokyo|Osaka|Kyoto|Japan))",
)
_POSTCODES_IN_ANY_CASE = (
    r"\b(gir[ ]?0aa|[a-z]{1,2}[0-9][a-z0-9]?[ ]?[0-9][abd-hjlnp-uw-z]{2})\b",
    r"\b([abceghj-nprstvxy][0-9][abceghj-nprstv-z][ -]?[0-9][abceghj-nprstv-z][0-9])\b",
    r"\b(?:zip|zip[ ]?code|post[ ]?code|postal[ ]?code|plz|cap|pin[ ]?code)[ ]?(?::|is|=|[ ])[ ]?"
    r"((?=[a-z-]{0,4}[0-9])[a-z0-9]{1,5}-?(?:[a-z0-9]{1,5})?(?:[ -]?[a-z0-9]{2,4})?)\b",
)
_PATTERNS = (
    (FindingKind.ADDRESS, False, tuple(map(re.compile, _AS_WRITTEN))),
    (FindingKind.ADDRESS, True, tuple(map(re.compile, _IN_ANY_CASE))),
    (FindingKind.POSTCODE, False, tuple(map(re.compile, _POSTCODES_AS_WRITTEN))),
    (FindingKind.POSTCODE, True, tuple(map(re.compile, _POSTCODES_IN_ANY_CASE))),
)
"""What is found, whether in small letters, and by what."""


def spans(view: PlainView) -> Iterator[Span]:
    """Every address and postcode in a text."""
    for kind, in_small_letters, patterns in _PATTERNS:
        for pattern in patterns:
            for found in pattern.finditer(view.small if in_small_letters else view.text):
                yield Span(*found.span(pattern.groups), kind, f"[{kind.value}]")
