"""What a page shows of a terminal, typed into one: the commands run, and print what is shown."""

from __future__ import annotations

import re

from ..drivers.workspace import Workspace

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
COMMAND = re.compile(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", re.M)
LEFT_OUT = "…"
FAILS = re.compile(r"\berror: |^Apps with fewer than .+: [1-9]", re.M)
"""What a command prints that ends with another code than 0."""
SIGN_OF_LIFE = "@ "
"""What Pulumi's lines begin with that it prints only where nothing else happens for a while."""
SECONDS = re.compile(r"\b\d+(\.\d+)?m?s\b")


class Terminal:
    """A shell in which one command follows another, with its folder and variables kept."""

    def __init__(self, workspace: Workspace) -> None:
        self.folder = workspace.program
        self.folder.mkdir()
        self._workspace = workspace
        self._kept = workspace.around / ".kept"
        self._kept.write_text("", encoding="utf-8")

    def run(self, command: str, fails: bool = False) -> str:
        """Type a command, which must succeed unless it `fails`; what it printed."""
        keep = f"{{ export -p; echo \"cd '$PWD'\"; }} > {self._kept}"
        script = f". {self._kept}\n{command}\ncode=$?\n{keep}\nexit $code\n"
        return self._workspace.run("bash", "-c", script, fails=fails)


def follow(page: str, terminal: Terminal, done: str = "(?!)") -> int:
    """Do what a page says: write its files, change its lines, type its commands.

    `done` matches the commands that have been typed already. Gives how many were typed.
    """
    files = {
        "yaml": terminal.folder / "Pulumi.yaml",
        "python": terminal.folder / "__main__.py",
    }
    typed = 0
    for language, text in BLOCK.findall(page):
        if language == "diff":
            text = apply(text, files["python"].read_text(encoding="utf-8"))
        if language in ("diff", "python", "yaml"):
            files["yaml" if language == "yaml" else "python"].write_text(text, encoding="utf-8")
            continue
        assert language == "console", language
        for command, shown in COMMAND.findall(text):
            if not re.fullmatch(done, command):
                assert_shown(shown, terminal.run(command, fails=bool(FAILS.search(shown))))
                typed += 1
    return typed


def apply(diff: str, text: str) -> str:
    """A text with the change that a page shows as a diff of a few lines."""
    # Editors take the space away that stands before an empty line.
    lines = [line if line.strip() else " \n" for line in diff.splitlines(keepends=True)]
    old = "".join(line[1:] for line in lines if not line.startswith("+"))
    new = "".join(line[1:] for line in lines if not line.startswith("-"))
    assert old in text
    return text.replace(old, new)


def assert_shown(shown: str, printed: str) -> None:
    """The lines that are shown are printed in this order; "…" stands for what is left out.

    A command that is shown without any output may print what it likes.
    """
    pattern = "".join(
        r"(?:.*\n)*?" if line == LEFT_OUT else re.escape(line).replace(LEFT_OUT, ".+") + r"\n"
        for line in _lines(shown)
    )
    printed_lines = "".join(f"{line}\n" for line in _lines(printed))
    assert not pattern or re.fullmatch(pattern, printed_lines), (
        f"The page shows\n{shown}\nand this was printed:\n{printed}"
    )


def _lines(text: str) -> list[str]:
    plain = (SECONDS.sub("0s", " ".join(line.split())) for line in text.splitlines())
    return [line for line in plain if line and not line.startswith(SIGN_OF_LIFE)]
