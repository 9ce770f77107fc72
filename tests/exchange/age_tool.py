"""The tool `age` itself, as Debian packages it: it opens what was sealed here, and the other way round."""

import os
import pty
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

needs_age = pytest.mark.skipif(
    not (shutil.which("age") and shutil.which("age-keygen")),
    reason="the age tool is not installed: apt-get install age",
)

needs_ssh = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="ssh-keygen is not installed")


@dataclass(frozen=True)
class Key:
    """An identity file and what is given to whoever seals something for it."""

    file: Path
    recipient: str


def age_keygen(folder: Path, name: str = "key.txt") -> Key:
    """A new key, made by age-keygen."""
    file = folder / name
    subprocess.run(["age-keygen", "-o", file], check=True, capture_output=True)
    public = subprocess.run(["age-keygen", "-y", file], check=True, capture_output=True, text=True)
    return Key(file, public.stdout.strip())


def ssh_keygen(folder: Path, kind: str = "ed25519") -> Key:
    """A new key of ssh."""
    file = folder / f"id_{kind}"
    command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "someone@there", "-f", str(file)]
    subprocess.run(command, check=True, capture_output=True)
    return Key(file, file.with_name(file.name + ".pub").read_text().strip())


def age_d(path: Path, key: Key) -> bytes:
    """`age -d -i KEY FILE`, which must open it."""
    command = ["age", "-d", "-i", str(key.file), str(path)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def age_d_passphrase(path: Path, passphrase: str) -> bytes:
    """`age -d FILE`, with the passphrase typed at a terminal, the only place it is read from."""
    out = path.with_name(f"{path.name}.opened")
    said = at_a_terminal(["age", "-d", "-o", str(out), str(path)], [passphrase])
    assert out.exists(), said
    return out.read_bytes()


def age_p(data: bytes, folder: Path, passphrase: str, *flags: str) -> bytes:
    """`age -p`: sealed by the tool with a passphrase."""
    plain, out = folder / "plain", folder / "sealed"
    plain.write_bytes(data)
    said = at_a_terminal(["age", "-p", *flags, "-o", str(out), str(plain)], [passphrase, passphrase])
    assert out.exists(), said
    return out.read_bytes()


def at_a_terminal(command: list[str], answers: list[str]) -> str:
    """Run a command at a terminal of its own and answer each of its questions, which end in a colon."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)  # the child never returns
    said, left = b"", list(answers)
    try:
        while some := os.read(terminal, 1024):
            said += some
            if left and some.rstrip().endswith(b":"):
                os.write(terminal, left.pop(0).encode() + b"\n")
    except OSError:  # the child has closed its end
        pass
    finally:
        os.close(terminal)
        os.waitpid(child, 0)
    return said.decode(errors="replace")
