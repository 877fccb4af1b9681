/** Calls back when one taps elsewhere after a tap on `element`, until the returned function is called. */
export const onTapElsewhere = (
  element: HTMLElement,
  elsewhere: () => void
): (() => void) => {
  const away = (event: Event) => {
    if (event.composedPath().includes(element)) return;
    document.removeEventListener("pointerdown", away);
    elsewhere();
  };
  const tapped = ({ pointerType }: PointerEvent) => {
    if (pointerType === "touch") document.addEventListener("pointerdown", away);
  };
  element.addEventListener("pointerdown", tapped);
  return () => {
    element.removeEventListener("pointerdown", tapped);
    document.removeEventListener("pointerdown", away);
  };
};
