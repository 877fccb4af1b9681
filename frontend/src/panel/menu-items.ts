/** What the page's menu offers. */
import { mdiCog, mdiHelpCircleOutline } from "@mdi/js";
import { DOCUMENTS } from "../ha/documents.js";
import type { Look } from "../components/context.js";
import type { MenuItem } from "../components/menu.js";
import { exportItems } from "./page-export.js";

export const HELP_URL = `${DOCUMENTS}README.md`;

export const menuItems = (look: Look, admin: boolean): MenuItem[] => {
  const { text } = look;
  return [
    ...exportItems(look),
    ...(admin
      ? [{ key: "settings", label: text("menu.settings"), icon: mdiCog }]
      : []),
    { key: "help", label: text("menu.help"), icon: mdiHelpCircleOutline },
  ];
};
