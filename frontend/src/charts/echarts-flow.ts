/** What the Sankey and the donut need beside the time charts. */
import { PieChart, SankeyChart } from "echarts/charts";
import { use } from "echarts/core";

use([PieChart, SankeyChart]);

// The core is in the other chunk, which holds it only once.
export { init } from "./echarts-line.js";
