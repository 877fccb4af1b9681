/** Keeps what is shown, the address and what is remembered of the user in step. */
import { readPath, writePath } from "../data/page.js";
import type { Place } from "../data/page.js";
import type { Period } from "../data/period.js";
import { loadPreferences, savePreferences } from "../data/preferences.js";
import type { PanelStore } from "../data/store.js";
import { readUrl, writeUrl } from "../data/url-state.js";
import { navigate } from "../ha/navigate.js";

/** What Home Assistant says when it goes to another address without loading it. */
const MOVED = ["popstate", "location-changed"] as const;

export class Navigation {
  place: Place = { page: "now", parts: [] };
  private user = "";
  private begun = false;

  constructor(
    private readonly store: PanelStore,
    private readonly onMove: () => void = () => undefined
  ) {}

  /** The address says what is shown, else this session knows it, else what was chosen last. */
  begin(user: string): void {
    if (this.begun) return;
    this.begun = true;
    this.user = user;
    for (const type of MOVED) window.addEventListener(type, this.follow);
    this.place = readPath(location.pathname) ?? this.place;
    const { pump, period } = readUrl(location.search);
    const last = this.store.isNew ? loadPreferences(user) : null;
    this.store.select(
      pump ?? last?.pump ?? null,
      period ?? last?.range ?? null
    );
    this.write("replaceState");
  }

  end(): void {
    for (const type of MOVED) window.removeEventListener(type, this.follow);
    this.begun = false;
  }

  choose(pump: string | null, period: Period | null): void {
    this.store.select(pump, period);
    this.write("pushState");
    const { state } = this.store;
    const shown = state.pump?.id ?? null;
    savePreferences(this.user, { pump: shown, range: state.range });
  }

  /** To a place in the panel, of the heat pump that is shown. */
  go(place: Place, period: Period | null = null): void {
    navigate(this.address(place, period));
  }

  /** Where a place is; Now is as it was left, or of `period`. */
  address(place: Place, period: Period | null = null): string {
    const { pump, period: shown } = this.store.state;
    const now = place.page === "now" ? (period ?? shown) : null;
    const query = { pump: pump?.id ?? null, period: now };
    return writePath(place) + writeUrl("", query);
  }

  private readonly follow = (): void => {
    const place = readPath(location.pathname);
    // On the way to another page of Home Assistant.
    if (!place) return;
    this.place = place;
    const { pump, period } = readUrl(location.search);
    this.store.select(pump, period);
    this.onMove();
  };

  /** The pump is in the address once it was chosen; Home Assistant's own state stays. */
  private write(how: "pushState" | "replaceState"): void {
    const { pump, period } = this.store.state;
    const { pathname, search } = location;
    const said = readUrl(search).pump;
    const chosen = how === "pushState" || said !== null;
    const id = chosen ? (pump?.id ?? said) : null;
    const isNow = this.place.page === "now";
    const next = writeUrl(search, { pump: id, period: isNow ? period : null });
    if (next !== search) history[how](history.state, "", pathname + next);
  }
}
