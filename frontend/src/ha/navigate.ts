/** Goes to another page of Home Assistant without loading it anew, or there in place of this one. */
export const navigate = (path: string, replace = false): void => {
  history[replace ? "replaceState" : "pushState"](null, "", path);
  window.dispatchEvent(
    new CustomEvent("location-changed", { detail: { replace } })
  );
};

/** A click that means this window, not another one. */
export const isPlainClick = (event: MouseEvent): boolean => {
  const { button, ctrlKey, metaKey, shiftKey, altKey } = event;
  return !button && !ctrlKey && !metaKey && !shiftKey && !altKey;
};

/** A key with these is the browser's own: Alt and an arrow is its way back. */
export const isForBrowser = ({ ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  ctrlKey || metaKey || altKey;

export const INTEGRATION_PATH =
  "/config/integrations/integration/heatpump_dashboard";
