"""Puts a file under the pull request of the running job as its one comment: comment.py FILE

The first line of the file tells its comment from all others: a comment of ours that begins with it
is edited, and without one a new comment is written. On GitHub it takes GITHUB_TOKEN and NUMBER, the
number of the pull request; on GitLab GITLAB_TOKEN.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import httpx

PAGE_SIZE = 100
Comment = dict[str, Any]


class GitHub:
    """The comments of a pull request on GitHub."""

    change = "PATCH"

    def __init__(self) -> None:
        repository = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}"
        self.comments = f"{repository}/issues/{os.environ['NUMBER']}/comments"
        self.one = f"{repository}/issues/comments"
        token = os.environ["GITHUB_TOKEN"]
        self.http = httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def is_ours(self, comment: Comment) -> bool:
        """A person could write such a comment first, and change it after we have edited it."""
        return bool(comment["user"]["type"] == "Bot")


class GitLab:
    """The notes of a merge request on GitLab."""

    change = "PUT"

    def __init__(self) -> None:
        api = os.environ["CI_API_V4_URL"]
        request = f"merge_requests/{os.environ['CI_MERGE_REQUEST_IID']}"
        self.comments = self.one = f"{api}/projects/{os.environ['CI_PROJECT_ID']}/{request}/notes"
        self.http = httpx.Client(headers={"PRIVATE-TOKEN": os.environ["GITLAB_TOKEN"]}, timeout=60)
        self.we = self.http.get(f"{api}/user").raise_for_status().json()["id"]

    def is_ours(self, comment: Comment) -> bool:
        """The token of the project has a user of its own."""
        return bool(comment["author"]["id"] == self.we)


def find(forge: GitHub | GitLab, first_line: str) -> Comment | None:
    """Our comment that begins with a line."""
    number = 1
    while True:
        page = {"per_page": PAGE_SIZE, "page": number}
        comments: list[Comment] = (
            forge.http.get(forge.comments, params=page).raise_for_status().json()
        )
        for one in comments:
            if forge.is_ours(one) and one["body"].startswith(first_line):
                return one
        if len(comments) < PAGE_SIZE:
            return None
        number += 1


def main(file: Path) -> None:
    """Edit the comment, or write it."""
    text = file.read_text(encoding="utf-8")
    forge = GitHub() if "GITHUB_API_URL" in os.environ else GitLab()
    there = find(forge, text.splitlines()[0])
    method, url = (
        (forge.change, f"{forge.one}/{there['id']}") if there else ("POST", forge.comments)
    )
    forge.http.request(method, url, json={"body": text}).raise_for_status()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
