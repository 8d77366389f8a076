"""`python -m events.assets [--again]`: brings packages and builds files, unless nothing has changed."""

import sys

from events.assets.build import build
from events.assets.freshness import is_fresh, remember
from events.assets.packages import CannotBring, bring_packages


def main(arguments: list[str]) -> int:
    if is_fresh() and "--again" not in arguments:
        print("Aussehen: unverändert.")
        return 0
    try:
        bring_packages()
    except CannotBring as reason:
        print(f"Aussehen: {reason}", file=sys.stderr)
        return 1
    sizes = build()
    remember()
    print(f"Aussehen: {len(sizes)} Dateien gebaut, {sum(sizes.values()) // 1024} KB gepackt.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
