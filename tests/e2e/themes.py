"""Themes as people write them: translucent and without modes, or of the newest colours."""

import json

from tests.support.home_assistant import HomeAssistant

from .looks import THEMES
from .watched import Watched

# Of each, whether Home Assistant says that it is dark: without modes it never does.
CUSTOM = {"glass": (False,), "modern": THEMES}
THEMES_YAML = """
frontend:
  themes:
    glass:
      primary-color: "#7cc7ff"
      primary-background-color: "#141a2b"
      primary-text-color: "#eef2ff"
      secondary-text-color: "#b6c0dd"
      card-background-color: "rgba(255, 255, 255, 0.06)"
      ha-card-background: "rgba(255, 255, 255, 0.06)"
      app-header-background-color: "rgba(20, 26, 43, 0.4)"
      app-header-text-color: "#eef2ff"
      sidebar-background-color: "rgba(20, 26, 43, 0.4)"
      divider-color: "rgba(255, 255, 255, 0.14)"
      lovelace-background: "linear-gradient(160deg, #1b2340, #0c101c)"
    modern:
      modes:
        light:
          primary-color: "oklch(0.5 0.13 250)"
          primary-background-color: "oklch(0.97 0.01 90)"
          primary-text-color: "oklch(0.25 0.02 260)"
          secondary-text-color: "oklch(0.45 0.02 260)"
          card-background-color: "oklch(0.99 0.005 90)"
          divider-color: "oklch(0.25 0.02 260 / 0.16)"
        dark:
          primary-color: "oklch(0.75 0.12 230)"
          primary-background-color: "oklch(0.2 0.02 260)"
          primary-text-color: "oklch(0.95 0.01 260)"
          secondary-text-color: "oklch(0.78 0.02 260)"
          card-background-color: "oklch(0.25 0.02 260)"
          divider-color: "oklch(0.95 0.01 260 / 0.16)"
    large:
      ha-font-size-xs: "13px"
      ha-font-size-s: "16px"
      ha-font-size-m: "19px"
      ha-font-size-l: "22px"
      ha-font-family-body: "serif"
"""


def add_themes(home: HomeAssistant) -> None:
    """Write the themes into the configuration of one that does not run yet."""
    configuration = home.folder / "configuration.yaml"
    with configuration.open("a", encoding="utf-8") as yaml:
        yaml.write(THEMES_YAML)


def choose_theme(window: Watched, name: str) -> None:
    """Let the window have a theme from its first page on."""
    theme = json.dumps(json.dumps({"theme": name}))
    window.page.add_init_script(f"localStorage.selectedTheme = {theme}")
