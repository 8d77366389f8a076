"""A process that has imported the program and waits: processes of ours are forked from it instead of each importing
everything anew. Importing reads no setting (`events.settings` alone does, and only when asked), so that each of them
meets its own environment as a fresh one does.

`python -m tests.ready_made DESCRIPTOR` is that process; `tests.servers` asks it by `begin`.
"""

import gc
import json
import os
import random
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

PROJECT = Path(__file__).resolve().parent.parent
LONGEST = 1 << 20  # bytes of one order
TOLD, HEARD = 0, 1


@cache
def _waiting() -> tuple[socket.socket, "subprocess.Popen[bytes]"]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for one in (ours, theirs):
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LONGEST)
    with theirs:
        command = [sys.executable, "-m", __name__, str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], cwd=PROJECT)
    return ours, process


def begin(program: str, *command: str, environment: Mapping[str, str], files: Sequence[int], news: int) -> None:
    """Calls `program` ("module:function") in a process of its own, with `files` as its input and outputs.

    To the pipe `news` its number is written at once and its return code at its end, a line each.
    """
    order = {"program": program, "command": command, "environment": dict(environment), "folder": os.getcwd()}
    socket.send_fds(_waiting()[0], [json.dumps(order).encode()], [*files, news])


def dismiss() -> None:
    """Ends the waiting process, if there is one."""
    if _waiting.cache_info().currsize:
        ours, process = _waiting()
        ours.close()
        process.wait()
        _waiting.cache_clear()


def wait_for_orders(orders: socket.socket) -> None:
    """Until nobody can give any more. One thread only: a fork of several would be half a process."""
    running: dict[int, int] = {}  # who runs, and where its end is to be told
    bell = socket.socketpair()
    for end in bell:
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(bell[TOLD].fileno())
    while True:
        ready, _, _ = select.select([orders, bell[HEARD]], [], [])
        if bell[HEARD] in ready:
            bell[HEARD].recv(LONGEST)
            _tell_of_ends(running)
        if orders in ready:
            said, files, _, _ = socket.recv_fds(orders, LONGEST, 4)
            if not said:
                return
            *standard, news = files
            if (number := os.fork()) == 0:
                _become(json.loads(said), standard)
            running[number] = news
            os.write(news, f"{number}\n".encode())
            for one in standard:
                os.close(one)


def _tell_of_ends(running: dict[int, int]) -> None:
    for number, news in list(running.items()):
        ended, status = os.waitpid(number, os.WNOHANG)
        if ended:
            os.write(news, f"{os.waitstatus_to_exitcode(status)}\n".encode())
            os.close(running.pop(number))


def _become(order: Mapping[str, Any], files: Sequence[int]) -> NoReturn:
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for standard, file in enumerate(files):
            os.dup2(file, standard)
        os.closerange(len(files), 256)
        os.chdir(order["folder"])
        os.environ.clear()
        os.environ.update(order["environment"])
        random.seed()
        module, _, function = order["program"].partition(":")
        sys.argv = [module, *order["command"]]
        getattr(import_module(module), function)()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _import_everything() -> None:
    for module in ("events.app", "events.cli"):
        import_module(module)

    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    _import_everything()
    wait_for_orders(socket.socket(fileno=int(sys.argv[1])))
