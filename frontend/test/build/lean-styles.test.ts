import { parseSync } from "vite";
import { expect, it } from "vitest";
import { leanStyles, withLeanStyles } from "../../build/lean-styles.js";

const built = (code: string): string =>
  withLeanStyles(code, parseSync("a.js", code).program);

it("leaves out comments and indentation, and keeps strings as they are", () => {
  const styles = `
    /* Why "this" is so,
       at length. */
    i::after {
      content: "/* not  a comment */";
    }
  `;
  expect(leanStyles(styles)).toBe(
    '\ni::after {\ncontent: "/* not  a comment */";\n}\n'
  );
});

it("touches styles only, whatever is filled into them", () => {
  const words = "const a = html`<p>\n    /* words */ ${b}\n  </p>`;";
  const styles = "const c = css`\n    ${d}\n    p { } /* e */ i { }\n  `;";
  expect(built(words + styles)).toBe(
    `${words}const c = css\`\n\${d}\np { }  i { }\n\`;`
  );
});
