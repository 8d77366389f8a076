"""What a running server costs, as the kernel counts it (Linux: /proc)."""

import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")  # a second


@dataclass(frozen=True)
class Cost:
    """`cpu`: seconds in all its threads since the start. `memory`: bytes in RAM."""

    cpu: float
    memory: int


def cost_of(pid: int) -> Cost:
    process = Path("/proc") / str(pid)
    # The name in brackets may hold blanks; user and system time are the 14th and 15th field.
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    lines = (process / "status").read_text().splitlines()
    memory = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return Cost((int(fields[11]) + int(fields[12])) / TICK, memory * 1024)
