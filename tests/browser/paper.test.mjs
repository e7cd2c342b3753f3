// What is printed: nothing is cut, nothing is lost, and what belongs together is on one sheet.

import assert from "node:assert/strict";
import { test } from "node:test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { inPage, opened } from "./support/browser.mjs";
import { appraise, evaluations, made, nameOf, project, rubricOf, rubrics, write } from "./support/program.mjs";

const ID = "connecticut_school_social_work";
const form = made("form.html", "form", ID);
const RIVERA = project("examples/evaluations/rivera_final.yaml");

// What is printed, as `{ sheet, text, x, y, width, height }` from the top left of each sheet, in points, in reading order.
async function printed(page) {
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

const plain = (text) => text.normalize("NFKC").replace(/[\s\u00ad\u200b]+/g, "");
const textOf = (items) => plain(items.map((item) => item.text).join(""));

const TOP = 0.65 * 72;
const FOOT = 0.75 * 72;
const SIDE = 0.69 * 72;
const isInMargin = ({ y, height, bottom }) => y > bottom - FOOT || y - height / 2 < TOP;

// Every line stands whole inside the margins; in them stands only what stands on every sheet, and the sheet's number.
function assertInside(items) {
  assert.ok(items.length > 50, `${items.length} pieces of text`);
  const sheets = items.at(-1).sheet;
  for (const item of items) {
    assert.ok(item.x >= SIDE && item.x + item.width <= item.right - SIDE, JSON.stringify(item));
    if (!isInMargin(item) || /^(Page |of |\d|\s)+$/.test(item.text)) continue;
    const alike = items.filter(({ text, y }) => text === item.text && y === item.y);
    assert.equal(new Set(alike.map(({ sheet }) => sheet)).size, sheets, JSON.stringify(item));
  }
}

// The elements that must not be parted do say so, and fit on a sheet of 11 by 8.5 inches less its margins.
const tooTall = (page, selector) => page.evaluate((wanted) => {
  const inches = 96;
  const all = [...document.querySelectorAll(wanted)];
  if (all.length === 0) return ["nothing was looked at"];
  return all.filter((one) => getComputedStyle(one).breakInside !== "avoid" || one.getBoundingClientRect().height > (11 - 0.65 - 0.75) * inches)
    .map((one) => `${one.tagName} ${one.id} ${one.textContent.trim().slice(0, 40)}: ${getComputedStyle(one).breakInside}`);
}, selector);

const PAPER = { viewport: { width: Math.round((8.5 - 1.4) * 96), height: 900 } };

for (const rubric of rubrics) {
  test(`the empty form of ${nameOf(rubric)}: each indicator is on one sheet with its levels and its line for a comment`, () =>
    inPage(made(`${nameOf(rubric)}.html`, "form", rubric), PAPER, async (page) => {
      const statements = await page.$$eval(".indicator legend", (all) => all.map((one) => one.textContent.trim()));
      const levels = await page.$$eval(".indicator", (all) => [...all[0].querySelectorAll(".levels label")].length);
      const folded = await page.$("details.domain > summary");
      await folded.click();
      const items = await printed(page);
      assertInside(items);
      const whole = textOf(items);
      for (const statement of statements) assert.ok(whole.includes(plain(statement)), statement);
      await page.emulateMedia({ media: "print" });
      await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
      assert.deepEqual(await tooTall(page, ".indicator"), []);
      // From the code of an indicator to its comment, all is on one sheet.
      const sheets = [];
      let from = null;
      const codes = new Set(statements.map((statement) => statement.split(/\s/)[0]));
      for (const item of items) {
        if (codes.has(item.text.trim().split(/\s/)[0])) from = item;
        if (item.text.trim() !== "Comment") continue;
        sheets.push([from.text, from.sheet, item.sheet]);
      }
      assert.equal(sheets.length, statements.length);
      assert.ok(levels >= 2);
      assert.deepEqual(sheets.filter(([, begin, end]) => begin !== end), []);
    }));
}

test("the form filled in is printed with all that was written, however long", () => inPage(form, PAPER, async (page) => {
  await opened(page, write("rivera.json", appraise("migrate", RIVERA, "--to", ID, "--format", "json")));
  const long = Array.from({ length: 2500 }, (_, at) => `word${at}`).join(" ");
  await page.fill("#rating-informed_consent textarea", long);
  const written = await page.$$eval("#form textarea", (all) => all.map((one) => one.value).filter(Boolean));
  assert.ok(written.length > 20, `${written.length}`);
  const items = await printed(page);
  assertInside(items);
  const whole = textOf(items.filter((item) => !isInMargin(item)));
  for (const text of written) {
    let end = text.length;
    while (!whole.includes(plain(text.slice(0, end)))) end -= 1;
    assert.equal(text.slice(end), "", `${text.slice(0, 40)}: lost`);
  }
}));

// One on each rubric that has an example, and a draft; the others have the same parts.
const REPORTS = ["rivera_final", "chen_draft", "elm_hill_supports", "lopez_provo", "novak_scored"];
for (const evaluation of evaluations.filter((path) => REPORTS.includes(nameOf(path)))) {
  test(`the report of ${nameOf(evaluation)}: no row is cut`, () =>
    inPage(made(`${nameOf(evaluation)}.html`, "report", evaluation, "--rubric", rubricOf(evaluation)), PAPER, async (page) => {
      const items = await printed(page);
      assertInside(items);
      await page.emulateMedia({ media: "print" });
      assert.deepEqual(await tooTall(page, "tbody tr"), []);
    }));
}
