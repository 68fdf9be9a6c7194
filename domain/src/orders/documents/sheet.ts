import { createRequire } from 'node:module';

type Pdf = PDFKit.PDFDocument;
type Element = PDFKit.PDFStructureElement;

const require = createRequire(import.meta.url);
const fonts = {
  regular: require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  strong: require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
} as const;

/** Embedded: letters with accents, Greek and Cyrillic look the same everywhere, and so does the euro sign. */
export const textFont = fonts.regular;

export const colours = { ink: '#16181b', muted: '#5b6067', line: '#d9dbd4', accent: '#ffc72c' } as const;

const MARGIN = 50;
const FOOT_HEIGHT = 64;

export interface TextStyle {
  readonly font?: keyof typeof fonts;
  readonly size?: number;
  readonly colour?: string;
  readonly align?: 'left' | 'right';
}

/** Where something is written. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A pile of pages that is written on from top to bottom. What is written is tagged; what is drawn besides is not read out. */
export interface Sheet {
  readonly left: number;
  readonly width: number;
  /** How far down the page it is written. */
  y: number;
  /** Begins another page unless this much room is left. @returns whether it did */
  room(height: number): boolean;
  heightOf(text: string, width: number, style?: TextStyle): number;
  /** Writes within the element at hand. */
  write(text: string, place: Place, style?: TextStyle): void;
  /** Writes a part of its own: `P`, `H1`. */
  part(tag: string, parent: Element, draw: () => void, scope?: 'Column' | 'Row'): void;
  /** Adds a part that has parts itself: `Table`, `TR`. */
  group(tag: string, parent: Element, fill: (element: Element) => void): void;
  /** Draws what is not read out: lines, repeated heads. */
  ornament(draw: () => void): void;
  rule(y: number): void;
  readonly root: Element;
}

export function createSheet(pdf: Pdf): Sheet {
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const use = ({ font = 'regular', size = 9, colour = colours.ink }: TextStyle) =>
    pdf.font(fonts[font]).fontSize(size).fillColor(colour);
  const sheet: Sheet = {
    left: MARGIN,
    width: pdf.page.width - 2 * MARGIN,
    y: MARGIN,
    root,
    room(height) {
      if (sheet.y + height <= pdf.page.height - FOOT_HEIGHT - MARGIN / 2) return false;
      pdf.addPage();
      sheet.y = MARGIN;
      return true;
    },
    heightOf: (text, width, style = {}) => use(style).heightOfString(text, { width }),
    write(text, { x, y, width }, style = {}) {
      use(style).text(text, x, y, { width, align: style.align ?? 'left' });
    },
    part(tag, parent, draw, scope) {
      // pdfkit knows the scope of a table's head, its types do not
      const options: { lang?: string; scope?: string } = scope === undefined ? {} : { scope };
      parent.add(pdf.struct(tag, options, [draw]));
    },
    group(tag, parent, fill) {
      const element = pdf.struct(tag);
      parent.add(element);
      fill(element);
      element.end();
    },
    ornament(draw) {
      pdf.markContent('Artifact', { type: 'Layout' });
      draw();
      pdf.endMarkedContent();
    },
    rule(y) {
      sheet.ornament(() => {
        pdf
          .moveTo(MARGIN, y)
          .lineTo(MARGIN + sheet.width, y)
          .lineWidth(0.5)
          .strokeColor(colours.line)
          .stroke();
      });
    },
  };
  return sheet;
}

/** Writes the foot of every page, once it is known how many there are. */
export function writeFeet(pdf: Pdf, foot: string, pageOf: (page: number, pages: number) => string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    const width = pdf.page.width - 2 * MARGIN;
    const y = pdf.page.height - FOOT_HEIGHT;
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font(fonts.regular).fontSize(7.5).fillColor(colours.muted);
    pdf.text(foot, MARGIN, y, { width: width - 90 });
    pdf.text(pageOf(page - start + 1, count), MARGIN + width - 90, y, { width: 90, align: 'right' });
    pdf.endMarkedContent();
  }
}
