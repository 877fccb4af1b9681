/** What the page's menu saves: the page as a picture, its tables and figures as CSV. */
import { mdiFileDelimitedOutline, mdiImageOutline } from "@mdi/js";
import { fetched } from "../ha/replaced.js";
import type { Look } from "../components/context.js";
import type { Kpi } from "../components/kpi/figures.js";
import type { MenuItem } from "../components/menu.js";
import type { ViewCard } from "../components/view-card.js";
import type { ExportOf } from "../export/export.js";
import type { Figure, ViewPicture } from "../export/layout.js";

const ICONS = {
  image: mdiImageOutline,
  readings: mdiFileDelimitedOutline,
  windows: mdiFileDelimitedOutline,
  figures: mdiFileDelimitedOutline,
};

type ExportKey = keyof typeof ICONS;

export const exportItems = ({ text }: Pick<Look, "text">): MenuItem[] =>
  Object.entries(ICONS).map(([key, icon]) => ({
    key,
    icon,
    label: text(`menu.${key}`),
  }));

export const isExport = (key: string): key is ExportKey => key in ICONS;

/** The cards' figures; the temperatures, which have none, in one line. */
export const figuresOf = (kpis: readonly Kpi[]): Figure[] =>
  kpis.map(({ name, value, unit, beside = "", context, rows = [] }) => ({
    name,
    value: rows[0]?.value ?? value,
    unit: rows.length ? (rows[0]?.name ?? "") : [beside, unit].join(" ").trim(),
    context: rows.length
      ? rows
          .slice(1)
          .map((row) => `${row.name} ${row.value}`)
          .join(" · ")
      : context.map(({ text }) => text).join(" "),
  }));

/** The pictures of all cards that have one, one after the other: each may have to be drawn. */
const picturesOf = async (
  cards: Iterable<ViewCard>
): Promise<ViewPicture[]> => {
  const pictures: ViewPicture[] = [];
  for (const card of cards) {
    const picture = await card.picture();
    if (picture) pictures.push(picture);
  }
  return pictures;
};

export const exportPage = async (
  key: ExportKey,
  of: ExportOf,
  kpis: readonly Kpi[],
  cards: Iterable<ViewCard>
): Promise<void> => {
  const save = await fetched(() => import("../export/export.js"));
  const { currency } = of.info.settings;
  if (key === "readings") save.saveReadings(of);
  else if (key === "windows") save.saveWindows(of, currency);
  else if (key === "figures") save.saveFigures(of, currency);
  else save.savePageImage(await picturesOf(cards), figuresOf(kpis), of);
};
