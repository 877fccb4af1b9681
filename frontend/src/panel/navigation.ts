/** Keeps what is shown, the address and what is remembered of the user in step. */
import type { Period } from "../data/period.js";
import { loadPreferences, savePreferences } from "../data/preferences.js";
import type { PanelStore } from "../data/store.js";
import { readUrl, writeUrl } from "../data/url-state.js";

export class Navigation {
  private user = "";
  private begun = false;

  constructor(private readonly store: PanelStore) {}

  /** The address says what is shown, else this session knows it, else what was chosen last. */
  begin(user: string): void {
    if (this.begun) return;
    this.begun = true;
    this.user = user;
    window.addEventListener("popstate", this.follow);
    const { pump, period } = readUrl(location.search);
    const last = this.store.isNew ? loadPreferences(user) : null;
    this.store.select(
      pump ?? last?.pump ?? null,
      period ?? last?.range ?? null
    );
    this.write("replaceState");
  }

  end(): void {
    window.removeEventListener("popstate", this.follow);
    this.begun = false;
  }

  choose(pump: string | null, period: Period | null): void {
    this.store.select(pump, period);
    this.write("pushState");
    const { state } = this.store;
    const shown = state.pump?.id ?? null;
    savePreferences(this.user, { pump: shown, range: state.range });
  }

  private readonly follow = (): void => {
    const { pump, period } = readUrl(location.search);
    this.store.select(pump, period);
  };

  /** The pump is in the address once it was chosen; Home Assistant's own state stays. */
  private write(how: "pushState" | "replaceState"): void {
    const { pump, period } = this.store.state;
    const { pathname, search } = location;
    const said = readUrl(search).pump;
    const chosen = how === "pushState" || said !== null;
    const id = chosen ? (pump?.id ?? said) : null;
    const next = writeUrl(search, { pump: id, period });
    if (next !== search) history[how](history.state, "", pathname + next);
  }
}
