// Every page of every rubric and evaluation at hand: usable by everybody, in every window, and on its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { illegible, inPage, sticksOut, violations } from "./support/browser.mjs";
import { evaluations, made, nameOf, project, rubricOf, rubrics } from "./support/program.mjs";

const pages = [];
const add = (name, ...args) => pages.push({ name, path: made(`${name}.html`, ...args) });

for (const rubric of rubrics) {
  add(`form of ${nameOf(rubric)}`, "form", rubric);
  add(`self-evaluation of ${nameOf(rubric)}`, "form", rubric, "--self");
}
for (const evaluation of evaluations) {
  const [name, rubric] = [nameOf(evaluation), rubricOf(evaluation)];
  add(`report of ${name}`, "report", evaluation, "--rubric", rubric);
  add(`goals of ${name}`, "goals", evaluation, "--rubric", rubric);
  add(`form of ${name}`, "form", rubric, "--evaluation", evaluation);
  add(`response to ${name}`, "form", rubric, "--evaluation", evaluation, "--respond");
}
const [rivera, self] = ["rivera_final", "rivera_self"].map((name) => project(`examples/evaluations/${name}.yaml`));
add("form beside a self-evaluation", "form", rubricOf(rivera), "--beside", self);
add("report beside a self-evaluation", "report", rivera, "--beside", self);

test("there is a page for everything", () => {
  assert.ok(rubrics.length >= 5 && evaluations.length >= 7, `${rubrics.length} ${evaluations.length}`);
  assert.equal(pages.length, 2 * rubrics.length + 4 * evaluations.length + 2);
});

for (const { name, path } of pages) {
  test(name, () => inPage(path, {}, async (page) => {
    assert.deepEqual(await violations(page), []);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await violations(page, { runOnly: ["color-contrast"] }), [], "dark");
    await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
    assert.deepEqual(await illegible(page), [], "forced colours");
    await page.emulateMedia({ forcedColors: "none" });
    // A window of 1280 CSS pixels at 200 %, and the narrowest one that must do: 1280 at 400 %.
    for (const [width, height] of [[640, 450], [320, 256]]) {
      await page.setViewportSize({ width, height });
      assert.deepEqual(await sticksOut(page), [], `${width} pixels wide`);
    }
  }));
}
