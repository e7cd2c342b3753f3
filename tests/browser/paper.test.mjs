// What is printed: nothing is cut, nothing is lost, and what belongs together is on one sheet.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, opened } from "./support/browser.mjs";
import { assertInside, isInMargin, PAPER, plain, printed, textOf, textOfColumns } from "./support/paper.mjs";
import { appraise, evaluations, made, nameOf, project, rubricOf, rubrics, write } from "./support/program.mjs";

const ID = "connecticut_school_social_work";
const form = made("form.html", "form", ID);
const RIVERA = project("examples/evaluations/rivera_final.yaml");

// The elements that must not be parted do say so, and fit on a sheet of 11 by 8.5 inches less its margins.
const tooTall = (page, selector) => page.evaluate((wanted) => {
  const inches = 96;
  const all = [...document.querySelectorAll(wanted)];
  if (all.length === 0) return ["nothing was looked at"];
  return all.filter((one) => getComputedStyle(one).breakInside !== "avoid" || one.getBoundingClientRect().height > (11 - 0.65 - 0.75) * inches)
    .map((one) => `${one.tagName} ${one.id} ${one.textContent.trim().slice(0, 40)}: ${getComputedStyle(one).breakInside}`);
}, selector);

for (const rubric of rubrics) {
  test(`the empty form of ${nameOf(rubric)}: each indicator is on one sheet with its levels and its line for a comment`, () =>
    inPage(made(`${nameOf(rubric)}.html`, "form", rubric), PAPER, async (page) => {
      const statements = await page.$$eval(".indicator legend", (all) => all.map((one) => one.textContent.trim()));
      // A line of a checklist has its comment in a column.
      const lines = await page.$$eval(".indicator.checks", (all) => all.length);
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
        if (item.text.trim() !== "Comment" || item.x > 200) continue;
        sheets.push([from.text, from.sheet, item.sheet]);
      }
      assert.equal(sheets.length, statements.length - lines);
      assert.ok(levels >= 2);
      assert.deepEqual(sheets.filter(([, begin, end]) => begin !== end), []);
    }));
}

test("the form filled in is printed with all that was written, however long", () => inPage(form, PAPER, async (page) => {
  await opened(page, write("rivera.json", appraise("migrate", RIVERA, "--to", ID, "--format", "json")));
  const long = Array.from({ length: 2500 }, (_, at) => `word${at}`).join(" ");
  await page.fill("#rating-informed_consent textarea", long);
  // What is longer than its field of one line as well.
  await page.fill('[data-key="employee.title"]', "School social worker for the elementary schools and the early childhood center of the town");
  const written = await page.$$eval("#form textarea, #form input:not([type])", (all) => all.map((one) => one.value).filter(Boolean));
  assert.ok(written.length > 60, `${written.length}`);
  const items = await printed(page);
  assertInside(items);
  const inside = items.filter((item) => !isInMargin(item));
  const whole = [textOf(inside), textOfColumns(inside)].join("\n");
  for (const text of written) {
    let end = text.length;
    while (!whole.includes(plain(text.slice(0, end)))) end -= 1;
    assert.equal(text.slice(end), "", `${text.slice(0, 40)}: lost`);
  }
  // No date is printed as the pattern to write it in, neither one that is there nor one that is not.
  assert.ok(whole.includes(plain("August 25, 2025")) && !/mm\/dd/i.test(whole));
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.deepEqual(await tooTall(page, ".indicator .group"), []);
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

// What stands in the margins of each sheet, as one text.
const margins = (items) => {
  const sheets = {};
  for (const item of items.filter(isInMargin)) sheets[item.sheet] = `${sheets[item.sheet] ?? ""} ${item.text}`;
  return Object.values(sheets).map((text) => text.replace(/\s+/g, " "));
};

test("every sheet of a form names the employee and its number, also where the name is still to be written", () => inPage(form, PAPER, async (page) => {
  const empty = margins(await printed(page));
  assert.ok(empty.length > 3, `${empty.length}`);
  empty.forEach((text, at) => assert.match(text, new RegExp(`Employee: _{20,}.*Page ${at + 1} of ${empty.length}`)));
  await page.fill('[data-key="employee.name"]', 'Ann "Bo" \\ }</style>');
  await page.fill('[data-key="employee.id"]', "E-9");
  // Twice: what was said for one printing does not stay.
  await printed(page);
  for (const text of margins(await printed(page))) assert.ok(plain(text).includes(plain('Employee: Ann "Bo" \\ }</style> (E-9)')), text);
  await page.fill('[data-key="employee.name"]', "Cy");
  for (const text of margins(await printed(page))) assert.match(text, /Employee: Cy \(E-9\)/);
}));

test("without the script every sheet names the employee that the form was made for", () =>
  inPage(made("okafor.html", "form", "--evaluation", project("examples/evaluations/okafor_interim.yaml")), { ...PAPER, javaScriptEnabled: false }, async (page) => {
    const name = await page.inputValue('[data-key="employee.name"]');
    for (const text of margins(await printed(page))) assert.ok(text.includes(`Employee: ${name} (`), text);
  }));

for (const [kind, args] of [["report", []], ["goals", []]]) {
  test(`every sheet of ${kind} names the employee and its number`, () => inPage(made(`${kind}.html`, kind, RIVERA, ...args), PAPER, async (page) => {
    const all = margins(await printed(page));
    assert.ok(all.length > 0);
    all.forEach((text, at) => assert.match(text, new RegExp(`Jordan Rivera.*Page ${at + 1} of ${all.length}`)));
  }));
}

const ASKED = {
  id: "asked", version: "1.0.0", title: "Asked",
  domains: [{ id: "a", title: "A", indicators: [{ id: "a1", statement: "One." }] }],
  scoring: {
    inputs: [{ id: "growth", label: "Growth", one_of: ["below_target", "on_target"] }],
    steps: [{ id: "judged", label: "Judgment", entered: true }],
  },
};

for (const javaScriptEnabled of [true, false]) {
  test(`choices and entered ratings print their options as boxes${javaScriptEnabled ? "" : ", without the script too"}`, async () => {
    const rubric = write("asked.yaml", ASKED);
    await inPage(made("asked.html", "form", rubric), { ...PAPER, javaScriptEnabled }, async (page) => {
      const items = await printed(page);
      assertInside(items);
      const whole = textOf(items);
      for (const option of ["below_target", "on_target"]) assert.ok(whole.includes(option), option);
      // The levels stand at the indicator, and once more at the rating that is entered.
      assert.equal(whole.split(plain("Has not met")).length, 3);
      assert.ok(!whole.includes("×"));
      if (!javaScriptEnabled) return;
      await page.selectOption('[data-key="inputs.growth"]', "on_target");
      const chosen = textOf(await printed(page));
      assert.ok(chosen.includes("×on_target") && chosen.includes("below_target"), chosen);
    });
  });
}
