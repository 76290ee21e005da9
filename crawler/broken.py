"""What broke on the way to an article, as a value: it goes from process to process and into rows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A page that made discovery, extraction or a stage raise; `reason` names the error and where.

    `may_retry` says that the fault may have been another's, such as a process that ended.
    """

    reason: str
    may_retry: bool = False
