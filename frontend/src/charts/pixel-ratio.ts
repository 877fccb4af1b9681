/**
 * Calls back whenever the screen's pixels are of another size, as by the browser's zoom or on another
 * monitor, until the returned function is called.
 */
export const onPixelRatio = (changed: () => void): (() => void) => {
  let query: MediaQueryList | undefined;
  const heard = () => {
    listen();
    changed();
  };
  // A query is true of one ratio only.
  const listen = () => {
    query?.removeEventListener("change", heard);
    query = matchMedia(`(resolution: ${String(devicePixelRatio)}dppx)`);
    query.addEventListener("change", heard);
  };
  listen();
  return () => {
    query?.removeEventListener("change", heard);
  };
};
