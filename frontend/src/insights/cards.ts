/** The cards of the page in their fixed order; one more insight is one more line. */
import {
  mdiCalendarRange,
  mdiCashMultiple,
  mdiChartLine,
  mdiTune,
  mdiGauge,
  mdiHeatingCoil,
  mdiPump,
  mdiScaleBalance,
  mdiShower,
  mdiSync,
  mdiThermometer,
} from "@mdi/js";
import type { Draw } from "./chart.js";
import { calibrationChart } from "./charts/calibration.js";
import { changeChart } from "./charts/change.js";
import { curveChart, hotWaterChart, houseChart } from "./charts/house.js";
import { copChart, cyclingChart, groundChart } from "./charts/machine.js";
import { heaterChart, moneyChart, yearChart } from "./charts/money.js";
import type { InsightName } from "./names.js";

export const SECTIONS = ["machine", "house", "money", "time"] as const;
export type Section = (typeof SECTIONS)[number];

export interface CardDefinition {
  id: InsightName;
  section: Section;
  icon: string;
  draw: Draw;
  /** What one would change can be tried. */
  slides?: boolean;
  /** It compares methods, not days; what it says is taken over in the settings. */
  methods?: boolean;
  /** It can be asked about a day of one's own. */
  dated?: boolean;
}

export const CARDS: readonly CardDefinition[] = [
  { id: "ground", section: "machine", icon: mdiPump, draw: groundChart },
  { id: "cop", section: "machine", icon: mdiGauge, draw: copChart },
  { id: "cycling", section: "machine", icon: mdiSync, draw: cyclingChart },
  {
    ...{ id: "house", section: "house" },
    ...{ icon: mdiThermometer, draw: houseChart },
  },
  {
    ...{ id: "curve", section: "house", icon: mdiChartLine },
    ...{ draw: curveChart, slides: true },
  },
  { id: "hot_water", section: "house", icon: mdiShower, draw: hotWaterChart },
  { id: "heater", section: "money", icon: mdiHeatingCoil, draw: heaterChart },
  { id: "money", section: "money", icon: mdiCashMultiple, draw: moneyChart },
  {
    ...{ id: "calibration", section: "money", icon: mdiScaleBalance },
    ...{ draw: calibrationChart, methods: true },
  },
  { id: "year", section: "time", icon: mdiCalendarRange, draw: yearChart },
  {
    ...{ id: "change", section: "time", icon: mdiTune },
    ...{ draw: changeChart, dated: true },
  },
];

/** The card of a check, where another has it. */
const CARD_OF: Partial<Record<string, string>> = {
  blocked: "heater",
  brine: "ground",
  flow_guard: "cop",
  plausible: "calibration",
  sensor_pair: "calibration",
  sixty: "hot_water",
  room: "curve",
};

/** Where what a check has found is explained; null = in the charts of Now. */
export const cardOf = (check: string): InsightName | null => {
  const id = CARD_OF[check] ?? check;
  return CARDS.find((card) => card.id === id)?.id ?? null;
};
