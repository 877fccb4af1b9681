/** One store, and so one subscription, for all cards of a page that show the same. */
import { createSession, session as panelSession } from "../data/session.js";
import type { Range } from "../data/range.js";
import { PanelStore } from "../data/store.js";
import type { PanelState } from "../data/store.js";
import type { Connection, HomeAssistant } from "../ha/types.js";

/** A card's part in a store. */
export interface StoreMembership {
  readonly state: PanelState;
  retry: () => void;
  /** Gives it back; the last one ends the subscription. */
  release: () => void;
}

interface Shared {
  store: PanelStore;
  users: Set<() => void>;
}

const stores = new WeakMap<Connection, Map<string, Shared>>();

/** What is known stays known between cards and panel; what the panel chose is not theirs. */
const sessionOfCards = () => {
  const { info, snapshots, fahrenheit } = panelSession;
  return { ...createSession(), info, snapshots, fahrenheit };
};

const open = (pump: string | null, range: Range): Shared => {
  const users = new Set<() => void>();
  const store = new PanelStore(() => {
    for (const changed of [...users]) changed();
  }, sessionOfCards());
  store.select(pump, range);
  return { store, users };
};

/** Takes part in the store of a pump (null = the first) and a range until `release`. */
export const joinStore = (
  hass: Pick<HomeAssistant, "connection" | "config">,
  pump: string | null,
  range: Range,
  onChange: () => void
): StoreMembership => {
  const { connection } = hass;
  const ofPage = stores.get(connection) ?? new Map<string, Shared>();
  stores.set(connection, ofPage);
  const key = `${range} ${pump ?? ""}`;
  const shared = ofPage.get(key) ?? open(pump, range);
  const { store, users } = shared;
  const user = () => {
    onChange();
  };
  ofPage.set(key, shared);
  users.add(user);
  store.connect(hass);
  return {
    get state() {
      return store.state;
    },
    retry: () => {
      store.retry();
    },
    release: () => {
      if (!users.delete(user) || users.size) return;
      store.disconnect();
      ofPage.delete(key);
    },
  };
};
