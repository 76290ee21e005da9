"""What a visit came to."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTLED = ("stored", "revised", "unchanged", "quarantined", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """One visit of one source, counted by the database.

    `outcome` is `ok`, `unchanged` (nothing new was listed), `busy` (another process is at it), `interrupted`, `deadline`,
    or the name of what went wrong: rate-limited, robots, robots-unavailable, broken-feed, dns, certificate, timeout, ...
    `discovered` are links not known before, `fetched` the answers with a body; of the pages met, each is in exactly one of
    stored, revised, unchanged, rejected, quarantined, failed. `duplicates` are those stored that repeat another article.
    """

    source: str
    outcome: str
    evidence: str = ""
    discovered: int = 0
    fetched: int = 0
    stored: int = 0
    revised: int = 0
    unchanged: int = 0
    duplicates: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    quarantined: int = 0
    failed: int = 0
    seconds: float = 0.0

    @property
    def met(self) -> int:
        """How many pages got a fate."""
        return (
            self.stored + self.revised + self.unchanged + self.quarantined + self.failed + sum(self.rejected.values())
        )

    def as_row(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def read_counts(counts: Mapping[tuple[str, str], int]) -> dict[str, Any]:
    """A run's counters as fields of an outcome."""
    fields: dict[str, Any] = {"rejected": {}}
    for (name, detail), n in sorted(counts.items()):
        if name == "rejected":
            fields["rejected"][detail] = fields["rejected"].get(detail, 0) + n
        elif name in {"discovered", "fetched", "duplicates", *SETTLED}:
            fields[name] = fields.get(name, 0) + n
    return fields
