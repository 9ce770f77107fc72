"""A second reader of format 2, written from crypto/FORMAT.md; it shares no line with the product."""

import re
import sqlite3
import unicodedata
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .second_formulas_2 import (
    HEAD,
    STAMP,
    SUITE,
    TABLES,
    Identity,
    Json,
    Keyslot,
    Row,
    channel_key,
    channel_secret,
    counted,
    digest,
    h,
    hkdf,
    mac,
    opened,
    purpose,
    recovery_key,
    signed,
    strict_json,
)

OWN = {"note", "session", "journal-info", "address-book", "keys", "earlier", "deleted"}
FROM_OTHERS, FROM_THE_KEEPER = {"note", "session"}, {"note", "session", "journal-info"}
KINDS = "capture reflect weave cycle appreciation gratitude body values parts intention dialogue page"
SESSIONS = ("intake", "preparation", "dosing", "integration", "check-in", "closing")
THERAPISTS = ("therapist", "co-therapist")
EPOCH = datetime(1970, 1, 1)


class Body:
    def __init__(self, row: Row, raw: bytes, jid: bytes) -> None:
        layout, self.document, self.author, self.ms, form, readers, notified, follows = HEAD.unpack(raw[:61])
        self.row, self.rest = row, raw[61:]
        self.type = self.take(self.take(1)[0]).decode("ascii")
        assert (layout, form) == (1, 1) and re.fullmatch("[a-z0-9.-]{1,31}", self.type), "of this program"
        self.readers = [self.take(32) for _ in range(readers)]
        self.notified = [self.take(32) for _ in range(notified)]
        self.follows = [self.take(16) for _ in range(follows)]
        data, words = (self.take(int.from_bytes(self.take(4), "big")) for _ in range(2))
        assert self.take(1) == b"\0" and not self.rest, "no proofs, no rest"
        self.data, self.words = strict_json(data), words.decode()
        self.name = digest(purpose("document name", self.author, self.document))[:10].hex()
        moment = EPOCH + timedelta(milliseconds=self.ms)
        in_time = moment.isoformat(timespec="milliseconds") + "Z"
        self.saved = in_time if 1970 <= moment.year < 2200 else None

    def order(self) -> tuple[int, bytes]:
        return self.ms, self.row.envelope

    def take(self, size: int) -> bytes:
        taken, self.rest = self.rest[:size], self.rest[size:]
        assert len(taken) == size, "a body that ends too soon"
        return taken


class Slot:
    """One place in a row on one channel."""

    def __init__(self, row: Row, wrap: bytes) -> None:
        self.row, self.key = row, wrap[:32]
        self.notice = self.key[16:] if not any(self.key[:16]) else b""
        self.replica, self.number, self.rows, self.drops, zeros = STAMP.unpack(wrap[32:])
        assert not any(zeros), "the end of a stamp"


class Person:
    """One who can open the file, with the keys of theirs and all rows in it."""

    def __init__(self, path: Path, label: str = "", secret: str = "", held: bytes = b"") -> None:
        assert not Path(f"{path.resolve()}-journal").exists(), "SQLite would apply it"
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        master = database.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master").fetchall()
        wanted = [("table", name, name, page, sql) for page, (name, sql) in enumerate(TABLES.items(), 2)]
        assert sorted(master, key=lambda row: int(row[3])) == wanted, "the four tables and nothing else"
        ((one, number, self.jid),) = database.execute("SELECT * FROM journal")
        assert (one, number, len(self.jid)) == (1, 2, 16), "the journal's row"
        slots = database.execute("SELECT * FROM keyslot").fetchall()
        both = "SELECT * FROM envelope UNION ALL SELECT * FROM part"
        self.rows = [Row(*row) for row in database.execute(both)]
        database.close()
        assert len({row.envelope for row in self.rows}) == len(self.rows), "one row of an envelope"
        held = held or (self.by_passphrase(slots, label, secret) if label else self.by_words(secret))
        self.first, self.journal_key, self.keeper = held[:32], held[32:64], held[64:]
        self.identity = Identity(self.jid, self.first)
        self.me = self.identity.id
        self.own = self.channel(self.me, self.me)

    def by_passphrase(self, slots: list[Any], label: str, secret: str) -> bytes:
        for id_, kind, called, memory, time, lanes, salt, sealed in slots:
            if (kind, called) == ("passphrase", label):
                assert (len(id_), len(salt), len(sealed)) == (16, 16, 144), "the lengths of a keyslot"
                assert 65536 <= memory <= 1048576 and 3 <= time <= 10 and 1 <= lanes <= 8, "Argon2id"
                slot = Keyslot(self.jid, id_, (kind, called), (memory, time, lanes), salt)
                both = slot.key_and_commitment(secret)
                if both[32:] == sealed[:32]:
                    return opened(both[:32], sealed[32:], slot.bound)
        raise AssertionError("nothing opens with this")

    def by_words(self, words: str) -> bytes:
        recovery = recovery_key(self.jid, words)
        (slot,) = [slot for slot in self.on(recovery, numbered=False) if not slot.row.dropped]
        keys = Body(slot.row, slot.row.body(slot.key), self.jid)
        assert (keys.type, keys.data["recovery"]) == ("keys", recovery.hex()), "the present words"
        return h(keys.data["masters"][-1] + keys.data["journal_keys"][-1] + keys.data["keeper"])

    def channel(self, a: bytes, b: bytes, secret: bytes = b"") -> bytes:
        return channel_key(self.jid, a, b, secret or channel_secret(self.jid, self.first, a, b))

    def on(self, channel: bytes, *, numbered: bool = True) -> list[Slot]:
        slots = [Slot(row, wrap) for row in self.rows if (wrap := row.wrap(channel))]
        for slot in slots:
            stamp = (*slot.replica, slot.number, slot.rows, slot.drops)
            assert numbered == (slot.number > 0) and numbered == any(stamp), "a stamp where rows are counted"
        return slots

    def check_numbers(self, slots: list[Slot], a: bytes, b: bytes, all_let_go: Json) -> None:
        """Nothing is missing that a stamp speaks of, but what the member let go."""
        channel = digest(purpose("rollback record channel", a, b))[:8].hex()
        let_go = all_let_go.get(channel, {"through": {}, "rows": 0, "drops": 0})
        drops, numbers = sum(slot.row.dropped for slot in slots), {(s.replica, s.number) for s in slots}
        assert len(numbers) == len(slots), "each number once"
        for slot in slots:
            assert slot.rows <= len(slots) + let_go["rows"], "rows are missing"
            assert slot.drops <= drops + let_go["drops"], "drops are missing"
            through = let_go["through"].get(slot.replica.hex(), 0)
            before = sum(r == slot.replica and through < n <= slot.number for r, n in numbers)
            assert before == max(0, slot.number - through), "a number is missing"

    def bodies(self, slots: list[Slot], sender: bytes, types: set[str]) -> list[Body]:
        standing = [slot for slot in slots if not slot.row.dropped and not slot.notice]
        found = [Body(slot.row, slot.row.body(slot.key), self.jid) for slot in standing]
        for body in found:
            assert body.author == sender and self.me in body.readers and body.type in types, body.type
        return found

    def drops(self, slot: Slot) -> bool:
        token = mac(self.own, purpose("drop token", slot.key))[:32]
        return digest(purpose("envelope id", token))[:16] == slot.row.envelope

    def check_mine(self, slots: list[Slot]) -> None:
        for slot in slots:
            fits = mac(self.own, purpose("author mac", slot.row.envelope, slot.row.slots))[:16]
            assert self.drops(slot) and slot.row.mac == fits, "the drop token and the author mac"

    def check_readers(self, bodies: list[Body], slots: list[Slot], book: Json) -> None:
        """Every standing row of mine has a place for each whom its body names, and for nobody else."""
        used: dict[bytes, dict[bytes, Slot]] = {slot.row.envelope: {self.me: slot} for slot in slots}
        named = {who for body in bodies for who in (*body.readers, *body.notified)}
        for who in {*named, *map(h, book["pins"])} - {self.me}:
            outgoing = self.on(self.channel(self.me, who))
            self.check_numbers(outgoing, self.me, who, book["let_go"])
            for slot in outgoing:
                assert slot.row.envelope in used, "written in my name by its reader"
                used[slot.row.envelope][who] = slot
        for body in bodies:
            places = used[body.row.envelope]
            told = {who: slot.notice for who, slot in places.items() if slot.notice}
            assert set(told) == {*body.notified} and {*told.values()} <= set(used), "a notice for each"
            read = {who: slot.key for who, slot in places.items() if not slot.notice}
            assert (set(read), len(set(read.values()))) == ({*body.readers}, 1), "one key for all readers"

    def check_grant(self, grant: Json, keeper: Json) -> None:
        names = counted(grant["name"], grant["role"], h("".join(grant["revoked"])))
        said = purpose("grant", self.jid, h(grant["key"]), h(grant["slot"]), names)
        signed(h(keeper["keys"])[:32], grant["signature"], said)

    def on_shared(self) -> list[tuple[Slot, Json]]:
        slots = self.on(hkdf(self.journal_key, purpose("shared channel", self.jid)), numbered=False)
        self.check_mine([slot for slot in slots if self.drops(slot)])
        return [(slot, strict_json(slot.row.body(slot.key))) for slot in slots if not slot.row.dropped]

    def shared(self) -> tuple[dict[bytes, Json], dict[bytes, bytes]]:
        """The certificates on the shared channel, and the secrets that came in key messages to me."""
        said = [one for _, one in self.on_shared()]
        cards = {digest(purpose("identity", h(c["keys"]))): c for c in said if c["kind"] == "certificate"}
        for who, card in cards.items():
            keys, grant = h(card["keys"]), card["grant"]
            assert len(keys) == 1248 and (grant is None) == (who == self.keeper), "who has a grant"
            key = h(grant["key"]) if grant else bytes(32)
            named = purpose("certificate", self.jid, key, keys, counted(card["label"], card["role"]))
            signed(keys[:32], card["by_self"], named)
            if grant:
                assert card["role"] == grant["role"], "the role is the grant's"
                self.check_grant(grant, cards[self.keeper])
                signed(key, card["by_grant"], named)
        grants = [card["grant"]["key"] for card in cards.values() if card["grant"]]
        assert len(set(grants)) == len(grants), "two certificates on one grant"
        secrets = {}
        for one in said:
            if one["kind"] == "grant":
                self.check_grant(one, cards[self.keeper])
            if one["kind"] == "key-message":
                sender, receiver, raw = h(one["sender"]), h(one["receiver"]), h(one["message"])
                info = purpose("key message", self.jid, sender, receiver)
                signature = purpose("key message signature", info, raw[:-64])
                assert len(raw) == 1232, "the length of a key message"
                signed(h(cards[sender]["keys"])[:32], raw[-64:], signature)
                if receiver == self.me:
                    secrets[sender] = SUITE.decrypt(raw[:-64], self.identity.kem, info)
        return cards, secrets


def check_pins(r: Person, book: Json, cards: dict[bytes, Json], secrets: dict[bytes, bytes]) -> None:
    """Everybody in the address book is as met on the shared channel, and no two of them have one label."""
    assert cards[r.me] == book["certificate"], "the member's own certificate"
    for who, pin in book["pins"].items():
        grant = (card := cards[h(who)])["grant"] or {"key": "", "name": card["label"]}
        assert (card["label"], card["role"]) == (pin["label"], pin["role"]), "the certificate one met"
        assert (grant["key"], grant["name"]) == (pin["grant"], pin["invited_as"]), "the grant one met"
        assert secrets.get(h(who), b"").hex() == pin["channel_secret"], "the first key message"
    labels = [book["certificate"]["label"], *(pin["label"] for pin in book["pins"].values())]
    assert len({unicodedata.normalize("NFKC", label).casefold() for label in labels}) == len(labels), "labels"


def joined(bodies: list[Body]) -> Json:
    """Versions beside each other are one: that written last, with all that the lists of the others name."""
    whole: Json = {}
    for body in sorted(bodies, key=Body.order):
        for key, value in body.data.items():
            before = whole.get(key, type(value)())
            whole[key] = {**before, **value} if key in ("pins", "let_go") else value
            if isinstance(value, list):
                whole[key] = [one for one in before if one not in value] + value
    return whole


def is_genuine(note: Body, role: str) -> bool:
    """A kind that its author's role may write, within the bounds."""
    title, tags, words = note.data["title"], note.data["tags"], re.sub("[\\n\\t]", "", note.words)
    written_by_partners = note.data["kind"] in KINDS.split()
    return (
        (written_by_partners if role == "partner" else note.data["kind"] == "observation")
        and (len(title) <= 200 and len(tags) <= 32 and len(note.words.encode()) <= 10 << 20)
        and not any(unicodedata.category(c) == "Cc" for c in "".join((title, *tags, words)))
    )


def read(path: Path, label: str, secret: str) -> Json:
    """All that one person can read, with a passphrase, or with 24 recovery words and no label."""
    r = Person(path, label, secret)
    own_slots = r.on(r.own)
    r.check_mine(own_slots)
    own = r.bodies(own_slots, r.me, OWN if r.me == r.keeper else OWN - {"journal-info"})
    of_type: dict[str, list[Body]] = defaultdict(list)
    for body in own:
        of_type[body.type].append(body)
    book, keys = joined(of_type["address-book"]), joined(of_type["keys"])
    held = (keys["masters"][-1], keys["journal_keys"][-1], keys["keeper"])
    assert held == (r.first.hex(), r.journal_key.hex(), r.keeper.hex()), "what the slot holds"
    r.check_numbers(own_slots, r.me, r.me, book["let_go"])
    r.check_readers(own, own_slots, book)
    check_pins(r, book, *r.shared())
    draft_slots = r.on(hkdf(r.first, purpose("drafts", r.jid, r.me)), numbered=False)
    r.check_mine(draft_slots)

    people: dict[str, Json] = {r.me.hex(): book["certificate"], **book["pins"]}
    grants = {who: pin["grant"] for who, pin in book["pins"].items()}
    grants[r.me.hex()] = (book["certificate"]["grant"] or {"key": ""})["key"]
    incoming = [body for body in own if body.type in FROM_THE_KEEPER]
    for who, pin in book["pins"].items():
        if pin["channel_secret"]:
            slots = r.on(r.channel(h(who), r.me, h(pin["channel_secret"])))
            r.check_numbers(slots, h(who), r.me, book["let_go"])
            incoming += r.bodies(slots, h(who), FROM_THE_KEEPER if h(who) == r.keeper else FROM_OTHERS)
    older = {(body.author, envelope) for body in incoming for envelope in body.follows}
    older |= {(r.me, h(one)) for b in of_type["earlier"] + of_type["deleted"] for one in b.data["replaced"]}
    incoming = [body for body in incoming if (body.author, body.row.envelope) not in older]
    info = joined([body for body in incoming if body.type == "journal-info"])
    revoked = {*book["revoked"], *info.get("revoked", [])}
    sees_the_plan = r.me == r.keeper or book["certificate"]["role"] in ("partner", *THERAPISTS)
    any_therapist = any(person["role"] in THERAPISTS for person in people.values())
    sessions: dict[str, Json] = {}
    for b in sorted((body for body in incoming if body.type == "session"), key=Body.order):
        partners = people[b.author.hex()]["role"] == "partner" and b.author != r.keeper
        if b.data["kind"] in SESSIONS and not (partners and any_therapist):
            sessions[b.name] = b.data

    def labels(many: list[str]) -> list[str]:
        return sorted(people[who]["label"] if who in people else "?" for who in many)

    def text(body: Body, data: Json, readers: list[str], also: tuple[str, ...], **more: str | None) -> Json:
        link = data["session"]
        number = sessions.get(link[0], {"number": link[1]})["number"] if link else None
        kept = {key: data[key] for key in ("title", "kind", "date", "tags", *also)}
        return {**kept, **more, "readers": labels(readers), "session": number, "body": body.words}

    notes = []
    for b in [b for b in incoming if b.type == "note" and is_genuine(b, people[b.author.hex()]["role"])]:
        readers, more = [who.hex() for who in b.readers], {"author": people[b.author.hex()]["label"]}
        notes.append(text(b, b.data, readers, ("written", "revised"), name=b.name, **more))
    by = {h(b.data["by"]): b for b in of_type["earlier"]}

    def age(version: Body) -> int:
        """How many versions were before, by the chain of what each took the place of."""
        return max((1 + age(by[h(one)]) for one in version.data["replaced"] if h(one) in by), default=0)

    names = {b.name for b in incoming if b.type == "note"}
    before = sorted((b for b in of_type["earlier"] if b.name in names), key=lambda b: (b.name, age(b), b.ms))
    earlier = []
    for b in before:
        data = strict_json(b.data["data"].encode())
        assert (b.data["type"], b.data["form"], b.data["proofs"]) == ("note", 1, "00"), "an earlier note"
        earlier.append(text(b, data, b.data["readers"], (), name=b.name, saved=b.saved))
    also, unsaid = ("of", "cursor"), r.bodies(draft_slots, r.me, {"draft"})
    return {
        "title": info.get("title", ""),
        "planned": info.get("planned", 0) if sees_the_plan else 0,
        "people": {person["label"]: person["role"] for person in people.values()},
        "gone": labels([who for who in people if who in revoked or grants[who] in revoked]),
        "verified": labels([who for who, pin in book["pins"].items() if pin["verified"]]),
        "invited": sorted(grant["name"] for grant in book["grants"]),
        "sessions": sorted(sessions.values(), key=lambda session: session["number"]),
        "notes": sorted(notes, key=lambda note: note["name"]),
        "earlier": earlier,
        "drafts": sorted(
            (text(b, b.data, b.data["readers"], also) for b in unsaid), key=lambda draft: draft["title"]
        ),
    }
