import { expect, it } from "vitest";
import { lean } from "../../build/lean-css.js";

it("leaves out of CSS what says nothing, and nothing else", () => {
  const css = `
    /* As large
       as a finger. */
    a > b {
      inset: 0 calc(1px + 2px);
      content: "  two  ";
    }`;
  expect(lean(css)).toBe(
    '\na > b {\ninset: 0 calc(1px + 2px);\ncontent: "  two  ";\n}'
  );
});
