/** What is on the cards; fetched with the first of them that is placed. */
import { define } from "../ha/define.js";
import { HistoryContent } from "./history-content.js";
import { InsightContent } from "./insight-content.js";
import { KpiContent } from "./kpi-content.js";
import { SchematicContent } from "./schematic-content.js";
import { StatusContent } from "./status-content.js";
import { ViewContent } from "./view-content.js";

define("hp-history-content")(HistoryContent);
define("hp-insight-content")(InsightContent);
define("hp-kpi-content")(KpiContent);
define("hp-schematic-content")(SchematicContent);
define("hp-status-content")(StatusContent);
define("hp-view-content")(ViewContent);
