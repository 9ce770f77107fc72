"""Print the table: every figure with its ratio to the floor that was measured beside it."""

import argparse
import multiprocessing
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.benchmarks.measures import Figure

AIMS = {
    "open to list": "5x of reading and opening the same bytes",
    "first paint": "1.3x of an empty Textual app",
    "search": "20 ms",
    "write one note": "1.5x from the smallest journal to the largest",
    "type a letter": "100 ms",
    "paste 1 MB": "1 s",
}


def main() -> None:
    """Measure, for each number of notes."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--notes", type=int, nargs="+", default=[1000, 10_000], metavar="N")
    sizes = sorted(parser.parse_args().notes)
    from tests.benchmarks import archiving, exporting, importing, reading, typing  # noqa: PLC0415 - the child processes need not

    print("Aims: " + "; ".join(f"{name} under {aim}" for name, aim in AIMS.items()) + ".")
    print("\nThe page, beside a bare TextArea with the same words")
    show(apart(typing.typing) + apart(typing.pasting))
    print("\nA long note, beside reading its markdown alone")
    show(apart(reading.reading))
    print("\nOne document, beside parsing the markdown of the same notes alone")
    show(apart(exporting.long_notes) + apart(exporting.many_notes))
    print("\nAn archive out and in, beside a plain copy of the same files")
    for group in (archiving.many_notes, archiving.long_notes, archiving.files):
        for form in ("folder", "json"):
            show(apart(group, form))
    print("\nImporting a folder of markdown, beside copying the same files alone")
    show(apart(importing.importing))
    writes = []
    with tempfile.TemporaryDirectory(prefix="kapjournal-benchmark.") as folder:
        for count in sizes:
            figures = _measure(Path(folder) / str(count), count)
            writes += [figure.value for figure in figures if figure.name == "write one note"]
        if len(sizes) > 1:
            growth = writes[-1] / writes[0]
            print(f"\nWriting one note: {growth:.2f}x from {sizes[0]:,} to {sizes[-1]:,} notes")


def _measure(folder: Path, count: int) -> "list[Figure]":
    from tests.benchmarks import corpus, entering, measures, paint  # noqa: PLC0415 - the child processes need not

    folder.mkdir()
    print(f"\n{count:,} notes of {corpus.WORDS_A_NOTE} words, one person's own")
    alone, taken = apart(measures.building, corpus.alone, folder, count)
    figures = [measures.Figure("make the journal, one transaction", taken)]
    for group in (measures.opening, measures.finding, measures.writing, measures.exporting, measures.sizes):
        figures += apart(group, alone, "Dr Lee")
    show(figures)
    print(f"\n{count:,} notes of three people, 60 in 100 private, 25 for all, 15 for the partner")
    journal, taken = apart(measures.building, corpus.together, folder, count)
    shared = [measures.Figure("make the journal, three transactions", taken)]
    for label in journal.held:
        shared += apart(measures.opening, journal, label)
    shared += apart(measures.writing, journal, "Ana")
    shared += paint.first_paint(journal)
    shared.append(apart(entering.to_the_cursor, journal, "Ana"))
    show(shared)
    return figures


def apart(work: Callable[..., Any], *arguments: object) -> Any:
    """Do it in a fresh process, so that neither memory nor warmth is inherited."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *arguments).result()


def show(figures: "list[Figure]") -> None:
    for figure in figures:
        ratio = f"{figure.ratio:8.2f}x" if figure.ratio else ""
        print(f"  {figure.name:<58} {_amount(figure.value, figure.unit):>10} {ratio}")


def _amount(value: float, unit: str) -> str:
    if unit == "B":
        return f"{value / 1e6:.1f} MB"
    return f"{value * 1000:.1f} ms" if value < 1 else f"{value:.2f} s"


if __name__ == "__main__":
    main()
