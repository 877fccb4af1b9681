/** Defines an element unless a second copy of the bundle already has. */
export const define =
  (name: string) =>
  (element: CustomElementConstructor): void => {
    if (!customElements.get(name)) customElements.define(name, element);
  };
