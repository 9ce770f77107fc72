"""E-mail, web and network addresses, and handles of social networks."""

import re
from collections.abc import Iterator
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

from kapjournal.deidentify.findings import FindingKind
from kapjournal.deidentify.plain_view import PlainView
from kapjournal.deidentify.spans import Span

if TYPE_CHECKING:
    from linkify_it import LinkifyIt

_CHUNK = re.compile("[^\\s\u3000-\u9fff\uff00-\uffef]{3,800}")
"""What a link may stand in: linkify-it takes time by the square of the length of some texts, and so gets them
in pieces."""

_MAY_LINK = re.compile(r"@|//|[^\W_]\.[^\W\d_]|:[^\W\d_]")
_NO_HANDLES_WORDS = "post posts posted him her them it me us you time live message write photos pictures"
_NO_HANDLES = frozenset(_NO_HANDLES_WORDS.split())
"""Words before “on Instagram” that name nobody."""

_NO_SPACE = re.compile(r"[^\W_]+\.[A-Z][a-z]+")
"""The end of one sentence and the beginning of the next without a space between: “home.It”."""

_MORE_DOMAINS_WORDS = (
    "app blog care city clinic cloud club dev doctor email family health home house life link live love "
    "media news online page site social space store tech therapy today wiki work world zone"
)
_MORE_DOMAINS = _MORE_DOMAINS_WORDS.split()
"""Ends of addresses that linkify-it does not know by itself, where nothing before says that it is one."""

_BRACKETS = r"[ ]?[\[({{<][ ]?{}[ ]?[\])}}>][ ]?"
_SPELT_OUT = re.compile(
    rf"\b[\w.+-]{{1,64}}(?:{_BRACKETS.format('at')}|[ ](?:at|@)[ ])[\w-]{{1,64}}"
    rf"(?:(?:{_BRACKETS.format('dot')}|[ ]dot[ ])[\w-]{{2,24}}|"
    r"\.(?:com|org|net|edu|gov|info|io|me|co|uk|de|fr|example)\b)"
    r"{1,3}"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}")
_SCHEME = re.compile(r"\b[A-Za-z][A-Za-z+.-]{1,9}://[^\s<>\"]{1,2000}(?<![.,;:!?)\]])")
_IPV4 = re.compile(r"(?<![\w.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?:/[0-9]{1,2}|:[0-9]{1,5})?(?![\w]|\.[0-9])")
_IPV6 = re.compile(
    r"(?<![\w:.])[0-9A-Fa-f:]{2,39}(?:(?:\.[0-9]{1,3}){3})?(?:%\w{1,16})?(?:/[0-9]{1,3})?(?![\w:])"
)
_NAMED_WEB = re.compile(
    r"\b[\w-]{2,63}[ ]dot[ ](?:com|org|net|info|co[ ]dot[ ]uk|uk|de|fr|it|es|nl|ca|au|io|me|eu)\b"
)
_TAGGED = re.compile(
    r"\b[\w.]{2,32}#[0-9]{4}\b|(?<![\w.])(?=[a-z0-9_]{0,30}[0-9])[a-z0-9]{1,30}_[a-z0-9_]{1,30}\b|"
    r"\b[\w.]{3,32}(?=[ ]on[ ](?:instagram|insta|twitter|tiktok|snapchat|telegram|discord|reddit|signal)\b)"
)
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z_][\w.:-]{0,60}\w|(?<![\w/.])(?:u|r)/[\w-]{3,24}\b")
_NAMED_HANDLE = re.compile(
    r"\b(?:insta(?:gram)?|ig|twitter|tik ?tok|snap(?:chat)?|telegram|skype|discord|mastodon|bluesky|facebook|"
    r"fb|linkedin|signal|tag|whats ?app|threads|reddit|user ?name|handle|screen ?name|gamer ?tag)"
    r"(?:[ ](?:name|handle|id|account)){0,2}"
    r"(?:[ ]?(?::|=|[ ]is|[ ]as)[ ]?[\"'“‘]?(@?[\w.-]{3,40})|[ ]((?=[a-z]{1,40}[\d_.])[\w.-]{4,40}))"
)


def spans(view: PlainView) -> Iterator[Span]:
    """Every address of the network in a text."""
    text = view.text
    for found in _MAIL.finditer(text):
        yield Span(found.start(), found.end(), FindingKind.EMAIL, "[e-mail]")
    for found in _SPELT_OUT.finditer(view.small):
        yield Span(found.start(), found.end(), FindingKind.EMAIL, "[e-mail]")
    for found in _SCHEME.finditer(text):
        yield Span(found.start(), found.end(), FindingKind.URL, "[web address]")
    for pattern in (_IPV4, _IPV6):
        for found in pattern.finditer(text):
            if _is_ip(found.group()):
                yield Span(found.start(), found.end(), FindingKind.IP, "[ip address]")
    yield from _links(text)
    for found in _HANDLE.finditer(text):
        yield Span(found.start(), found.end(), FindingKind.HANDLE, "[handle]")
    for found in _NAMED_WEB.finditer(view.small):
        yield Span(found.start(), found.end(), FindingKind.URL, "[web address]")
    for found in _TAGGED.finditer(view.small):
        if found.group() not in _NO_HANDLES:
            yield Span(found.start(), found.end(), FindingKind.HANDLE, "[handle]")
    for found in _NAMED_HANDLE.finditer(view.small):
        group = found.lastindex or 1
        end = found.start(group) + len(found[group].rstrip(".-"))
        yield Span(found.start(group), end, FindingKind.HANDLE, "[handle]")


def _links(text: str) -> Iterator[Span]:
    for chunk in _CHUNK.finditer(text):
        if not _MAY_LINK.search(chunk.group()):
            continue
        for link in _linkify().match(chunk.group()) or ():
            start, end = chunk.start() + link.index, chunk.start() + link.last_index
            if not link.schema and _NO_SPACE.fullmatch(link.raw):
                continue
            is_mail = link.schema == "mailto:"
            kind = FindingKind.EMAIL if is_mail else FindingKind.URL
            yield Span(start, end, kind, "[e-mail]" if is_mail else "[web address]")


def _is_ip(text: str) -> bool:
    if ":" not in text and text.count(".") != 3:
        return False
    if ":" in text and not re.search("[0-9A-Fa-f]", text):
        return False
    bare = re.sub(r"[/%].*", "", text)
    try:
        ip_address(bare.split(":")[0] if bare.count(".") == 3 and bare.count(":") == 1 else bare)
    except ValueError:
        return False
    return True


@cache
def _linkify() -> "LinkifyIt":
    from linkify_it import LinkifyIt  # noqa: PLC0415 - a tenth of a second, and not needed by most texts

    return LinkifyIt().tlds(_MORE_DOMAINS, keep_old=True)
