/** Where everything of an exported picture stands. Pure. */
import type { LegendItem, RuntimeRow } from "../charts/types.js";
import type { ChartTheme } from "../theme/tokens.js";

export interface TextMark {
  kind: "text";
  text: string;
  x: number;
  /** Of the base line. */
  y: number;
  size: number;
  weight: 400 | 500;
  color: string;
  align: "left" | "right";
}

export interface SwatchMark {
  kind: "swatch";
  style: LegendItem["style"];
  x: number;
  /** Of the middle. */
  y: number;
  color: string;
}

export interface BoxMark {
  kind: "box";
  x: number;
  y: number;
  width: number;
  height: number;
  color: string;
  border: string;
}

export interface PictureMark {
  kind: "picture";
  picture: HTMLCanvasElement;
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Mark = TextMark | SwatchMark | BoxMark | PictureMark;

export interface Layout {
  width: number;
  height: number;
  marks: Mark[];
}

/** A chart on the screen with what stands around it. */
export interface ViewPicture {
  title: string;
  remark: string;
  legend: readonly LegendItem[];
  rows: readonly RuntimeRow[];
  picture: HTMLCanvasElement;
  /** Px on the screen. */
  width: number;
  height: number;
}

export interface Heading {
  title: string;
  /** Pump and period. */
  subtitle: string;
}

/** Width of a text in px. */
export type Measure = (text: string, size: number, weight: 400 | 500) => number;

const PAD = 16;
const HEAD = 56;
const LINE = 24;

interface Pens {
  theme: ChartTheme;
  measure: Measure;
}

const write = (
  text: string,
  x: number,
  y: number,
  color: string,
  change: Partial<TextMark> = {}
): TextMark => ({
  kind: "text",
  text,
  x,
  y,
  size: 14,
  weight: 400,
  color,
  align: "left",
  ...change,
});

/** Name and value of each shown series, in as many lines as it takes. */
const legendMarks = (
  legend: readonly LegendItem[],
  width: number,
  top: number,
  { theme, measure }: Pens
): { marks: Mark[]; bottom: number } => {
  const marks: Mark[] = [];
  let [x, y] = [PAD, top + LINE / 2];
  const shown = legend.filter(({ hidden }) => !hidden);
  for (const { name, value, color, style } of shown) {
    const long = measure(name, 13, 400);
    const all = 26 + long + (value ? 6 + measure(value, 13, 500) : 0);
    if (x > PAD && x + all > width - PAD) [x, y] = [PAD, y + LINE];
    marks.push({ kind: "swatch", style, color, x, y });
    marks.push(write(name, x + 26, y + 4, theme.text, { size: 13 }));
    if (value) {
      const own = { size: 13, weight: 500 } as const;
      marks.push(write(value, x + 32 + long, y + 4, theme.text, own));
    }
    x += all + 16;
  }
  return { marks, bottom: shown.length ? y + LINE / 2 + 4 : top };
};

const rowMarks = (
  rows: readonly RuntimeRow[],
  width: number,
  top: number,
  theme: ChartTheme
): Mark[] =>
  rows.flatMap(({ name, duration, share, color, style }, i): Mark[] => {
    const y = top + (i + 0.5) * LINE;
    const right = { align: "right" } as const;
    return [
      { kind: "swatch", style, color, x: PAD, y },
      write(name, PAD + 26, y + 5, theme.text),
      write(duration, width - PAD - 64, y + 5, theme.text, right),
      write(share ?? "", width - PAD, y + 5, theme.secondaryText, right),
    ];
  });

/** A card of `width` px: head, legend, chart, table. */
const cardLayout = (view: ViewPicture, width: number, pens: Pens): Layout => {
  const { theme, measure } = pens;
  const head = { size: 16, weight: 500 } as const;
  const beside = PAD + measure(view.title, 16, 500) + 8;
  const { marks, bottom } = legendMarks(view.legend, width, 48, pens);
  const height = Math.round((width / view.width) * view.height);
  const table = view.rows.length ? view.rows.length * LINE + 8 : 0;
  return {
    width,
    height: bottom + height + table + 8,
    marks: [
      write(view.title, PAD, 32, theme.text, head),
      write(view.remark, beside, 32, theme.secondaryText),
      ...marks,
      {
        kind: "picture",
        picture: view.picture,
        x: 0,
        y: bottom,
        width,
        height,
      },
      ...rowMarks(view.rows, width, bottom + height, theme),
    ],
  };
};

const translated = (marks: readonly Mark[], x: number, y: number): Mark[] =>
  marks.map((mark) => ({ ...mark, x: mark.x + x, y: mark.y + y }));

/** Pump and period beside the title, or below it where it is narrow. */
const headMarks = (
  { title, subtitle }: Heading,
  width: number,
  { theme, measure }: Pens
): { marks: Mark[]; bottom: number } => {
  const name = write(title, PAD, 36, theme.text, { size: 20 });
  const long = measure(title, 20, 400) + measure(subtitle, 14, 400);
  const beside = long + 4 * PAD < width;
  const period = beside
    ? write(subtitle, width - PAD, 36, theme.secondaryText, { align: "right" })
    : write(subtitle, PAD, 60, theme.secondaryText);
  return { marks: [name, period], bottom: beside ? HEAD : HEAD + LINE };
};

const box = (
  x: number,
  y: number,
  width: number,
  height: number,
  theme: ChartTheme
): BoxMark => ({
  kind: "box",
  x,
  y,
  width,
  height,
  color: theme.overlay,
  border: theme.divider,
});

/** One chart under the heading. */
export const viewLayout = (
  view: ViewPicture,
  heading: Heading,
  pens: Pens
): Layout => {
  const card = cardLayout(view, view.width, pens);
  const width = card.width + 2 * PAD;
  const head = headMarks(heading, width, pens);
  return {
    width,
    height: head.bottom + card.height + PAD,
    marks: [
      ...head.marks,
      box(PAD, head.bottom, card.width, card.height, pens.theme),
      ...translated(card.marks, PAD, head.bottom),
    ],
  };
};
