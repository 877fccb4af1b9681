/**
 * Files that are gone while this page runs: the integration was updated, and Home Assistant, which
 * still names the old ones, was not restarted.
 */
const CHANGED = "heatpump-dashboard-replaced";

let replaced = false;

export const isReplaced = (): boolean => replaced;

/** Calls back whenever that changes, until the returned function is called. */
export const onReplaced = (changed: () => void): (() => void) => {
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener(CHANGED, changed);
  };
};

/** Tells everybody who listens. */
export const setReplaced = (value: boolean): void => {
  if (value === replaced) return;
  replaced = value;
  window.dispatchEvent(new Event(CHANGED));
};

/** Browsers name the file that they could not load; others leave only this module to ask for. */
const addressOf = (error: unknown): string =>
  /https?:\/\/\S+/.exec(String(error))?.[0] ?? import.meta.url;

/** A file that is not there, unlike a server that is not. */
const isGone = async (address: string): Promise<boolean> => {
  try {
    const options = { method: "HEAD", cache: "no-store" } as const;
    return (await fetch(address, options)).status === 404;
  } catch {
    return false; // no answer: Home Assistant is away
  }
};

/** A module fetched by `load`; where it is gone, everybody who listens hears of it. */
export const fetched = async <Module>(
  load: () => Promise<Module>
): Promise<Module> => {
  try {
    const module = await load();
    setReplaced(false);
    return module;
  } catch (error) {
    if (await isGone(addressOf(error))) setReplaced(true);
    throw error;
  }
};
