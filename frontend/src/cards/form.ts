/** The forms by which the cards are edited in Home Assistant. */
import { FIGURES } from "../components/kpi/names.js";
import { RANGES } from "../data/range.js";
import { session } from "../data/session.js";
import type { Info } from "../data/types.js";
import { home } from "../ha/home.js";
import type { Text } from "../i18n/text.js";
import {
  checked,
  COMPARES,
  fieldsOf,
  INSIGHTS,
  PERIODS,
  SHOWS,
  VIEWS_OF_CARDS,
} from "./config.js";
import type { CardConfig, CardKind } from "./config.js";

interface Option {
  value: string;
  label: string;
}

interface Field {
  name: string;
  required?: boolean;
  default?: boolean;
  selector:
    | {
        select: {
          mode: "dropdown" | "list";
          multiple?: boolean;
          options: Option[];
        };
      }
    | { text: object }
    | { boolean: object };
}

export interface Form {
  schema: Field[];
  computeLabel: (field: { name: string }) => string;
  computeHelper: (field: { name: string }) => string | undefined;
  assertConfig: (config: unknown) => void;
}

/** The heat pumps there are; none where nobody answers. */
const pumps = async (): Promise<Option[]> => {
  const known = await home()
    ?.connection.sendMessagePromise({ type: "heatpump_dashboard/info" })
    .catch(() => session.info);
  const { pumps: all } = (known ?? { pumps: [] }) as Info;
  return all.map(({ id, name }) => ({ value: id, label: name }));
};

const labelled = (names: readonly string[], label: (name: string) => string) =>
  names.map((value) => ({ value, label: label(value) }));

const optionsOf = async (
  field: keyof CardConfig,
  text: Text
): Promise<Option[]> => {
  switch (field) {
    case "pump":
      return pumps();
    case "range":
      return labelled(RANGES, (range) => text(`range.${range}.span`));
    case "figures":
      return labelled(FIGURES, (name) => text(`kpi.${name}`));
    case "show":
      return labelled(SHOWS, (name) => text(`cards.history.${name}`));
    case "period":
      return labelled(PERIODS, (name) => text(`history.unit.${name}`));
    case "compare":
      return labelled(COMPARES, (name) => text(`history.compare.${name}`));
    case "insight":
      return labelled(INSIGHTS, (name) =>
        text(
          name === "verdict"
            ? "cards.insight.verdict"
            : `insights.question.${name}`
        )
      );
    default:
      return labelled(VIEWS_OF_CARDS, (view) => viewTitle(view, text));
  }
};

export const viewTitle = (view: string, text: Text): string =>
  text(view === "events" ? "events.title" : `charts.${view}.title`);

const fieldOf = async (name: keyof CardConfig, text: Text): Promise<Field> => {
  if (name === "title") return { name, selector: { text: {} } };
  if (name === "legend") {
    return { name, default: true, selector: { boolean: {} } };
  }
  return {
    name,
    required: name === "view",
    selector: {
      select: {
        mode: name === "figures" ? "list" : "dropdown",
        multiple: name === "figures",
        options: await optionsOf(name, text),
      },
    },
  };
};

/** Of these there is more to say than their name. */
const HELPED = ["pump", "figures", "title"];

export const formOf = async (kind: CardKind, text: Text): Promise<Form> => ({
  schema: await Promise.all(fieldsOf(kind).map((name) => fieldOf(name, text))),
  computeLabel: ({ name }) => text(`cards.form.${name}`),
  computeHelper: ({ name }) =>
    HELPED.includes(name) ? text(`cards.form.${name}_help`) : undefined,
  assertConfig: (config) => {
    checked(kind, config, text);
  },
});
