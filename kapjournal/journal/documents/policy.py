"""How a couple's policy, and a request to talk, lie in documents."""

from kapjournal.crypto.primitives import NotGenuine
from kapjournal.domain.bringing import TalkRequest
from kapjournal.domain.policy import Policy, SecretsPolicy
from kapjournal.journal.documents.version import Content, DocumentVersion
from kapjournal.journal.strict_encoding import moment_from_text, moment_to_text, time_from_text


def encode(policy: Policy, before: DocumentVersion | None = None) -> Content:
    """A policy as the content of its document."""
    data = {
        "secrets": policy.secrets.value if policy.secrets else None,
        "hour": policy.hour.strftime("%H:%M"),
        "written": moment_to_text(policy.written) if policy.written else None,
        "dialogue_in_the_room": policy.dialogue_in_the_room,
    }
    return Content.of(data, before=before)


def decode(version: DocumentVersion) -> Policy:
    """Undo `encode`, or raise `NotGenuine`."""
    data = version.fields()
    try:
        secrets, in_the_room = data["secrets"], data.get("dialogue_in_the_room", False)
        if type(in_the_room) is not bool:
            raise ValueError
        return Policy(
            None if secrets is None else SecretsPolicy(secrets),
            time_from_text(data["hour"]),
            version.author,
            moment_from_text(data["written"]),
            in_the_room,
        )
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A policy has a field of the wrong form.") from None


def encode_request(request: TalkRequest, before: DocumentVersion | None = None) -> Content:
    """A request to talk as the content of its document: that there is one is all it says."""
    return Content.of({"written": moment_to_text(request.written)}, before=before)


def decode_request(version: DocumentVersion) -> TalkRequest:
    """Undo `encode_request`, or raise `NotGenuine`: also for words, of which it has none."""
    try:
        if version.text:
            raise ValueError
        return TalkRequest(version.author, moment_from_text(version.fields()["written"]))
    except (LookupError, TypeError, ValueError):
        raise NotGenuine("A request to talk has a field of the wrong form.") from None
