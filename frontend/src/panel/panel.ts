/**
 * What Home Assistant loads for the panel: asks for all that its first view needs at once, side by
 * side. It imports nothing itself, or that would come first.
 */
const panel = import("./heatpump-dashboard-panel.js");
// What does not come is asked for again by the chart that wants it.
import("../charts/echarts-line.js").catch(() => undefined);
import("../charts/echarts-flow.js").catch(() => undefined);

// The element is defined when this module is ready, as Home Assistant expects.
const { HeatPumpDashboardPanel } = await panel;
HeatPumpDashboardPanel.address = import.meta.url;
