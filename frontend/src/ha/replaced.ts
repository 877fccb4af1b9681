/**
 * Files that are gone while this page runs: the integration was updated, and Home Assistant, which
 * still names the old ones, was not restarted.
 */
const CHANGED = "heatpump-dashboard-replaced";

/** The address of one that is gone. */
let gone: string | null = null;

export const isReplaced = (): boolean => gone !== null;

/** Calls back whenever that changes, until the returned function is called. */
export const onReplaced = (changed: () => void): (() => void) => {
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener(CHANGED, changed);
  };
};

/** Tells everybody who listens that a file is gone, or (null) that it is there again. */
export const setGone = (address: string | null): void => {
  if (address === gone) return;
  gone = address;
  window.dispatchEvent(new Event(CHANGED));
};

/** Browsers name the file that they could not load; others leave only this module to ask for. */
const addressOf = (error: unknown): string =>
  /https?:\/\/\S+/.exec(String(error))?.[0] ?? import.meta.url;

/** What the server says of a file; nothing while Home Assistant is away. */
const statusOf = (address: string): Promise<number | undefined> =>
  fetch(address, { method: "HEAD", cache: "no-store" }).then(
    ({ status }) => status,
    () => undefined
  );

/** Another that came proves nothing: some of an update's files are those of before. */
const askForGone = async (): Promise<void> => {
  if (gone !== null && (await statusOf(gone)) === 200) setGone(null);
};

/** A module fetched by `load`; where it is gone, everybody who listens hears of it. */
export const fetched = async <Module>(
  load: () => Promise<Module>
): Promise<Module> => {
  try {
    const module = await load();
    void askForGone();
    return module;
  } catch (error) {
    const address = addressOf(error);
    if ((await statusOf(address)) === 404) setGone(address);
    throw error;
  }
};
