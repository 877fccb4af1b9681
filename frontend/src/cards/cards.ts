/** Everything for dashboards outside the panel; `cards-loader.ts` fetches it. */
import { define } from "../ha/define.js";
import { HeatPumpKpiCard } from "./kpi-card.js";
import { announce, DASHBOARD } from "./picker.js";
import { HeatPumpSchematicCard } from "./schematic-card.js";
import { HeatPumpStatusCard } from "./status-card.js";
import { HeatPumpDashboardStrategy } from "./strategy.js";
import { HeatPumpViewCard } from "./view-card.js";
import { readWords, words } from "./words.js";

// The texts come first: a card that is told nonsense must be able to say so.
void readWords().then(() => {
  define("heatpump-dashboard-kpi-card")(HeatPumpKpiCard);
  define("heatpump-dashboard-schematic-card")(HeatPumpSchematicCard);
  define("heatpump-dashboard-status-card")(HeatPumpStatusCard);
  define("heatpump-dashboard-view-card")(HeatPumpViewCard);
  define(`ll-strategy-dashboard-${DASHBOARD}`)(HeatPumpDashboardStrategy);
  announce(words.text);
});
