"""A hook of MkDocs: the site has the repository's own folders, instead of `docs/` alone.

So a page may link to what lies beside `docs/`, an example or a test, and the link works on GitHub
and on the site alike. MkDocs itself refuses a `docs_dir` that holds its configuration file.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[2]
PLACES = {"docs/index.md": "index.html", "README.md": "README/index.html"}
"""Pages that stand elsewhere in the site than in the repository: its first page is for users."""


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let `mkdocs serve` notice changes outside `docs/`."""
    config.watch += [str(path) for path in (ROOT / "README.md", ROOT / "examples")]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The files of the theme, and those of the repository; `exclude_docs` chooses among them."""
    for file in list(files):
        if file.src_dir == config.docs_dir:
            files.remove(file)
    for path in _versioned():
        place = PLACES.get(path)
        made = File(path, str(ROOT), config.site_dir, config.use_directory_urls, dest_uri=place)
        files.append(made)
    return files


def _versioned() -> list[str]:
    """The files that are in Git or would be added to it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return [path for path in sorted(set(listed.stdout.split("\0"))) if (ROOT / path).is_file()]
