// What comes out of the printer.

import assert from "node:assert/strict";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

// A window as wide as the text on a sheet.
export const PAPER = { viewport: { width: Math.round((8.5 - 1.4) * 96), height: 900 } };

// What is printed, as `{ sheet, text, x, y, width, height }` from the top left of each sheet, in points, in reading order.
export async function printed(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const items = [];
  for (let sheet = 1; sheet <= document.numPages; sheet += 1) {
    const at = await document.getPage(sheet);
    const [, , right, bottom] = at.view;
    for (const { str: text, transform, width, height } of (await at.getTextContent()).items) {
      if (text.trim()) items.push({ sheet, text, x: transform[4], y: bottom - transform[5], width, height, right, bottom });
    }
  }
  await document.destroy();
  // A page is not drawn in the order in which it is read.
  return items.sort((a, b) => a.sheet - b.sheet || a.y - b.y || a.x - b.x);
}

export const plain = (text) => text.normalize("NFKC").replace(/[\s\u00ad\u200b]+/g, "");
export const textOf = (items) => plain(items.map((item) => item.text).join(""));

// The same for what stands in columns beside each other, each by itself.
export const textOfColumns = (items) => {
  const columns = {};
  for (const item of items) (columns[Math.round(item.x)] ??= []).push(item);
  return Object.values(columns).map(textOf).join("\n");
};

const TOP = 0.65 * 72;
const FOOT = 0.75 * 72;
const SIDE = 0.69 * 72;
export const isInMargin = ({ y, height, bottom }) => y > bottom - FOOT || y - height / 2 < TOP;

// Every line stands whole inside the margins; in them stands only what stands on every sheet, and the sheet's number.
export function assertInside(items) {
  assert.ok(items.length > 50, `${items.length} pieces of text`);
  const sheets = items.at(-1).sheet;
  for (const item of items) {
    assert.ok(item.x >= SIDE && item.x + item.width <= item.right - SIDE, JSON.stringify(item));
    if (!isInMargin(item) || /^(Page |of |\d|\s)+$/.test(item.text)) continue;
    const alike = items.filter(({ text, y }) => text === item.text && y === item.y);
    assert.equal(new Set(alike.map(({ sheet }) => sheet)).size, sheets, JSON.stringify(item));
  }
}
