/**
 * Loaded with every page of Home Assistant. What is defined before its own root element may land
 * in a registry that it then replaces, so everything waits for that. On the way to the panel its
 * module is fetched while Home Assistant is still busy with itself.
 */
void customElements.whenDefined("home-assistant").then(() => {
  if (location.pathname.startsWith("/heatpump-dashboard")) {
    // Home Assistant asks for it itself, and says it where it does not come.
    import("../panel/panel.js").catch(() => undefined);
  }
  return import("./cards.js");
});
