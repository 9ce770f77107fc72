"""Who is here, by what lies on the shared channel of format 2, written from crypto/FORMAT.md."""

import struct
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature

from .second_formulas_2 import (
    SUITE,
    Identity,
    Json,
    counted,
    folded,
    h,
    identity_of,
    purpose,
    signed,
)


class People:
    """The certificates, the keys after them, and what came in key messages; every signature holds."""

    def __init__(self, jid: bytes, keeper: bytes, mine: dict[bytes, Identity], said: list[Json]) -> None:
        self.jid, self.keeper, self.said = jid, keeper, said
        self.cards: dict[bytes, Json] = {}  # by member id
        self.public: dict[bytes, bytes] = {}  # by identity
        self.ids: dict[bytes, list[bytes]] = {}  # the identities of a member, the newest last
        for card in self.of_kind("certificate"):
            who = identity_of(keys := h(card["keys"]))
            assert self.cards.setdefault(who, card) == card, "a changed certificate"
            self.public[who], self.ids[who] = keys, [who]
        self.numbers = {one["number"] for one in self.of_kind("successor")}
        for one in sorted(self.of_kind("successor"), key=lambda one: int(one["number"])):
            self.take_successor(one)
        for who, card in self.cards.items():
            self.check_card(who, card)
        for grant in self.of_kind("grant"):
            self.signer_of(grant)
        grants = [card["grant"]["key"] for card in self.cards.values() if card["grant"]]
        assert len(set(grants)) == len(grants), "two certificates on one grant"
        self.secrets = self.received(mine)  # by the two identities of a channel

    def of_kind(self, kind: str) -> list[Json]:
        return [one for one in self.said if one["kind"] == kind]

    def take_successor(self, one: Json) -> None:
        who, number, keys = h(one["member"]), one["number"], h(one["keys"])
        said = purpose("successor", self.jid, who, struct.pack(">I", number), keys)
        signed(self.public[self.ids[who][number - 1]][:32], one["by_before"], said)
        signed(keys[:32], one["by_self"], said)
        self.public[identity := identity_of(keys)] = keys
        if identity not in self.ids[who]:
            assert len(self.ids[who]) == number, "two successors of one number"
            self.ids[who].append(identity)

    def signer_of(self, grant: Json) -> bytes:
        """Which of the keeper's identities signed a grant."""
        names = counted(
            grant["name"], grant["role"], h("".join(grant["revoked"])), *filter(None, [grant.get("made")])
        )
        said = purpose("grant", self.jid, h(grant["key"]), h(grant["slot"]), names)
        return self.one_that_signed(self.keeper, grant["signature"], said)

    def one_that_signed(self, who: bytes, signature: str | bytes, said: bytes) -> bytes:
        for identity in self.ids[who]:
            try:
                signed(self.public[identity][:32], signature, said)
            except InvalidSignature:
                continue
            return identity
        raise AssertionError("signed by no key of the signer's")

    def check_card(self, who: bytes, card: Json) -> None:
        grant = card["grant"]
        assert (grant is None) == (who == self.keeper), "who has a grant"
        key = h(grant["key"]) if grant else bytes(32)
        label_and_role = counted(card["label"], card["role"])
        said = purpose("certificate", self.jid, key, self.public[who], label_and_role)
        signed(self.public[who][:32], card["by_self"], said)
        if grant:
            assert card["role"] == grant["role"], "the role is the grant's"
            self.signer_of(grant)
            signed(key, card["by_grant"], said)

    def received(self, mine: dict[bytes, Identity]) -> dict[tuple[bytes, bytes], bytes]:
        secrets: dict[tuple[bytes, bytes], bytes] = {}
        for one in self.of_kind("key-message"):
            sender, receiver, raw = h(one["sender"]), h(one["receiver"]), h(one["message"])
            if sender not in self.public:
                continue  # keys of somebody who was not met
            info = purpose("key message", self.jid, sender, receiver)
            assert len(raw) == 1232, "the length of a key message"
            said = purpose("key message signature", info, raw[:-64])
            signed(self.public[sender][:32], raw[-64:], said)
            if receiver in mine:
                secret = SUITE.decrypt(raw[:-64], mine[receiver].kem, info)
                first = secrets.setdefault((sender, receiver), secret)
                assert first == secret, "another secret on a known channel"
        return secrets

    def believes(self, who: bytes, here: Iterable[str]) -> bool:
        """A grant by keys of the keeper's since replaced counts for those who are known to be here."""
        grant = self.cards[who]["grant"]
        return not grant or self.signer_of(grant) == self.ids[self.keeper][-1] or who.hex() in here

    def check_book(self, me: bytes, book: Json) -> None:
        """Everybody in the address book is as met here, and no two of them have one label."""
        assert self.cards[me] == book["certificate"], "the member's own certificate"
        for who, pin in book["pins"].items():
            grant = (card := self.cards[h(who)])["grant"] or {"key": "", "name": card["label"]}
            assert (card["label"], card["role"]) == (pin["label"], pin["role"]), "the certificate one met"
            assert (grant["key"], grant["name"]) == (pin["grant"], pin["invited_as"]), "the grant one met"
            newer = [one.hex() for one in self.ids[h(who)][1:]]
            assert pin["successors"] == newer[: len(pin["successors"])], "the keys one met"
            for theirs, mine, secret in pin["channel_secrets"]:
                assert self.secrets[h(theirs), h(mine)] == h(secret), "the first key message"
        labels = [book["certificate"]["label"], *(pin["label"] for pin in book["pins"].values())]
        same = {folded(label) for label in labels}
        assert len(same) == len(labels), "two labels that are one"
