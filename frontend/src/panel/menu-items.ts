/** What the page's menu offers. */
import { mdiCog, mdiHelpCircleOutline } from "@mdi/js";
import { DOCUMENTS } from "../ha/documents.js";
import type { Look } from "../components/context.js";
import type { MenuItem } from "../components/menu.js";
import type { PageName } from "../data/page.js";
import { exportItems } from "./page-export.js";

export const HELP_URL = `${DOCUMENTS}README.md`;

export const menuItems = (
  look: Look,
  admin: boolean,
  page: PageName = "now"
): MenuItem[] => {
  const { text } = look;
  return [
    ...(page === "now" ? exportItems(look) : []),
    ...(admin
      ? [{ key: "settings", label: text("menu.settings"), icon: mdiCog }]
      : []),
    { key: "help", label: text("menu.help"), icon: mdiHelpCircleOutline },
  ];
};
