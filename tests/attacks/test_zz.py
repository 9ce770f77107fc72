from kapjournal.journal import NewNote
from tests.attacks.attacked_journal import AttackedJournal
from tests.attacks.test_recovery import renewed, words_row
from tests.internals import vault_of, finding_sentences

def show(j, t):
    v=vault_of(j); c=v.envelopes.own
    print(t, v.record.replica.hex()[:4], "mem", v.record.channel(c.name), "now", c.memory(v.membership.book.let_go.get(c.name) or __import__("kapjournal.journal.trust.address_book",fromlist=["LetGo"]).LetGo()), "abs", c.absence(), "let", v.membership.book.let_go.get(c.name), finding_sentences(j))

def test_it(attacked: AttackedJournal) -> None:
    renewed(attacked, "Ana")
    with attacked.acting("Ana") as (ana,): show(ana, 0)
    attacked.delete(words_row(attacked, "Ana"))
    with attacked.acting("Ana") as (ana,):
        show(ana,1)
        ana.let_go()
        show(ana,2)
        ana.let_go()
        show(ana,3)
    with attacked.acting("Ana") as (ana,):
        show(ana,4)
