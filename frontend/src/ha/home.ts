import type { HomeAssistant } from "./types.js";

/** What Home Assistant's own root knows, where nothing is handed to us; null before it is there. */
export const home = (): HomeAssistant | null => {
  const root: (Element & { hass?: HomeAssistant }) | null =
    document.querySelector("home-assistant");
  return root?.hass ?? null;
};
