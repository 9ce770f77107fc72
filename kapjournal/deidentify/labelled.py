"""Numbers that a word before them explains: “MRN 4471”, “account no. 00123”, “fax: …”, “plate: …”."""

import re
from collections.abc import Iterator

from kapjournal.deidentify.findings import FindingKind
from kapjournal.deidentify.plain_view import PlainView
from kapjournal.deidentify.spans import Span

WORDS = {
    FindingKind.RECORD: "[record number]",
    FindingKind.ACCOUNT: "[account number]",
    FindingKind.CARD: "[card number]",
    FindingKind.PLATE: "[licence plate]",
    FindingKind.DEVICE: "[device number]",
    FindingKind.SSN: "[social security number]",
    FindingKind.PHONE: "[phone number]",
    FindingKind.FAX: "[fax number]",
}
"""What stands in the place of a number of each kind."""

_LABELS = (
    (FindingKind.FAX, r"fax|facsimile|telefax"),
    (
        FindingKind.PHONE,
        r"(?:tele)?phone|tel|mobile|mob|cell|landline|pager|text|ring|call(?:ed)?|whats ?app",
    ),
    (
        FindingKind.SSN,
        r"ssn|ssan|social security|ni|nino|national insurance|sin|social insurance|tax|tfn|itin|tin|"
        r"steuer-?id|nif|"
        r"national id|identity card|id card",
    ),
    (
        FindingKind.CARD,
        r"(?:credit|debit|bank|visa|master|amex|payment)[ ]?card|visa|mastercard|amex|card|cvv|cvc",
    ),
    (
        FindingKind.ACCOUNT,
        r"account|acct|a/c|iban|sort code|routing|aba|swift|bic|bsb|policy|claim|member(?:ship)?|subscriber|"
        r"insurance|group|loan|mortgage|invoice|customer|client|beneficiary|medicare|medicaid|health plan|"
        r"payer",
    ),
    (
        FindingKind.PLATE,
        r"(?:licen[cs]e|number|registration|reg|vehicle|car|van|truck)[ ]?plates?|plates?|vrm|vrn|vin|"
        r"(?:car|vehicle|van)[ ]?(?:registration|reg|tag|identification)|registration|reg",
    ),
    (
        FindingKind.DEVICE,
        r"serial|s/n|sn|imei|udi|device|implant|pump|pacemaker|model|mac|meter|oximeter|asset|lot|batch",
    ),
    (
        FindingKind.RECORD,
        r"mrn|mr|medical record|record|chart|patient|hospital|clinic|nhs|chi|case|file|ref(?:erence)?|"
        r"referral|"
        r"encounter|accession|specimen|visit|admission|appointment|booking|rx|prescription|script|passport|"
        r"(?:driver'?s?|driving)[ ]?licen[cs]e|licen[cs]e|dea|npi|gmc|bacp|ukcp|permit|certificate|docket|"
        r"order|ticket|student|employee|staff|badge|id|uuid",
    ),
)

_NUMBER_WORD = (
    r"(?:[ ]?(?:number|numbers|num|nr|no|code|id|identifier|ref|reference|is|was|ending(?:[ ]in)?|at|on|me|"
    r"us|him|her|them)\b\.?)"
)
_VALUE = r"[(+]?(?=[\w./-]{0,12}?\d|[a-z]{1,3}[ ]\d)[^\W_](?:[\w()/+-]|\.(?=\w)|[ ](?=[(]?\d)){1,40}"
_PATTERNS = tuple(
    (
        kind,
        re.compile(
            rf"\b(?:{labels})\b\.?{_NUMBER_WORD}{{0,3}}[ \t]{{0,3}}[:=#№-]?[ \t]{{0,3}}[#№]?[ \t]?({_VALUE})",
        ),
    )
    for kind, labels in _LABELS
)
_MEASURE = re.compile(
    r"\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|g|kg|ml|l|mmhg|bpm|cm|mm|m|km|min(?:ute)?s?|h(?:ou)?rs?|days?|weeks?|"
    r"months?|"
    r"years?|times|sessions?|percent|points?|dollars?|pounds?|euros?|%)?",
)
_LEAST_DIGITS = {FindingKind.PHONE: 6, FindingKind.FAX: 5, FindingKind.SSN: 5, FindingKind.CARD: 3}


def spans(view: PlainView) -> Iterator[Span]:
    """Every number of which a word before it says what it is."""
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(view.small):
            start, end = found.span(1)
            value = found.group(1).rstrip("./ -(+")
            end = start + len(value)
            if _is_number(kind, value):
                yield Span(start, end, kind, WORDS[kind])


def _is_number(kind: FindingKind, value: str) -> bool:
    digits = sum(one.isdigit() for one in value)
    least = _LEAST_DIGITS.get(kind, 3)
    has_letters = any(one.isalpha() for one in value)
    return digits >= (2 if has_letters and kind not in _LEAST_DIGITS else least) and not (
        digits < 7 and _MEASURE.fullmatch(value) and (has_letters or digits < 3)
    )
