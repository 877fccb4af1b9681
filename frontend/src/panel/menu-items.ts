/** What the page's menu offers. */
import { mdiCog, mdiHelpCircleOutline } from "@mdi/js";
import type { Look } from "../components/context.js";
import type { MenuItem } from "../components/menu.js";

export const HELP_URL =
  "https://github.com/heatpump-dashboard/heatpump-dashboard";

export const menuItems = ({ text }: Look, admin: boolean): MenuItem[] => [
  ...(admin
    ? [{ key: "settings", label: text("menu.settings"), icon: mdiCog }]
    : []),
  { key: "help", label: text("menu.help"), icon: mdiHelpCircleOutline },
];
