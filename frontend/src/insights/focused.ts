/** What has the focus, in whatever it lies. */
export const focused = (): HTMLElement | null => {
  let found = document.activeElement;
  while (found?.shadowRoot?.activeElement)
    found = found.shadowRoot.activeElement;
  return found instanceof HTMLElement ? found : null;
};
