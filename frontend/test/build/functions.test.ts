import { parseSync } from "vite";
import { describe, expect, it } from "vitest";
import { functionsOf } from "../../build/functions.js";

const bodies = (code: string) =>
  functionsOf(parseSync("module.js", code).program).map(
    ({ name, start, end }) => [name, code.slice(start, end)]
  );

describe("the functions of a module of ECharts", () => {
  it("are declared, assigned, methods of classes or properties", () => {
    const code = `
      export function declared(a) { return a; }
      assigned = function () { return 1; };
      var C = (function () {
        C.prototype.method = function () { return this; };
        return C;
      })();
      C.make = function () {};
      var table = { entry: function () { return 2; } };`;
    expect(bodies(code)).toEqual([
      ["declared", "{ return a; }"],
      ["assigned", "{ return 1; }"],
      ["C.method", "{ return this; }"],
      ["make", "{}"],
      ["entry", "{ return 2; }"],
    ]);
  });

  it("come with those within them, in the order of the text", () => {
    const code = "function outer() { function inner() {} }";
    expect(bodies(code)).toEqual([
      ["outer", "{ function inner() {} }"],
      ["inner", "{}"],
    ]);
  });

  it("leave out computed names and functions without a name", () => {
    expect(bodies("a[b] = function () {}; c(function () {});")).toEqual([]);
  });
});
