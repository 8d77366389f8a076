"""Where the build reads and writes."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MODULES = PROJECT / "node_modules"
KERN = MODULES / "@kern-ux" / "native" / "dist"
STATIC = PROJECT / "events" / "static"
BUILT = STATIC / "built"
TEMPLATES = PROJECT / "templates"
LOCK = PROJECT / "package-lock.json"
NODE_LOCK = PROJECT / "requirements-node.lock"
STAMP = BUILT / "stamp"
PRINT_FONTS = tuple(
    MODULES / "dejavu-fonts-ttf" / "ttf" / f"DejaVuSans{weight}.ttf" for weight in ("", "-Bold", "Mono")
)
