"""Child processes forked from one that has everything loaded.

Loading trafilatura and the tables of knowledge takes a second of the processor and 150 MB. One process, the fork server,
does it once; children forked from it begin in milliseconds, share its memory, and one that is killed for a page that hangs is
soon replaced. It has one thread and holds no database and no connection, so that forking it is safe.

Python's own (multiprocessing) imports the parent's main program into every child, and what it receives in part knows no
deadline.

The parent asks the server over a socket: for a child, whose own socket it sends along, or for the end of one, which stays
unburied until then, so that no other process can have its number when it is killed.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import struct
import subprocess
import sys
import traceback
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn

from crawler.pipes import receive, send
from pipeline.errors import HirewireError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

START_SECONDS = 120.0  # loading trafilatura and the knowledge tables on a busy machine
FORK_SECONDS = 30.0
# Then the kernel ends a child whose parent was killed before it could do so.
LAST_RESORT_SECONDS = 120
READY = "ready"
_ORDER = struct.Struct("!cI")
_FORK, _BURY = b"f", b"b"


class Child:
    """One forked process, asked one question at a time."""

    def __init__(self, server: ForkServer, pid: int, own: socket.socket) -> None:
        self.server, self.pid, self.answered = server, pid, 0
        self._socket = own
        self._has_ended = False
        self._status: int | None = None

    def ask(self, question: tuple[Any, ...], seconds: float) -> Any:
        """The answer to a question: the name of a task and its arguments.

        Raises:
            TimeoutError: there is none after so many seconds.
            EOFError, OSError: the child has ended.
        """
        deadline = monotonic() + seconds
        send(self._socket, question, deadline)
        answer = receive(self._socket, deadline)
        self.answered += 1
        return answer

    def end(self) -> int | None:
        """End it, if it has not ended; the exit status that it had, as subprocess gives it, or None if nobody knows."""
        if not self._has_ended:
            self._socket.close()
            self._has_ended, self._status = True, self.server.bury(self.pid)
        return self._status


class ForkServer:
    """The process that children are forked from, as its parent sees it; may be used from several threads.

    Args:
        command: starts it; the program calls `work`.

    Raises:
        HirewireError: what stands in its way, as it says itself, or that it said nothing.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._socket, there = socket.socketpair()
        self._lock = Lock()
        with there:
            self.process = subprocess.Popen(command, stdin=there.fileno())  # noqa: S603 - our own interpreter
        greeting = None
        try:
            greeting = receive(self._socket, monotonic() + START_SECONDS)
        except (EOFError, OSError) as error:
            raise HirewireError(
                f"the process that is to look at pages ended or hung before it was ready: {' '.join(command)}",
                remedy="run that line by itself to see why; free memory is needed, about 200 MB",
            ) from error
        finally:
            if greeting != READY:
                self.close()
        if isinstance(greeting, HirewireError):
            raise greeting

    def child(self) -> Child:
        """A new child.

        Raises:
            EOFError, OSError: the server has ended.
        """
        here, there = socket.socketpair()
        try:
            with there:
                return Child(self, self._order(_FORK, 0, there.fileno()), here)
        except BaseException:
            here.close()
            raise

    def bury(self, pid: int) -> int | None:
        """End a child; its exit status, or None where the server itself has ended, and its children with their sockets."""
        if self.process.poll() is not None:
            return None  # and its number may be another's by now
        try:
            os.kill(pid, signal.SIGKILL)
            return self._order(_BURY, pid)
        except (EOFError, OSError):
            return None

    def close(self) -> None:
        """End it; children that were not ended by then end with their sockets."""
        self._socket.close()
        self.process.kill()
        self.process.wait()

    def _order(self, what: bytes, pid: int, *descriptors: int) -> int:
        with self._lock:
            try:
                socket.send_fds(self._socket, [_ORDER.pack(what, pid)], descriptors)
                answer: int = receive(self._socket, monotonic() + FORK_SECONDS)
            except BaseException:
                self.process.kill()  # a late answer would be taken for that to the next order
                raise
        return answer


def work(begin: Callable[[], Mapping[str, Callable[..., Any]]]) -> None:
    """A fork server's life: load what is needed, say that it is ready, then fork children until the parent is gone.

    Args:
        begin: loads; returns what a child is then asked for by which name, such as `prepare`.
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to the whole group; the parent ends us when it has done
        signal.signal(number, signal.SIG_IGN)
    try:
        control = socket.socket(fileno=os.dup(sys.stdin.fileno()))
    except OSError:
        begin()
        sys.stderr.write("All is loaded. hirewire starts this line itself, with a socket as its standard input.\n")
        return
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a name, not a path
        os.dup2(nothing.fileno(), sys.stdin.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print is a matter for the log
    gc.disable()  # what is loaded stays: to look through it again and again takes a sixth of the loading
    try:
        tasks = begin()
    except SettingsError as error:
        send(control, error)
        return
    gc.freeze()
    send(control, READY)
    while True:
        data, descriptors, *_ = socket.recv_fds(control, _ORDER.size, 1, socket.MSG_WAITALL)
        if not data:
            return
        what, pid = _ORDER.unpack(data)
        send(control, _fork(control, descriptors[0], tasks) if what == _FORK else _exit_status(pid))


def _fork(control: socket.socket, descriptor: int, tasks: Mapping[str, Callable[..., Any]]) -> int:
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        os.close(control.detach())  # else the parent would not see the server's end
        _answer(socket.socket(fileno=descriptor), tasks)
    os.close(descriptor)
    return pid


def _answer(own: socket.socket, tasks: Mapping[str, Callable[..., Any]]) -> NoReturn:
    """A child's life: answer until the parent is gone."""
    status = 1
    try:
        gc.enable()
        while True:
            try:
                kind, *arguments = receive(own)
            except EOFError:
                status = 0
                break
            signal.alarm(LAST_RESORT_SECONDS)
            answer = tasks[kind](*arguments)
            signal.alarm(0)
            send(own, answer)
    except BaseException:  # noqa: BLE001 - whatever it is, it must not go on as a second server
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def _exit_status(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
