"""How are the pictures made that must be PNG? Drawn from the SVGs beside this file by the system's Chromium.

Run `.venv/bin/python -m tools.pictures.draw` after a change to an SVG, and commit what it makes.
"""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
OUT = HERE.parent.parent / "wastecal" / "static" / "wastecal"
PICTURES = (
    ("icon.svg", "icon-180.png", 180, 180),
    ("icon.svg", "icon-512.png", 512, 512),
    ("preview.svg", "preview.png", 1200, 630),
)


def draw(browser: Browser, source: str, name: str, width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(
        f"<style>body{{margin:0}}svg{{display:block}}</style>{(HERE / source).read_text('utf-8')}"
    )
    page.screenshot(path=OUT / name)
    page.close()


def main() -> None:
    with sync_playwright() as running:
        browser = running.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for picture in PICTURES:
            draw(browser, *picture)
        browser.close()


if __name__ == "__main__":
    main()
