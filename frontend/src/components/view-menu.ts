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
export const viewMenu = (
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
