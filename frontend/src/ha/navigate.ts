/** Goes to another page of Home Assistant without loading it anew. */
export const navigate = (path: string): void => {
  history.pushState(null, "", path);
  window.dispatchEvent(
    new CustomEvent("location-changed", { detail: { replace: false } })
  );
};

export const INTEGRATION_PATH =
  "/config/integrations/integration/heatpump_dashboard";
