"""Ages over 89, in digits and words; ages below say nothing that has to be left out."""

import re
from collections.abc import Iterator

from kapjournal.deidentify.findings import FindingKind
from kapjournal.deidentify.plain_view import PlainView
from kapjournal.deidentify.spans import Span

REPLACEMENT = "[90 or over]"
"""What stands in the place of an age over 89."""

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_AGE = (
    rf"(?:9[0-9]|1[0-2][0-9]|ninety(?:[- ](?:{_ONES}))?|"
    rf"(?:a|one)[- ]hundred(?:[- ](?:and[- ])?(?:{_ONES}|{_TEENS}))?)"
)
_WHO = (
    "i|he|she|they|who|mother|father|mum|mom|dad|gran|grandma|grandpa|nana|grandmother|grandfather|aunt|uncle|"
    "great-aunt|great-uncle|woman|man|widow|widower|neighbour|neighbor"
)
_IS = "'s|'m|'re|[ ]is|[ ]are|[ ]am|[ ]was|[ ]were|[ ]lived[ ]to(?:[ ]be)?|[ ]died[ ]at|[ ]will[ ]be"
_NO_MEASURE = r"(?!\s*(?:mg|ml|%|kg|min|/|per|bpm|mmhg|seconds|hours))"
_PATTERNS = (
    rf"\b({_AGE}(?:th|st|nd|rd)?[- ]?(?:years?|yrs?|y)[- ]?(?:olds?|of[- ]age))\b",
    rf"\b({_AGE}[- ]?(?:y/?o|yo[mf]?|yrs?|years))\b",
    rf"\b({_AGE}[- ]?y\.[ ]?o\.)",
    r"\b((?:9[0-9]|1[01][0-9])(?:th|st|nd|rd))[ ]year\b",
    rf"\b({_AGE}[ -]odd|9[0-9]\+)",
    r"\bborn(?:[ ]in)?[ ](1[89][0-3][0-9])\b",
    rf"\b(?:aged?|turn(?:s|ed|ing)?|celebrat(?:es|ed|ing)[ ]\w+)[ :]{{1,2}}(?:of[ ])?({_AGE})\b{_NO_MEASURE}",
    rf"\b(?:{_WHO})(?:{_IS})[ ](?:(?:now|already|nearly|almost|over|just)[ ])?({_AGE})\b{_NO_MEASURE}",
    rf"\b(?:died|dying|passed[ ]away|lived)[ ](?:at|aged|to)[ ](?:the[ ]age[ ]of[ ])?({_AGE})\b",
    rf"(?<=[\w)],[ ])({_AGE})(?=,[ ](?:who|is|was|has|had|lives|a|my|his|her|their)\b)",
    r"\bin[ ](?:his|her|their|my|the)[ ](?:early[ ]|mid[- ]|late[ ])?(nineties|90'?s|hundreds)\b",
    r"\b((?:super)?centenarian|nonagenarian)s?\b",
)
_COMPILED = tuple(re.compile(pattern) for pattern in _PATTERNS)


def spans(view: PlainView) -> Iterator[Span]:
    """Every age over 89 in a text."""
    for pattern in _COMPILED:
        for found in pattern.finditer(view.small):
            yield Span(*found.span(1), FindingKind.AGE, REPLACEMENT)
