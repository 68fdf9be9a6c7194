import type { DocumentContent, Table } from './document-content.ts';
import { colours, createSheet, type Sheet, textFont, writeFeet } from './sheet.ts';

/**
 * Draws a document as PDF/A-2a: archivable, its text tagged for screen readers, its fonts embedded. The same content is the same bytes.
 * Tables break over pages and repeat their head.
 */
export async function drawDocument(content: DocumentContent): Promise<Buffer> {
  // only who opens documents needs it: it is slow to load
  const { default: PDFDocument } = await import('pdfkit');
  const pdf = new PDFDocument({
    size: content.paper,
    // the layout breaks pages by itself
    margin: 0,
    bufferPages: true,
    subset: 'PDF/A-2a',
    pdfVersion: '1.7',
    tagged: true,
    lang: content.language,
    displayTitle: true,
    font: textFont,
    info: {
      Title: content.title,
      Author: content.seller[0] ?? '',
      CreationDate: content.issuedAt,
      ModDate: content.issuedAt,
    },
  });
  const chunks: Buffer[] = [];
  pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve) => pdf.on('end', resolve));
  const sheet = createSheet(pdf);
  drawHead(sheet, pdf, content);
  drawParties(sheet, content);
  drawTable(sheet, content.items);
  drawSums(sheet, content.sums);
  for (const table of content.tables) {
    sheet.room(70);
    drawText(sheet, 'H2', table.title, { font: 'strong', size: 11 }, 6);
    drawTable(sheet, table);
    sheet.y += 14;
  }
  for (const note of content.notes) drawText(sheet, 'P', note, {}, 3);
  sheet.root.end();
  writeFeet(pdf, content.foot, content.pageOf);
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawHead(sheet: Sheet, pdf: PDFKit.PDFDocument, content: DocumentContent): void {
  const { left, width } = sheet;
  sheet.ornament(() => pdf.rect(0, 0, pdf.page.width, 10).fill(colours.accent));
  const half = width / 2;
  const top = sheet.y;
  drawText(sheet, 'H1', content.title, { font: 'strong', size: 19 }, 10, half + 40);
  for (const { label, value } of content.facts) {
    sheet.part('P', sheet.root, () => {
      sheet.write(label, { x: left, y: sheet.y, width: 100 }, { colour: colours.muted });
      sheet.write(value, { x: left + 100, y: sheet.y, width: half - 60 });
    });
    sheet.y += Math.max(14, sheet.heightOf(value, half - 60) + 3);
  }
  const afterFacts = sheet.y;
  sheet.y = top + 4;
  for (const [index, line] of content.seller.entries()) {
    const style = index === 0 ? ({ font: 'strong', align: 'right' } as const) : ({ align: 'right' } as const);
    sheet.part('P', sheet.root, () =>
      sheet.write(line, { x: left + half + 50, y: sheet.y, width: half - 50 }, style),
    );
    sheet.y += sheet.heightOf(line, half - 50, style) + 2;
  }
  sheet.y = Math.max(afterFacts, sheet.y) + 18;
}

function drawParties(sheet: Sheet, { parties }: DocumentContent): void {
  const width = sheet.width / parties.length - 20;
  const top = sheet.y;
  let bottom = top;
  for (const [index, party] of parties.entries()) {
    const x = sheet.left + index * (width + 20);
    sheet.y = top;
    sheet.part('H2', sheet.root, () =>
      sheet.write(party.title, { x, y: sheet.y, width }, { colour: colours.muted }),
    );
    sheet.y += 14;
    for (const line of party.lines) {
      sheet.part('P', sheet.root, () => sheet.write(line, { x, y: sheet.y, width }));
      sheet.y += sheet.heightOf(line, width) + 2;
    }
    bottom = Math.max(bottom, sheet.y);
  }
  sheet.y = bottom + 24;
}

function drawText(
  sheet: Sheet,
  tag: string,
  text: string,
  style: Parameters<Sheet['write']>[2],
  gap: number,
  width = sheet.width,
): void {
  const height = sheet.heightOf(text, width, style);
  sheet.room(height);
  sheet.part(tag, sheet.root, () => sheet.write(text, { x: sheet.left, y: sheet.y, width }, style));
  sheet.y += height + gap;
}

/** How wide columns are, of one: the first has the words. */
const shares: Readonly<Record<number, readonly number[]>> = {
  2: [0.8, 0.2],
  3: [0.3, 0.45, 0.25],
  5: [0.45, 0.09, 0.17, 0.12, 0.17],
};
const CELL_GAP = 8;
const DETAIL = { size: 7.5, colour: colours.muted } as const;

function drawTable(sheet: Sheet, table: Table): void {
  const { columns } = table;
  const widths = (shares[columns.length] ?? columns.map(() => 1 / columns.length)).map(
    (share) => share * sheet.width,
  );
  const placeOf = (index: number) => ({
    x:
      sheet.left +
      widths.slice(0, index).reduce((sum, width) => sum + width, 0) +
      (index === 0 ? 0 : CELL_GAP),
    width: (widths[index] ?? 0) - (index === 0 ? 0 : CELL_GAP),
  });
  // what follows the first column are sums, but where a second column has words
  const alignOf = (index: number) =>
    index === 0 || (columns.length === 3 && index === 1) ? ('left' as const) : ('right' as const);
  const headStyle = (index: number) => ({ colour: colours.muted, size: 8, align: alignOf(index) });
  const writeHead = (write: (index: number, text: string) => void) => {
    for (const [index, column] of columns.entries()) write(index, column);
    sheet.y += 13;
  };
  const writeHeadCell = (index: number, text: string) =>
    sheet.write(text, { ...placeOf(index), y: sheet.y }, headStyle(index));
  sheet.group('Table', sheet.root, (element) => {
    sheet.room(40);
    sheet.group('TR', element, (row) =>
      writeHead((index, text) => sheet.part('TH', row, () => writeHeadCell(index, text), 'Column')),
    );
    for (const { cells, details } of table.rows) {
      const first = placeOf(0).width;
      const heights = cells.map((text, index) => sheet.heightOf(text, placeOf(index).width));
      const detailHeights = details.map((detail) => sheet.heightOf(detail, first, DETAIL) + 1);
      const below = detailHeights.reduce((sum, height) => sum + height, 0);
      const height = Math.max(...heights, (heights[0] ?? 0) + below);
      if (sheet.room(height + 10)) sheet.ornament(() => writeHead(writeHeadCell));
      sheet.rule(sheet.y);
      sheet.y += 5;
      sheet.group('TR', element, (row) => {
        for (const [index, text] of cells.entries()) {
          sheet.part('TD', row, () => {
            sheet.write(text, { ...placeOf(index), y: sheet.y }, { align: alignOf(index) });
            if (index > 0) return;
            let y = sheet.y + (heights[0] ?? 0) + 1;
            for (const [line, detail] of details.entries()) {
              sheet.write(detail, { ...placeOf(0), y }, DETAIL);
              y += detailHeights[line] ?? 0;
            }
          });
        }
      });
      sheet.y += height + 5;
    }
  });
  sheet.rule(sheet.y);
  sheet.y += 10;
}

function drawSums(sheet: Sheet, sums: DocumentContent['sums']): void {
  const labels = { x: sheet.left + sheet.width * 0.45, width: sheet.width * 0.35 };
  const values = { x: sheet.left + sheet.width * 0.8, width: sheet.width * 0.2 };
  sheet.group('Table', sheet.root, (element) => {
    for (const { label, value, isStrong } of sums) {
      const style = isStrong ? ({ font: 'strong', size: 11 } as const) : {};
      const height = sheet.heightOf(label, labels.width, style);
      sheet.room(height + 8);
      sheet.group('TR', element, (row) => {
        sheet.part('TH', row, () => sheet.write(label, { ...labels, y: sheet.y }, style), 'Row');
        sheet.part('TD', row, () =>
          sheet.write(value, { ...values, y: sheet.y }, { ...style, align: 'right' }),
        );
      });
      sheet.y += height + 6;
    }
  });
  sheet.y += 18;
}
