/** How things look with the days of the home, whatever the user's zone is. */
import { createFormat } from "../format/format.js";
import type { HomeAssistant } from "../ha/types.js";
import type { Look } from "./context.js";

const withHomeDays = ({ locale, config }: HomeAssistant, look: Look): Look => {
  const zone = { ...locale, time_zone: "server" };
  const { text, format } = look;
  const isFahrenheit = format.units.temperature === "°F";
  return {
    ...look,
    format: createFormat(
      zone,
      config.time_zone,
      isFahrenheit,
      text("language")
    ),
  };
};

export class HomeLook {
  private followed: { from: Look; own: Look } | undefined;

  get own(): Look | undefined {
    return this.followed?.own;
  }

  follow(hass: HomeAssistant, look: Look): void {
    if (this.followed?.from !== look)
      this.followed = { from: look, own: withHomeDays(hass, look) };
  }
}
