"""Every error hirewire raises on purpose.

    HirewireError
    ├── SettingsError      a setting or a file of settings cannot be used           (exit code 2)
    │   └── RegistryError  a source or player table breaks the rules
    ├── UsageError         what the user typed cannot be understood                 (exit code 2)
    │   └── QueryError     a query, with the position of what is wrong
    ├── InputError         one document, file or line cannot be read                (counted, work goes on)
    ├── StoreError         the database cannot be opened, is locked, full or old    (exit code 1)
    └── FetchError         a page could not be had                                  (counted, tried again)

Refusal of a document is no error but a value: `pipeline.document.Rejected`.
"""

from __future__ import annotations

from functools import partial


class HirewireError(Exception):
    """Root of the tree: a message for people, the remedy, and the URL and source it concerns.

    Args:
        message: what is wrong, naming the thing.
        remedy: what to do about it; shown on a line of its own.
        url: the page concerned, if any.
        source: id of the source concerned, if any.
    """

    exit_code = 1

    def __init__(self, message: str, *, remedy: str = "", url: str = "", source: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.url = url
        self.source = source

    def __str__(self) -> str:
        return f"{self.message}\n{self.remedy}" if self.remedy else self.message


class SettingsError(HirewireError):
    """A setting or a file of settings cannot be used; names the setting, its value and an example."""

    exit_code = 2


class RegistryError(SettingsError):
    """A source or player table breaks the rules; names file, table and remedy. May hold several faults, one a line."""


class UsageError(HirewireError):
    """What the user typed cannot be understood."""

    exit_code = 2


class QueryError(UsageError):
    """A query cannot be understood.

    Args:
        message: what is wrong.
        position: code-point offset in the query where it is wrong.
        remedy: what to type instead.
    """

    def __init__(self, message: str, *, position: int, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.position = position


class InputError(HirewireError):
    """One document, file or line cannot be read; `kind` is the short name that is counted.

    Args:
        message: what is wrong, naming the thing.
        kind: slug such as `empty`, `binary`, `too-large`, `bad-json`, `extract-timeout`.
    """

    def __init__(self, message: str, *, kind: str, remedy: str = "", url: str = "", source: str = "") -> None:
        super().__init__(message, remedy=remedy, url=url, source=source)
        self.kind = kind

    def __reduce__(self) -> tuple[partial[InputError], tuple[()]]:
        """As whole as it was, also when it comes out of a child process."""
        whole = partial(InputError, self.message, kind=self.kind, remedy=self.remedy, url=self.url, source=self.source)
        return whole, ()


class StoreError(HirewireError):
    """The database cannot be opened, is locked, full, or of another version; nothing half done is left."""


class FetchError(HirewireError):
    """A page could not be had; it is tried again later."""


class DeliveryError(HirewireError):
    """A channel did not take a message; no secret of its address stands in the text.

    Args:
        message: what is wrong, naming the channel.
        is_permanent: whether trying again is of no use.
    """

    def __init__(self, message: str, *, is_permanent: bool, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.is_permanent = is_permanent
