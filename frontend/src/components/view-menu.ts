/** What can be done with a chart: its menu and its exports. */
import { fetched } from "../ha/replaced.js";
import {
  mdiChartLine,
  mdiFileDelimitedOutline,
  mdiImageOutline,
  mdiTable,
} from "@mdi/js";
import type { ViewResult, ViewTable } from "../charts/types.js";
import type { ExportOf } from "../export/export.js";
import type { ViewPicture } from "../export/layout.js";
import type { Look } from "./context.js";
import type { MenuItem } from "./menu.js";

/** The table is left out where the card has one anyway. */
const viewMenu = (
  { table, rows }: ViewResult,
  asTable: boolean,
  { text }: Pick<Look, "text">
): MenuItem[] => {
  const item = (key: string, icon: string, name = key) => ({
    key,
    icon,
    label: text(`view.menu.${name}`),
  });
  const switched = asTable
    ? item("table", mdiChartLine, "chart")
    : item("table", mdiTable);
  return [
    item("image", mdiImageOutline),
    ...(table ? [item("csv", mdiFileDelimitedOutline)] : []),
    ...(table && !rows ? [switched] : []),
  ];
};

/** The menu of a view, which stays under the hand while a period loads. */
export class ViewMenu {
  private shown: readonly MenuItem[] = [];
  private waiting: string | null = null;

  /** What there is to choose: of a picture, or of the last one where there is none yet. */
  items(
    result: ViewResult | null,
    asTable: boolean,
    look: Look
  ): readonly MenuItem[] {
    if (result) this.shown = viewMenu(result, asTable, look);
    return this.shown;
  }

  choose(key: string): void {
    this.waiting = key;
  }

  /** What was chosen and can be done now that there is a picture, once. */
  chosen(): string | null {
    const key = this.waiting;
    this.waiting = null;
    return key;
  }
}

const exporter = () => fetched(() => import("../export/export.js"));

export const exportImage = async (
  picture: Promise<ViewPicture | null>,
  of: ExportOf,
  name: string
): Promise<void> => {
  const [view, { saveViewImage }] = await Promise.all([picture, exporter()]);
  if (view) saveViewImage(view, of, name);
};

export const exportCsv = async (
  table: ViewTable | undefined,
  of: ExportOf,
  name: string
): Promise<void> => {
  const { saveView } = await exporter();
  if (table) saveView(table, of, name);
};
