/** What the time charts need of ECharts; loaded when the first of them comes into view. */
import { LineChart } from "echarts/charts";
import {
  DatasetComponent,
  GridComponent,
  MarkAreaComponent,
  TooltipComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([
  CanvasRenderer,
  DatasetComponent,
  GridComponent,
  LineChart,
  MarkAreaComponent,
  TooltipComponent,
]);

export { init };
