/** What the page's menu saves: its readings, sums and figures as CSV; or prints: all of it. */
import { mdiFileDelimitedOutline, mdiPrinterOutline } from "@mdi/js";
import type { Look } from "../components/context.js";
import type { MenuItem } from "../components/menu.js";
import type { ExportOf } from "../export/export.js";
import { fetched } from "../ha/replaced.js";
import type { Printed } from "../print/print-page.js";

const SAVED = ["readings", "windows", "figures"] as const;

type Saved = (typeof SAVED)[number];

export const exportItems = ({ text }: Pick<Look, "text">): MenuItem[] => [
  { key: "print", icon: mdiPrinterOutline, label: text("menu.print") },
  ...SAVED.map((key) => ({
    key,
    icon: mdiFileDelimitedOutline,
    label: text(`menu.${key}`),
  })),
];

export const isSaved = (key: string): key is Saved =>
  (SAVED as readonly string[]).includes(key);

export const exportPage = async (key: Saved, of: ExportOf): Promise<void> => {
  const save = await fetched(() => import("../export/export.js"));
  const { currency } = of.info.settings;
  if (key === "readings") save.saveReadings(of);
  else if (key === "windows") save.saveWindows(of, currency);
  else save.saveFigures(of, currency);
};

const draw = async (printed: Printed): Promise<void> => {
  try {
    const { print } = await fetched(() => import("../print/print-page.js"));
    await print(printed);
  } catch {
    // Without a page of its own the panel itself is printed.
    document.querySelector("hp-print-page")?.remove();
    window.print();
  }
};

let printing: Promise<void> | undefined;

/** Asked for once more while it is drawn, there is still one page, with all its charts. */
export const printPage = (printed: Printed): Promise<void> =>
  (printing ??= draw(printed).finally(() => {
    printing = undefined;
  }));
