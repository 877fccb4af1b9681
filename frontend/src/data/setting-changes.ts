/** Changes of settings, without which long spans come: they are asked for beside them. */
import type { Connection } from "../ha/types.js";
import { DAY, HOUR } from "../format/milliseconds.js";
import type { HeatPumpEvent, Snapshot } from "./types.js";
import { eventInFahrenheit } from "./units.js";

/** ms; of a longer span only alarms and the auxiliary heater are told. */
const LONGEST = 31 * DAY + HOUR;
/** ms; what was changed meanwhile is asked for after this. */
const AGAIN = 300_000;
/** Of one answer, and answers: the newest. */
const LIMIT = 500;
const MOST_PAGES = 8;

export interface AskedEvents {
  pump: string;
  kinds: readonly string[];
  start_time: string;
  end_time: string;
}

/** Events of any time, the newest first, page after page. */
export const eventsOf = async (
  connection: Connection,
  asked: AskedEvents,
  fahrenheit: boolean
): Promise<HeatPumpEvent[]> => {
  const found: HeatPumpEvent[] = [];
  let before: string | null | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const sent = (await connection.sendMessagePromise({
      ...{ ...asked, type: "heatpump_dashboard/events", limit: LIMIT },
      ...(before && { before }),
    })) as { events: HeatPumpEvent[]; next?: string | null };
    found.push(...sent.events);
    before = sent.next;
    if (!before) break;
  }
  return fahrenheit ? found.map(eventInFahrenheit) : found;
};

const isWithout = ({ start, end }: Snapshot): boolean => end - start > LONGEST;

export class SettingChanges {
  private key = "";
  private asked = -Infinity;
  private found: readonly HeatPumpEvent[] | null = null;

  /** A snapshot with the changes that are known; `key`: of its heat pump and period. */
  with(snapshot: Snapshot, key: string): Snapshot {
    if (key !== this.key) {
      [this.key, this.asked, this.found] = [key, -Infinity, null];
    }
    if (!this.found || !isWithout(snapshot)) return snapshot;
    const { start, end, events } = snapshot;
    const changes = this.found.filter(
      ({ time }) => time >= start && time <= end
    );
    return {
      ...snapshot,
      events: [
        ...events.filter(({ kind }) => kind !== "setting"),
        ...changes,
      ].sort((one, other) => one.time - other.time),
    };
  }

  /** Asks where that is due; whether anything came. */
  async ask(
    connection: Connection,
    snapshot: Snapshot,
    fahrenheit: boolean
  ): Promise<boolean> {
    const { key } = this;
    const now = Date.now();
    if (!isWithout(snapshot) || now - this.asked < AGAIN) return false;
    this.asked = now;
    const { pump, start, end } = snapshot;
    try {
      const found = await eventsOf(
        connection,
        {
          ...{ pump, kinds: ["setting"] },
          start_time: new Date(start).toISOString(),
          end_time: new Date(end).toISOString(),
        },
        fahrenheit
      );
      if (key !== this.key) return false;
      this.found = found;
      return true;
    } catch {
      return false;
    }
  }
}
