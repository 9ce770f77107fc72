"""A second reader of format 2, written from crypto/FORMAT.md; it shares no line with the product."""

import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from .second_attachments_2 import described
from .second_bodies_2 import (
    FROM_OTHERS,
    FROM_THE_KEEPER,
    OWN,
    Body,
    NewerError,
    Proof,
    Slot,
    Taken,
    joined,
    moment,
    proofs_in,
)
from .second_formulas_2 import (
    TABLES,
    Identity,
    Json,
    Keyslot,
    Row,
    channel_key,
    channel_secret,
    counted,
    digest,
    folded,
    h,
    hkdf,
    is_door,
    mac,
    purpose,
    recovery_key,
    rows_in,
    strict_json,
    will_key,
)
from .second_people_2 import People

KINDS = "capture reflect weave cycle witness appreciation gratitude body values parts intention"
KINDS += " practice decision letter dialogue page"
SESSIONS = ("intake", "preparation", "dosing", "integration", "check-in", "closing")
THERAPISTS = ("therapist", "co-therapist")


class Person:
    """One who can open the file, with the keys of theirs and all rows in it."""

    def __init__(
        self, path: Path, label: str = "", secret: str | Sequence[str] = "", held: bytes = b""
    ) -> None:
        assert not Path(f"{path.resolve()}-journal").exists(), "SQLite would apply it"
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        master = database.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master").fetchall()
        wanted = [("table", name, name, page, sql) for page, (name, sql) in enumerate(TABLES.items(), 2)]
        assert sorted(master, key=lambda row: int(row[3])) == wanted, "the four tables and nothing else"
        ((one, number, self.jid),) = database.execute("SELECT * FROM journal")
        assert (one, number, len(self.jid)) == (1, 2, 16), "the journal's row"
        doors = [row for row in database.execute("SELECT * FROM keyslot") if is_door(row)]
        self.rows = rows_in(database.execute("SELECT * FROM envelope"))
        self.parts = {row.id: row for row in rows_in(database.execute("SELECT * FROM part"))}
        database.close()
        assert len({row.envelope for row in self.rows}) == len(self.rows), "one row of an envelope"
        held = held or (self.by_passphrase(doors, label, str(secret)) if label else self.by_words(secret))
        self.first, self.keeper, self.journal_keys = held[:32], held[64:96], [held[32:64]]
        self.identities: dict[bytes, Identity] = {}  # the newest last
        self.masters: dict[bytes, bytes] = {}
        newest = self.take_master(self.first)
        self.me, self.own = held[96:] if any(held[96:]) else newest, self.channel(newest, newest)
        keys = self.kept("keys")
        for key in keys.get("masters", ()):
            self.take_master(h(key))
        self.take_master(self.first)
        assert keys.get("keeper", self.keeper.hex()) == self.keeper.hex(), "the keeper of the door"
        if secret and not label:
            present = keys["recovery"] if isinstance(secret, str) else keys["will"][0]
            assert present == self.found_by(secret).hex(), "the present words or shares"
        self.book = self.kept("address-book")
        of_the_keeper = [
            self.bodies(slots, who) for who, *_, slots in self.channels_in() if who == self.keeper
        ]
        own = [self.bodies(self.own_slots(), self.me)] if self.me == self.keeper else []
        all_of_them = [body for bodies in own + of_the_keeper for body in bodies]
        self.info = joined([body for body in all_of_them if body.type == "journal-info"])
        for key in [*keys.get("journal_keys", ()), *self.info.get("journal_keys", ())]:
            self.journal_keys = [one for one in self.journal_keys if one != h(key)] + [h(key)]

    def take_master(self, key: bytes) -> bytes:
        identity = Identity(self.jid, key)
        self.identities.pop(identity.id, None)
        self.identities[identity.id], self.masters[identity.id] = identity, key
        return identity.id

    def by_passphrase(self, doors: list[Any], label: str, secret: str) -> bytes:
        named = [row for row in doors if row[1] == "passphrase" and folded(row[2]) == folded(label)]
        for id_, kind, called, *cost, salt, sealed in sorted(
            named, key=lambda row: int(row[3]) * int(row[4])
        ):
            slot = Keyslot(self.jid, id_, (kind, called), (cost[0], cost[1], cost[2]), salt)
            if held := slot.open(secret, sealed):
                return held
        raise AssertionError("nothing opens with this")

    def found_by(self, secret: str | Sequence[str]) -> bytes:
        """The channel of recovery words or, of two shares, that of a will."""
        return recovery_key(self.jid, secret) if isinstance(secret, str) else will_key(self.jid, secret)

    def by_words(self, secret: str | Sequence[str]) -> bytes:
        (slot,) = [slot for slot in self.on(self.found_by(secret), numbered=False) if not slot.row.dropped]
        keys = Body(slot.row, slot.row.body(slot.key), self.jid)
        assert keys.type == "keys", "only the keys lie there"
        masters, journal_key = [h(one) for one in keys.data["masters"]], h(keys.data["journal_keys"][-1])
        return masters[-1] + journal_key + h(keys.data["keeper"]) + Identity(self.jid, masters[0]).id

    # Channels, and what lies on them

    def channel(self, a: bytes, b: bytes, secret: bytes = b"") -> bytes:
        return channel_key(self.jid, a, b, secret or channel_secret(self.jid, self.masters[a], a, b))

    def on(self, channel: bytes, *, numbered: bool = True) -> list[Slot]:
        slots = [Slot(row, wrap) for row in self.rows if (wrap := row.wrap(channel))]
        for slot in slots:
            stamp = (*slot.replica, slot.number, slot.rows, slot.drops)
            assert numbered == (slot.number > 0) and numbered == any(stamp), "a stamp where rows are counted"
        return slots

    def own_slots(self) -> list[Slot]:
        return [slot for a in self.identities for slot in self.on(self.channel(a, a))]

    def channels_in(self) -> Iterator[tuple[bytes, bytes, bytes, list[Slot]]]:
        """Each channel to me: the member, their identity, mine, and what lies there."""
        for who, pin in self.book.get("pins", {}).items():
            for theirs, mine, secret in pin["channel_secrets"]:
                yield h(who), h(theirs), h(mine), self.on(self.channel(h(theirs), h(mine), h(secret)))

    def drafts(self) -> list[Slot]:
        keys = (hkdf(key, purpose("drafts", self.jid, a)) for a, key in self.masters.items())
        return [slot for key in keys for slot in self.on(key, numbered=False)]

    def kept(self, type_: str) -> Json:
        return joined([body for body in self.bodies(self.own_slots(), self.me) if body.type == type_])

    def on_shared(self) -> list[tuple[bytes, Slot, Json]]:
        """What everybody said, and under which journal key."""
        shared = {key: hkdf(key, purpose("shared channel", self.jid)) for key in self.journal_keys}
        slots = [(key, slot) for key, channel in shared.items() for slot in self.on(channel, numbered=False)]
        for _, slot in slots:
            self.token(slot.row, slot.key)
        return [(k, s, strict_json(s.row.body(s.key))) for k, s in slots if not s.row.dropped]

    def people(self) -> People:
        said = [one for _, _, one in self.on_shared()]
        return People(self.jid, self.keeper, self.identities, said)

    def bodies(self, slots: list[Slot], sender: bytes, types: set[str] = OWN) -> list[Body]:
        standing = [slot for slot in slots if not slot.row.dropped and not slot.notice]
        found = []
        for slot in standing:
            with suppress(NewerError):
                found.append(Body(slot.row, slot.row.body(slot.key), self.jid))
        for body in found:
            assert body.author == sender and self.me in body.readers and body.type in types, body.type
        return found

    # What is checked

    def check_numbers(self, slots: list[Slot], a: bytes, b: bytes) -> None:
        """Nothing is missing that a stamp speaks of, but what the member let go."""
        channel = digest(purpose("rollback record channel", a, b))[:8].hex()
        let_go = self.book["let_go"].get(channel, {"through": {}, "rows": 0, "drops": 0})
        drops, numbers = sum(slot.row.dropped for slot in slots), {(s.replica, s.number) for s in slots}
        assert len(numbers) == len(slots), "each number once"
        for slot in slots:
            assert slot.rows <= len(slots) + let_go["rows"], "rows are missing"
            assert slot.drops <= drops + let_go["drops"], "drops are missing"
            through = let_go["through"].get(slot.replica.hex(), 0)
            before = sum(r == slot.replica and through < n <= slot.number for r, n in numbers)
            assert before == max(0, slot.number - through), "a number is missing"

    def token(self, row: Row, key: bytes) -> bytes | None:
        """What drops a row, if I sealed it, with whichever keys; then nobody changed a place in it."""
        for own in (self.channel(a, a) for a in self.identities):
            token = mac(own, purpose("drop token", key))[:32]
            if digest(purpose("envelope id", token))[:16] == row.envelope:
                fits = mac(own, purpose("author mac", row.envelope, row.slots))[:16]
                assert row.mac == fits, "the author mac"
                return token
        return None

    def check_mine(self, slots: list[Slot]) -> None:
        assert all(self.token(slot.row, slot.key) for slot in slots), "the drop token"

    def check_readers(self, bodies: list[Body], slots: list[Slot], people: People) -> None:
        """Every standing row of mine has a place for each whom its body names, and for nobody else."""
        used: dict[bytes, dict[bytes, Slot]] = {slot.row.envelope: {self.me: slot} for slot in slots}
        named = {who for body in bodies for who in (*body.readers, *body.notified)}
        others = {*named, *map(h, self.book["pins"])} - {self.me}
        channels = [(who, a, b) for who in others for a in self.identities for b in people.ids[who]]
        for who, a, b in channels:
            self.check_numbers(outgoing := self.on(self.channel(a, b)), a, b)
            for slot in outgoing:
                assert slot.row.envelope in used, "written in my name by its reader"
                assert used[slot.row.envelope].setdefault(who, slot) is slot, "one place for each"
        for body in bodies:
            places = used[body.row.envelope]
            told = {who: slot.notice for who, slot in places.items() if slot.notice}
            assert set(told) == {*body.notified} and {*told.values()} <= set(used), "a notice for each"
            read = {who: slot.key for who, slot in places.items() if not slot.notice}
            assert (set(read), len(set(read.values()))) == ({*body.readers}, 1), "one key for all readers"


def is_genuine(note: Body, role: str) -> bool:
    """A kind that its author's role may write, within the bounds."""
    title, tags, words = note.data["title"], note.data["tags"], re.sub("[\\n\\t]", "", note.words)
    written_by_partners = note.data["kind"] in KINDS.split()
    lines = "".join((title, *tags))
    return (
        (written_by_partners if role == "partner" else note.data["kind"] == "observation")
        and (len(title) <= 200 and len(tags) <= 32 and len(note.words.encode()) <= 10 << 20)
        and not any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in lines)
        and not any(unicodedata.category(c) == "Cc" for c in words)
    )


def read(path: Path, label: str, secret: str | Sequence[str]) -> Json:
    """All that one person can read: with a passphrase, or without a label with 24 recovery words, or with two
    shares of a will."""
    r = Person(path, label, secret)
    own_slots, book = r.own_slots(), r.book
    r.check_mine(own_slots)
    own = r.bodies(own_slots, r.me, OWN if r.me == r.keeper else OWN - {"journal-info"})
    of_type: dict[str, list[Body]] = defaultdict(list)
    for body in own:
        of_type[body.type].append(body)
    assert joined(of_type["keys"])["masters"][-1] == r.first.hex(), "the newest keys open the door"
    for identity in r.identities:
        r.check_numbers(r.on(r.channel(identity, identity)), identity, identity)
    known = r.people()
    r.check_readers(own, own_slots, known)
    known.check_book(r.me, book)
    r.check_mine(r.drafts())

    people: dict[str, Json] = {r.me.hex(): book["certificate"], **book["pins"]}
    grants = {who: pin["grant"] for who, pin in book["pins"].items()}
    grants[r.me.hex()] = (book["certificate"]["grant"] or {"key": ""})["key"]
    incoming = [body for body in own if body.type in FROM_THE_KEEPER]
    for who, theirs, mine, slots in r.channels_in():
        r.check_numbers(slots, theirs, mine)
        incoming += r.bodies(slots, who, FROM_THE_KEEPER if who == r.keeper else FROM_OTHERS)
    older = {(body.author, envelope) for body in incoming for envelope in body.follows}
    older |= {(r.me, h(one)) for b in of_type["earlier"] + of_type["deleted"] for one in b.data["replaced"]}
    incoming = [body for body in incoming if (body.author, body.row.envelope) not in older]
    revoked = {*book["revoked"], *r.info.get("revoked", [])}
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

    def signed_by(proof: Proof, content: bytes) -> Json:
        claim = strict_json(proof.claim)
        said = purpose("signature", r.jid, proof.signer, proof.when, content, counted(proof.claim))
        known.one_that_signed(proof.signer, proof.signature, said)
        when = moment(int.from_bytes(proof.when, "big", signed=True))
        return {**claim, "signer": labels([proof.signer.hex()])[0], "when": when}

    def signed(note: Body) -> Json:
        """Who signed a note, and what was added to it."""
        if note.author == r.me:
            assert book["signed"][note.document.hex()] == note.digest.hex(), "what one signed"
        of = [note.author.hex(), note.document.hex(), note.digest.hex()]
        about = [
            b for b in incoming if b.data.get("of") == of and people[b.author.hex()]["role"] != "partner"
        ]
        alone = [one for b in about if b.type == "signature" for one in proofs_in(Taken(h(b.data["proof"])))]
        proofs = {proof.signer: proof for proof in (*alone, *note.proofs)}.values()
        added = []
        for b in sorted((b for b in about if b.type == "addendum"), key=Body.when_signed):
            (proof,) = b.proofs
            more = {"what": b.data["what"], "reason": b.data["reason"], "body": b.words}
            added.append({**more, **signed_by(proof, b.digest)})
        by = (signed_by(proof, note.digest) for proof in proofs)
        return {"signatures": sorted(by, key=lambda one: str(one["signer"])), "addenda": added}

    notes = []
    standing: dict[str, list[Body]] = defaultdict(list)
    for b in sorted((b for b in incoming if b.type == "note"), key=Body.order):
        if is_genuine(b, people[b.author.hex()]["role"]):
            standing[b.name].append(b)
    for *others, b in standing.values():
        readers, more = [who.hex() for who in b.readers], {"author": people[b.author.hex()]["label"]}
        notes.append(text(b, b.data, readers, ("written", "revised"), name=b.name, **more))
        if others:
            notes[-1]["beside"] = sorted([o.data["title"], o.words, *o.data["tags"]] for o in others)
        if files := b.data.get("files"):
            notes[-1]["files"] = [described(r, file) for file in files]
        if b.proofs:
            notes[-1]["signed"] = signed(b)
    by = {h(b.data["by"]): b for b in of_type["earlier"]}

    def age(version: Body) -> int:
        """How many versions were before, by the chain of what each took the place of."""
        return max((1 + age(by[h(one)]) for one in version.data["replaced"] if h(one) in by), default=0)

    names = {b.name for b in incoming if b.type == "note"}
    before = sorted((b for b in of_type["earlier"] if b.name in names), key=lambda b: (b.name, age(b), b.ms))
    earlier = []
    for b in before:
        data = strict_json(b.data["data"].encode())
        assert (b.data["type"], b.data["form"]) == ("note", 1), "an earlier note"
        earlier.append(text(b, data, b.data["readers"], (), name=b.name, saved=moment(b.ms)))
    also, unsaid = ("of", "cursor"), r.bodies(r.drafts(), r.me, {"draft"})
    return {
        "title": r.info.get("title", ""),
        "planned": r.info.get("planned", 0) if sees_the_plan else 0,
        "people": {person["label"]: person["role"] for person in people.values()},
        "gone": labels([who for who in people if who in revoked or grants[who] in revoked]),
        "verified": labels([who for who, pin in book["pins"].items() if pin["verified"]]),
        "invited": sorted({grant["name"] for grant in book["grants"]}),
        "sessions": sorted(sessions.values(), key=lambda session: session["number"]),
        "notes": sorted(notes, key=lambda note: note["name"]),
        "earlier": earlier,
        "drafts": sorted(
            (text(b, b.data, b.data["readers"], also) for b in unsaid), key=lambda draft: draft["title"]
        ),
    }
