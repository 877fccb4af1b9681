/**
 * Loaded with every page of Home Assistant. What is defined before its own root element may land
 * in a registry that it then replaces, so the cards wait for that.
 */
void customElements
  .whenDefined("home-assistant")
  .then(() => import("./cards.js"));
