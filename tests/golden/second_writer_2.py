"""A second writer of format 2, written from crypto/FORMAT.md; it shares no line with the product."""

import datetime
import os
import random
import sqlite3
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519
from mnemonic import Mnemonic

from .second_attachments_2 import attached, drop_files, files_of_all
from .second_bodies_2 import Body
from .second_formulas_2 import (
    SUITE,
    TABLES,
    Identity,
    Json,
    Keyslot,
    channel_secret,
    counted,
    digest,
    h,
    is_door,
    kem_of,
    purpose,
    recovery_key,
    sealed,
    strict_json,
)
from .second_people_2 import People
from .second_transaction_2 import Statement, Transaction, change

COST = (65536, 3, 1)
INFO, BOOK, KEYS = (
    digest(purpose(f"{name} document"))[:16] for name in ("journal info", "address book", "keys")
)


def signer(seed: bytes) -> ed25519.Ed25519PrivateKey:
    return ed25519.Ed25519PrivateKey.from_private_bytes(seed)


def keyslot(jid: bytes, kind: str, label: str, words: str, secrets: bytes) -> tuple[bytes, Statement]:
    slot = Keyslot(jid, os.urandom(16), (kind, label), COST, os.urandom(16))
    both = slot.key_and_commitment(words)
    secret = both[32:] + sealed(both[:32], secrets, slot.bound)
    values = (slot.id, kind, label, *COST, slot.salt, secret)
    return slot.id, ("INSERT INTO keyslot VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


class Member(Transaction):
    """One who writes notes, and lets others in."""

    def named(self, labels: Iterable[str]) -> set[bytes]:
        ids = {pin["label"]: h(who) for who, pin in self.book["pins"].items()}
        return {ids[label] for label in labels}

    def moment(self) -> str:
        return self.now.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"

    def add(self, title: str, words: str, kind: str, share: Iterable[str] = ()) -> str:
        text = {"title": title, "kind": kind, "date": self.now.date().isoformat(), "tags": []}
        data = {**text, "session": None, "written": self.moment(), "revised": None}
        self.save("note", document := os.urandom(16), data, words, readers=self.named(share))
        self.commit()
        return digest(purpose("document name", self.me, document))[:10].hex()

    def versions(self, name: str) -> list[Body]:
        older = {h(one) for body in self.mine("earlier") for one in body.data["replaced"]}
        return [b for b in self.mine("note") if b.name == name and b.row.envelope not in older]

    def save_note(
        self,
        name: str,
        readers: set[bytes],
        words: str | None = None,
        changes: Json | None = None,
        proofs: bytes = b"",
    ) -> None:
        """Put a new version, and keep each that stood as an earlier one, for its author alone."""
        standing, fresh, readers = self.versions(name), self.fresh(), {self.me, *readers} - self.removed()
        for old in standing:
            lost = dict.fromkeys({*old.readers} - readers, old.row.envelope)
            told, before = ([who.hex() for who in sorted(many)] for many in (lost, old.readers))
            about: Json = {"replaced": [old.row.envelope.hex()], "by": fresh[1].hex()}
            about |= {"notified": told, "readers": before, "type": old.type, "form": 1}
            about |= {"data": old.text, "proofs": old.proof_bytes.hex()}
            self.save("earlier", old.document, about, old.words, lost=lost, ms=old.ms)
        self.drop(*(old.row.envelope for old in standing))
        follows = [old.row.envelope for old in standing if {*old.readers} >= readers]
        last, data = standing[-1], dict(standing[-1].data)
        if len(standing) > 1:
            data |= files_of_all(self, [old.data for old in standing])
        data |= changes or {}
        for key in [key for key in ("files", "removed") if not data.get(key)]:
            data.pop(key, None)
        self.save(
            "note",
            last.document,
            last.text if data == last.data else data,
            last.words if words is None else words,
            readers=readers,
            follows=follows,
            fresh=fresh,
            proofs=proofs or last.proof_bytes,
        )
        self.commit()

    def removed(self) -> set[bytes]:
        revoked = {*self.book["revoked"], *self.info.get("revoked", ())}
        return {h(who) for who, pin in self.book["pins"].items() if {who, pin["grant"]} & revoked}

    def named_note(self, title: str) -> str:
        return next(body.name for body in self.mine("note") if body.data["title"] == title)

    def readers(self, name: str) -> set[bytes]:
        return set.intersection(*({*body.readers} for body in self.versions(name)))

    def edit(self, name: str, words: str | None = None, **changes: str) -> None:
        self.save_note(name, self.readers(name), words, {**changes, "revised": self.moment()})

    def share(self, name: str, *labels: str) -> None:
        self.save_note(name, self.readers(name) | self.named(labels))

    def withdraw(self, name: str, *labels: str) -> None:
        self.save_note(name, self.readers(name) - self.named(labels))

    def attach(self, name: str, path: Path) -> None:
        files = [*self.versions(name)[-1].data.get("files", []), attached(self, path)]
        self.save_note(name, self.readers(name), changes={"files": files})

    def remove(self, name: str, file: str) -> None:
        data = self.versions(name)[-1].data
        gone = [one for one in data["files"] if one["name"] == file]
        missing = drop_files(self, gone)
        files = [one for one in data["files"] if one not in gone]
        changes = {"files": files, "removed": [*data.get("removed", []), *missing]}
        self.save_note(name, self.readers(name), changes=changes)

    def delete(self, name: str) -> None:
        """Leave nothing but that it was deleted, and who is told so."""
        notes, earlier = ([b for b in self.mine(t) if b.name == name] for t in ("note", "earlier"))
        ever: set[bytes] = set()
        lost: dict[bytes, bytes] = {}
        for body in (*earlier, *notes):  # a loss that a note names comes after an older one
            ever |= {body.row.envelope, *map(h, body.data.get("replaced", []))}
            lost |= {who: h(body.data["replaced"][0]) for who in body.notified}
            lost |= dict.fromkeys({*body.readers} - {self.me}, body.row.envelope)
            self.drop(body.row.envelope)
        contents = [b.data for b in notes] + [strict_json(b.data["data"].encode()) for b in earlier]
        missing = drop_files(self, [file for data in contents for file in data.get("files", ())])
        missing += [one for data in contents for one in data.get("removed", ()) if one not in missing]
        lists = {"replaced": sorted(one.hex() for one in ever), "notified": sorted(who.hex() for who in lost)}
        about = {**lists, **({"removed": missing} if missing else {})}
        self.save("deleted", (notes + earlier)[0].document, about, lost=lost)
        self.commit()

    # The others

    def signature(self, said: bytes) -> str:
        return self.newest.signing.sign(said).hex()

    def invite(self, name: str, role: str) -> str:
        seed, code = os.urandom(32), " ".join(random.SystemRandom().sample(Mnemonic("english").wordlist, 6))
        held = seed + self.journal_key + self.keeper + bytes(32)
        slot, statement = keyslot(self.jid, "invitation", "", code, held)
        book, key = self.book, signer(seed).public_key().public_bytes_raw()
        made = datetime.date.today().isoformat()
        names = counted(name, role, h("".join(book["revoked"])), made)
        grant: Json = {"kind": "grant", "key": key.hex(), "slot": slot.hex(), "name": name, "role": role}
        grant |= {"revoked": book["revoked"], "made": made}
        grant["signature"] = self.signature(purpose("grant", self.jid, key, slot, names))
        self.statements.append(statement)
        self.publish(grant, self.journal_key)
        self.replace("address-book", BOOK, {**book, "grants": [*book["grants"], grant]})
        self.commit()
        return code

    def enter(self, label: str, role: str, words: str, grant: Json | None = None, seed: bytes = b"") -> Json:
        """Publish one's own certificate and keep the keys; returns an address book with nobody in it."""
        key = h(grant["key"]) if grant else bytes(32)
        said = purpose("certificate", self.jid, key, self.newest.public, counted(label, role))
        card: Json = {"kind": "certificate", "keys": self.newest.public.hex(), "label": label, "role": role}
        card |= {"grant": grant, "by_grant": signer(seed).sign(said).hex() if grant else ""}
        self.publish({**card, "by_self": self.signature(said)})
        recovery = recovery_key(self.jid, words) if words else b""
        held: Json = {"masters": [self.first.hex()], "journal_keys": [self.journal_key.hex()]}
        held |= {"keeper": self.keeper.hex(), "recovery": recovery.hex()}
        self.save("keys", KEYS, held, also=[recovery])
        lists: Json = {"pins": {}, "revoked": grant["revoked"] if grant else [], "grants": [], "let_go": {}}
        lists |= {"signed": {}, "successors": [], "taken_over": []}
        return {"certificate": {**card, "by_self": self.signature(said)}, **lists}

    def meet(self, book: Json) -> None:
        """Pin everybody not met before and send them a key; keep what they sent."""
        known = self.people()
        for who, card in known.cards.items():
            grant, hexed = card["grant"] or {"key": "", "name": card["label"]}, who.hex()
            if who == self.me or {hexed, grant["key"]} & {*book["revoked"]}:
                continue
            if hexed not in book["pins"] and known.believes(who, self.info.get("members", ())):
                pin = {"label": card["label"], "role": card["role"], "invited_as": grant["name"]}
                pin |= {"grant": grant["key"], "channel_secrets": [], "successors": [], "verified": False}
                book["pins"][hexed] = pin
            if pin := book["pins"].get(hexed):
                pin["successors"] = [one.hex() for one in known.ids[who][1:]]
                for theirs, mine in ((a, b) for a in known.ids[who] for b in self.identities):
                    secret = known.secrets.get((theirs, mine), b"").hex()
                    if secret and [theirs.hex(), mine.hex(), secret] not in pin["channel_secrets"]:
                        pin["channel_secrets"].append([theirs.hex(), mine.hex(), secret])
                self.send_key(known, who, known.ids[who][-1])

    def send_key(self, known: People, who: bytes, receiver: bytes) -> None:
        """Send the secret of a channel, where it was not yet, to wherever the receiver may look for it."""
        said = {"kind": "key-message", "sender": self.newest.id.hex(), "receiver": receiver.hex()}
        shared = self.on_shared()
        sent_under = {key for key, _, one in shared if {**one, **said} == one}
        mine = {key for key, _, one in shared if one == known.cards.get(self.me)}
        found_under = {key for key, _, one in shared if one == known.cards[who]} & mine or {self.journal_key}
        info = purpose("key message", self.jid, self.newest.id, receiver)
        secret = channel_secret(self.jid, self.first, self.newest.id, receiver)
        message = SUITE.encrypt(secret, kem_of(known.public[receiver]), info)
        signature = self.signature(purpose("key message signature", info, message))
        for key in found_under - sent_under:
            self.publish({**said, "message": message.hex() + signature}, key)

    def refresh(self) -> None:
        """Meet who is new; the keeper also takes back their grants, and lets them read of the journal."""
        shared, book, keys = self.on_shared(), deepcopy(self.book), self.kept("keys")
        book["revoked"] += [one for one in self.info.get("revoked", ()) if one not in book["revoked"]]
        self.meet(book)
        used = {pin["grant"] for pin in book["pins"].values()} - {""}
        book["grants"] = [grant for grant in book["grants"] if grant["key"] not in used]
        for _, slot, one in shared:
            if one["kind"] == "grant" and one["key"] in used and self.token(slot.row, slot.key):
                self.drop(slot)
        if all(one != book["certificate"] for key, _, one in shared if key == self.journal_key):
            self.publish(book["certificate"])
        if [h(key) for key in keys["journal_keys"]] != self.journal_keys:
            keys["journal_keys"] = [key.hex() for key in self.journal_keys]
            self.replace("keys", KEYS, keys, also=places_of(keys))
        before, self.book = self.book, book
        if book != before:
            self.replace("address-book", BOOK, book)
        here = {self.me, *map(h, book["pins"])} - self.removed()
        if self.me == self.keeper and {*map(h, self.info["members"])} != here:
            self.replace("journal-info", INFO, {**self.info, "members": sorted(w.hex() for w in here)}, here)
        if self.pending:
            self.commit()
            self.refresh()  # who has met the keeper reads more now


def places_of(keys: Json) -> list[bytes]:
    """Where others than the own channel find the keys: by recovery words, by the shares of a will."""
    return [h(one) for one in (keys["recovery"], *(keys.get("will") or [""])[:1])]


def create(path: Path, label: str, role: str, passphrase: str, title: str, words: str = "") -> Member:
    """A new file with its keeper, and recovery words of theirs if there are any."""
    jid, first = os.urandom(16), os.urandom(32)
    held = first + os.urandom(32) + Identity(jid, first).id + bytes(32)
    change(path, [*((sql, ()) for sql in TABLES.values()), ("INSERT INTO journal VALUES (1, 2, ?)", (jid,))])
    keeper = Member(path, held=held)
    keeper.statements.append(keyslot(jid, "passphrase", label, passphrase, held)[1])
    keeper.save("address-book", BOOK, keeper.enter(label, role, words))
    info: Json = {"title": title, "revoked": [], "planned": 0, "needs": [], "members": [keeper.me.hex()]}
    keeper.save("journal-info", INFO, {**info, "journal_keys": [keeper.journal_key.hex()]})
    keeper.commit()
    return keeper


def join(path: Path, code: str, label: str, passphrase: str, words: str = "") -> Member:
    """One who takes an invitation, meets everybody there and leaves a key for each."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    ((jid,),) = database.execute("SELECT journal_id FROM journal")
    slots = [
        row for row in database.execute("SELECT * FROM keyslot") if is_door(row) and row[1] == "invitation"
    ]
    database.close()
    for id_, kind, called, memory, passes, lanes, salt, secret in slots:
        slot = Keyslot(jid, id_, (kind, called), (memory, passes, lanes), salt)
        if held := slot.open(" ".join(code.lower().split()), secret):
            break
    else:
        raise AssertionError("nothing opens with this")
    first, seed = os.urandom(32), held[:32]
    member, key = Member(path, held=first + held[32:]), signer(seed).public_key().public_bytes_raw().hex()
    grants = (one for *_, one in member.on_shared() if one["kind"] == "grant" and one["key"] == key)
    grant = max(grants, key=lambda one: len(one["revoked"]))
    member.statements.append(("DELETE FROM keyslot WHERE id = ?", (id_,)))
    member.statements.append(keyslot(jid, "passphrase", label, passphrase, first + held[32:])[1])
    book = member.enter(label, grant["role"], words, grant, seed)
    member.meet(book)
    member.save("address-book", BOOK, book)
    member.commit()
    return member
