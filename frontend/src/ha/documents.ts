/** Where the documents are read; the manifest names the same repository. */
export const DOCUMENTS =
  "https://github.com/heatpump-dashboard/heatpump-dashboard/blob/main/docs/";
