/** Where the functions of a module written as ECharts' are: `name`, `Class.method`. */
import type { ESTree } from "vite";

export interface FunctionPlace {
  name: string;
  /** Of its body, with the braces. */
  start: number;
  end: number;
}

type Node = ESTree.Node;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value;

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flatMap((value: unknown) => value)
    .filter(isNode);

/** `f = function`, `x.f = function`, `C.prototype.f = function`. */
const assignedName = (left: Node): string | null => {
  if (left.type === "Identifier") return left.name;
  if (left.type !== "MemberExpression" || left.computed) return null;
  const { object, property } = left;
  if (property.type !== "Identifier") return null;
  const isPrototype =
    object.type === "MemberExpression" &&
    object.object.type === "Identifier" &&
    object.property.type === "Identifier" &&
    object.property.name === "prototype";
  return isPrototype && object.object.type === "Identifier"
    ? `${object.object.name}.${property.name}`
    : property.name;
};

const namedFunction = (node: Node): [string | null, Node | null] => {
  if (node.type === "FunctionDeclaration") {
    return [node.id?.name ?? null, node.body];
  }
  const [name, value] =
    node.type === "AssignmentExpression"
      ? [assignedName(node.left), node.right]
      : node.type === "Property" && node.key.type === "Identifier"
        ? [node.key.name, node.value]
        : [null, null];
  return value?.type === "FunctionExpression"
    ? [name, value.body]
    : [null, null];
};

/** In the order of the text, also functions within functions. */
export const functionsOf = (root: Node): FunctionPlace[] => {
  const places: FunctionPlace[] = [];
  const walk = (node: Node) => {
    const [name, body] = namedFunction(node);
    if (name && body) places.push({ name, start: body.start, end: body.end });
    childrenOf(node).forEach(walk);
  };
  walk(root);
  return places;
};
