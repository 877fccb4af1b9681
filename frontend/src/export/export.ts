/** What can be saved; loaded when the user asks for it. */
import type { ViewTable } from "../charts/types.js";
import type { Look } from "../components/context.js";
import type { Run } from "../data/runs.js";
import type { PumpInfo, Snapshot } from "../data/types.js";
import type { CsvRows } from "./csv.js";
import {
  csvText,
  eventsCsv,
  figuresCsv,
  isoTime,
  readingsCsv,
  viewCsv,
  windowsCsv,
} from "./csv.js";
import { drawLayout, measureWith } from "./image.js";
import type { Heading, ViewPicture } from "./layout.js";
import { viewLayout } from "./layout.js";

export { hoursCsv } from "../history/hours.js";

/** What the files are named and headed by. */
export interface ExportOf {
  snapshot: Snapshot;
  info: PumpInfo;
  look: Look;
}

/** What a file is named by. */
type Named = Pick<ExportOf, "info"> & { snapshot: Pick<Snapshot, "end"> };

/** Spreadsheets take a file for UTF-8 only if it says so. */
const BYTE_ORDER_MARK = "\ufeff";

const save = (content: Blob, name: string): void => {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
};

/** "Thermia Diplomat cop 2026-01-22T1942.csv", of what every system takes in a name. */
export const fileName = (
  { info, snapshot }: Named,
  what: string,
  ending: string
): string => {
  const when = isoTime(snapshot.end).slice(0, 16).replaceAll(":", "");
  const pump = info.name.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  return `${pump} ${what} ${when}.${ending}`;
};

/** Any table; `of` says what the file is named by and how numbers are written. */
export const saveRows = (
  rows: CsvRows,
  of: Named & Pick<ExportOf, "look">,
  what: string
): void => {
  const type = "text/csv;charset=utf-8";
  const decimalComma = of.look.format.number(0.5, 1).includes(",");
  const csv = csvText(rows, decimalComma);
  save(new Blob([BYTE_ORDER_MARK, csv], { type }), fileName(of, what, "csv"));
};

const savePng = (picture: HTMLCanvasElement, of: ExportOf, what: string) => {
  picture.toBlob((blob) => {
    if (blob) save(blob, fileName(of, what, "png"));
  });
};

const headingOf = ({ info, snapshot, look }: ExportOf): Heading => {
  const { text, format } = look;
  const [from, to] = [snapshot.start, snapshot.end].map((ms) =>
    format.dayTime(ms)
  );
  return {
    title: text("panel.title"),
    subtitle: `${info.name} · ${from} – ${to}`,
  };
};

const pensOf = ({ look: { theme } }: ExportOf) => ({
  theme,
  measure: measureWith(theme),
});

export const saveReadings = (of: ExportOf): void => {
  saveRows(readingsCsv(of.snapshot, of.info), of, "readings");
};

export const saveWindows = (of: ExportOf, currency?: string): void => {
  saveRows(windowsCsv(of.snapshot, currency), of, "sums");
};

export const saveFigures = (of: ExportOf, currency?: string): void => {
  saveRows(figuresCsv(of.snapshot, currency), of, "figures");
};

export const saveView = (
  table: ViewTable,
  of: ExportOf,
  what: string
): void => {
  saveRows(viewCsv(table), of, what);
};

export const saveEvents = (runs: readonly Run[], of: ExportOf): void => {
  const { temperature } = of.look.format.units;
  saveRows(eventsCsv(runs, temperature, of.snapshot.totals), of, "events");
};

export const saveViewImage = (
  view: ViewPicture,
  of: ExportOf,
  what: string
): void => {
  const layout = viewLayout(view, headingOf(of), pensOf(of));
  savePng(drawLayout(layout, of.look.theme), of, what);
};
