/** Everything for dashboards outside the panel; `cards-loader.ts` fetches it. */
import { define } from "../ha/define.js";
import { cardOf } from "./card.js";
import { CARD_KINDS, cardTag } from "./config.js";
import { announce, DASHBOARD } from "./picker.js";
import { HeatPumpDashboardStrategy } from "./strategy.js";
import { readWords, words } from "./words.js";

// The texts come first: a card that is told nonsense must be able to say so.
void readWords().then(() => {
  for (const kind of CARD_KINDS) define(cardTag(kind))(cardOf(kind));
  define(`ll-strategy-dashboard-${DASHBOARD}`)(HeatPumpDashboardStrategy);
  announce(words.text);
});
