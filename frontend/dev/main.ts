/**
 * The panel without Home Assistant: `npm run dev`, then http://127.0.0.1:5179/?dark&case=stale
 * `dark` is the dark theme; `case` one of loading, error, empty, missing, stale, filling, none,
 * several, air, bare (few sensors),
 * busy (hot water, auxiliary heater and an alarm at once), rest (the compressor was off), negative
 * (heat flowed back), rated (no meter), counter (whole kWh), odd (silent alarm, fast clock, a hole); `lang` a language, `clock=12` one of twelve hours. `card=kpi` (schematic, status, view, history)
 * shows a card instead, `section`, `columns`, `rows`, `view`, `show`, `period`, `figures`, `title`, `plain` how. Readings
 * are simulated and arrive every 5 s.
 */
import "../src/cards/contents.js";
import { FIGURES } from "../src/components/kpi/names.js";
import "../src/panel/heatpump-dashboard-panel.js";
import type { Period } from "../src/data/period.js";
import type { Range } from "../src/data/range.js";
import type { Snapshot, Table } from "../src/data/types.js";
import type { Connection, HomeAssistant, Message } from "../src/ha/types.js";
import { FakeCalendar } from "../test/fixtures/calendar.js";
import type { CalendarOptions } from "../test/fixtures/calendar.js";
import { FakeServer, info, pumpInfo } from "../test/fixtures/heat-pump.js";

const query = new URLSearchParams(location.search);
const scene = query.get("case") ?? "";
const language = query.get("lang") ?? "en";
const dark = query.has("dark");
const NOW = Date.now();
const LATE = scene === "stale" ? 4.37 * 3_600_000 : 0;
const server = new FakeServer(NOW + 3_600_000 - LATE, 31);

const pumps = () => {
  if (scene === "none") return { pumps: [] };
  const views = pumpInfo().views;
  const missing = { available: false, reason: "no_power" };
  if (scene === "missing") {
    return info(
      pumpInfo({ views: { ...views, cop: missing, sankey: missing } })
    );
  }
  const { settings, metrics } = pumpInfo();
  if (scene === "air") {
    return info(pumpInfo({ settings: { ...settings, heat_pump_type: "air" } }));
  }
  if (scene === "bare") {
    const { supply_temp, return_temp, compressor } = metrics;
    const few = { supply_temp, return_temp, compressor } as typeof metrics;
    return info(pumpInfo({ metrics: few, entities: {} }));
  }
  if (scene === "odd") {
    const day = 86_400_000;
    const hole: [number, number] = [NOW - 9 * day, NOW - 8.5 * day];
    return info(pumpInfo({ history: { holes: [hole] } }));
  }
  if (scene === "rated" || scene === "counter") {
    const { power, ...others } = metrics;
    const energy = { unit: "kWh", series: "energy" };
    return info(
      pumpInfo({
        metrics:
          scene === "rated" ? others : { ...others, energy: power && energy },
        settings: {
          ...settings,
          ...(scene === "rated" ? { compressor_power: 2.8 } : { count_kwh: 1 }),
        },
      } as Parameters<typeof pumpInfo>[0])
    );
  }
  const other = pumpInfo({ id: "pump-2", name: "IVT Greenline" });
  return scene === "several" ? info(pumpInfo(), other) : info();
};

const since = ({ time, ...columns }: Table, from: number): Table => {
  const first = time.findIndex((each) => each >= from);
  const known = Object.entries(columns).filter(([, list]) =>
    Array.isArray(list)
  );
  return {
    time: time.slice(first),
    ...Object.fromEntries(
      known.map(([name, list]) => [name, list.slice(first)])
    ),
  };
};

/** A period in which the compressor rested, or ran while heat flowed back. */
const atRest = (snapshot: Snapshot, rested: boolean): Snapshot => {
  const { readings, ledger, totals, status } = snapshot;
  const none = (list: (number | null)[] | undefined) =>
    list?.map(() => 0) ?? [];
  const seconds = totals.covered_s;
  return {
    ...snapshot,
    readings: rested
      ? { ...readings, compressor: none(readings.compressor) }
      : readings,
    ledger: Object.assign({}, ledger, {
      compressor_heat_kwh: none(ledger.compressor_heat_kwh),
      running_known_s: rested
        ? none(ledger.running_known_s)
        : (ledger.running_known_s ?? []),
      heat_kwh: none(ledger.heat_kwh),
    }),
    totals: {
      ...totals,
      ...(rested && {
        compressor_s: 0,
        heating_s: 0,
        hot_water_s: 0,
        starts: 0,
        compressor_electricity_kwh: 0,
        auxiliary_kwh: 0,
        electricity_kwh: 0.8,
        standby_kwh: 0.8,
        idle_s: seconds,
      }),
      heat_kwh: rested ? 0 : -3.4,
      heat_hot_water_kwh: 0,
      compressor_heat_kwh: rested ? 0 : -3.4,
      cop_compressor: null,
      cop_system: null,
      cop_uncertainty: null,
    },
    status: rested
      ? {
          ...status,
          mode: "idle",
          cop: null,
          metrics: { ...status.metrics, compressor: 0 },
        }
      : { ...status, cop: null },
  };
};

const shape = (snapshot: Snapshot): Snapshot => {
  const { status, totals } = snapshot;
  if (scene === "filling") {
    const from = Date.now() - 11.4 * 86_400_000;
    const { step } = snapshot.ledger;
    return {
      ...snapshot,
      readings: since(snapshot.readings, from),
      ledger: Object.assign(since(snapshot.ledger, from), { step }),
      events: snapshot.events.filter(({ time }) => time >= from),
      status: { ...status, history: { from, complete: false } },
    };
  }
  if (scene === "busy") {
    const busy = {
      compressor: 1,
      brine_pump: 1,
      hot_water_valve: 1,
      circulation_pump: 0,
      auxiliary_percent: 33,
    };
    return {
      ...snapshot,
      status: {
        ...status,
        mode: "hot_water",
        metrics: { ...status.metrics, ...busy },
        alarm: { active: true, code: 20, text: "Low pressure switch" },
        since: { ...status.since, alarm: Date.now() - 3_600_000 },
      },
    };
  }
  if (scene === "odd") {
    const alarm = { active: null, code: null, text: null };
    return {
      ...snapshot,
      totals: { ...totals, dropped: 12 },
      status: { ...status, alarm, clock_ahead_s: 1260 },
    };
  }
  if (scene === "rest" || scene === "negative") {
    return atRest(snapshot, scene === "rest");
  }
  if (scene === "rated" || scene === "counter") {
    const { power, ...rest } = snapshot.readings;
    const { power: watts, ...metrics } = status.metrics;
    if (!power || watts == null) return snapshot;
    const electricity = scene === "rated" ? "configured" : "meter";
    const basis = { ...totals.basis, electricity } as typeof totals.basis;
    return {
      ...snapshot,
      readings: rest,
      status: { ...status, metrics },
      totals: { ...totals, ...(basis && { basis }), standby_kwh: null },
    };
  }
  if (scene !== "empty") return snapshot;
  return {
    ...snapshot,
    readings: { time: [] },
    ledger: Object.assign<Table, { step: number }>(
      { time: [] },
      { step: snapshot.ledger.step }
    ),
    totals: { ...totals, covered_s: 0, cop_compressor: null, heat_kwh: null },
    status: { ...status, time: NOW - 3 * 86_400_000 },
  };
};

const periodOf = ({
  range,
  start_time: start,
  end_time: end,
}: Record<string, unknown>): Period =>
  typeof start === "string" && typeof end === "string"
    ? { start: Date.parse(start), end: Date.parse(end) }
    : (range as Range);

const DAY = 86_400_000;
const YEARS: Record<string, Partial<CalendarOptions>> = {
  young: { first: Math.floor(NOW / DAY - 20) * DAY },
  unread: { unreadBefore: Math.floor(NOW / DAY - 130) * DAY },
  "no-price": { price: null },
};
/** `years` of the page History: young, unread, no-price, or 33 months of a house. */
const calendar = new FakeCalendar({
  now: NOW,
  first: Date.UTC(2024, 2, 1),
  gaps: [12, 13, 14].map((day) => Date.UTC(2025, 7, day)),
  price: 1.55,
  changed: { from: Date.UTC(2025, 6, 1), by: -0.04 },
  odd: {
    [Date.UTC(2026, 1, 16)]: 94,
    [Date.UTC(2026, 0, 7)]: 38,
    [Date.UTC(2025, 11, 24)]: -9,
    [Date.UTC(2025, 11, 25)]: -11,
    [Date.UTC(2025, 11, 26)]: -8,
  },
  ...YEARS[query.get("years") ?? ""],
});

const alarms = [
  {
    ...{ time: Date.UTC(2026, 1, 16, 3), kind: "alarm", value: 4 },
    ...{ change: "raised", text: "High pressure switch" },
  },
];

/** Rows of days, which only long spans have; of anything shorter there are readings. */
const inDays = (period: Period): Snapshot | null => {
  if (typeof period === "string") return null;
  const { start, end } = period;
  if (end - start < 93 * DAY) return null;
  const snapshot = server.snapshot("1h", NOW);
  const readings = calendar.temperatures(start, end);
  return { ...snapshot, range: null, start, end, step: 86_400, readings };
};

const answer = (message: Message): unknown => {
  if (message.type === "heatpump_dashboard/events")
    return { events: alarms, more: false };
  if (message.type !== "heatpump_dashboard/calendar") return pumps();
  const {
    unit,
    start_time: start,
    end_time: end,
  } = message as unknown as {
    unit: "day";
    start_time: string;
    end_time: string;
  };
  return { rows: calendar.rows(unit, Date.parse(start), Date.parse(end)) };
};

const connection: Connection = {
  connected: true,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  sendMessagePromise: (message) =>
    scene === "loading-info"
      ? new Promise(() => 0)
      : Promise.resolve(answer(message)),
  subscribeMessage: (callback, message) => {
    if (scene === "loading") return new Promise(() => 0);
    if (scene === "error") {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as Home Assistant does
      return Promise.reject({ code: "timeout", message: "No answer" });
    }
    const period = periodOf(message);
    const days = inDays(period);
    if (days) {
      callback(days);
      return Promise.resolve(() => undefined);
    }
    let shown = Date.now() - LATE;
    callback(shape(server.snapshot(period, shown)));
    const timer = setInterval(() => {
      const now = Date.now();
      if (LATE || scene) return;
      callback(server.update(period, shown, now));
      shown = now;
    }, 5_000);
    return Promise.resolve(() => {
      clearInterval(timer);
      return undefined;
    });
  },
};

const hass: HomeAssistant = {
  connection,
  language,
  locale: {
    language,
    number_format: "language",
    time_format: query.get("clock") ?? "24",
    date_format: "DMY",
    time_zone: "local",
  },
  config: {
    time_zone: "Europe/Stockholm",
    unit_system: { temperature: query.has("fahrenheit") ? "°F" : "°C" },
  },
  themes: { darkMode: dark },
  user: { id: "user-1", is_admin: true },
};

/** Themes that people have: translucent cards, without modes; colours of any syntax. */
const THEMES: Record<string, Record<string, string>> = {
  glass: {
    "primary-background-color": "#1b2838",
    "card-background-color": "rgba(255, 255, 255, 0.08)",
    "app-header-background-color": "rgba(0, 0, 0, 0.3)",
    "primary-text-color": "#f0f4f8",
    "secondary-text-color": "#b8c4d0",
    "divider-color": "rgba(255, 255, 255, 0.15)",
  },
  oklch: {
    "primary-background-color": "oklch(97% 0.01 250)",
    "card-background-color": "oklch(100% 0 0 / 70%)",
    "primary-color": "oklch(55% 0.2 300)",
    "primary-text-color": "oklch(25% 0.03 260)",
    "state-climate-heat-color": "oklch(70% 0.2 40)",
  },
};
for (const [name, value] of Object.entries(
  THEMES[query.get("theme") ?? ""] ?? {}
)) {
  document.documentElement.style.setProperty(`--${name}`, value);
}
document.documentElement.dir = query.get("dir") ?? "";
document.documentElement.classList.toggle("dark", dark);
/** A card as large as Home Assistant's sections make it: columns of twelve, rows of 56 px. */
const cardOfSize = (kind: string): HTMLElement => {
  const number = (name: string, otherwise: number) =>
    Number(query.get(name) ?? otherwise);
  const [section, columns, rows] = [
    number("section", 374),
    number("columns", 12),
    number("rows", 0),
  ];
  const content = document.createElement(`hp-${kind}-content`);
  const config = {
    range: query.get("range") ?? "24h",
    view: query.get("view") ?? "temperature",
    show: query.get("show") ?? "bars",
    period: query.get("period") ?? "heating_year",
    figures: query.get("figures")?.split(",") ?? FIGURES,
    ...(query.has("title") && { title: query.get("title") }),
    legend: !query.has("plain"),
  };
  Object.assign(content, { config, hass });
  const place = document.createElement("div");
  const width = ((section - 11 * 8) / 12) * columns + 8 * (columns - 1);
  place.style.cssText = `width:${width}px;margin:8px;${rows ? `height:${64 * rows - 8}px` : ""}`;
  place.append(content);
  return place;
};

const card = query.get("card");
if (card) {
  document.body.append(cardOfSize(card));
} else {
  const panel = document.createElement("heatpump-dashboard-panel");
  panel.hass = hass;
  document.body.append(panel);
}
