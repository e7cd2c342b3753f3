// A self-evaluation: the employee rates, in their own words, and decides whether the evaluators see it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, opened, saved } from "./support/browser.mjs";
import { check, made, project, write } from "./support/program.mjs";

const own = made("own.html", "form", "connecticut_school_social_work", "--self");

test("an employee rates without naming an evaluator or a qualification, and shares it", () => inPage(own, {}, async (page) => {
  assert.deepEqual([await page.isVisible("#who"), await page.isVisible(".wants")], [false, false]);
  assert.equal(await page.locator("h2:visible").filter({ hasText: "My summary" }).count(), 1);
  await page.fill('[data-key="employee.name"]', "Ann Bo");
  await page.fill('[data-key="employee.id"]', "E-9");
  await page.fill('[data-key="period.from"]', "2025-08-25");
  await page.fill('[data-key="period.to"]', "2026-06-12");
  await page.check('[data-wants] .levels input[value="has_met"] >> nth=0');
  assert.equal(await page.textContent("[data-wants] .lacking >> nth=0"), "");
  const { value } = await saved(page, "own.json");
  assert.deepEqual([value.type, value.shared, value.evaluators], ["self", undefined, [{ id: "E-9", name: "Ann Bo" }]]);
  await page.check('[data-key="shared"]');
  const shared = await saved(page, "shared.json");
  assert.equal(shared.value.shared, true);
  const found = check(shared.path);
  assert.deepEqual([found.status, found.codes], [0, []], found.printed);
  // Of another kind it is not the employee's to share.
  await page.selectOption('[data-key="type"]', "formal");
  assert.equal((await saved(page, "formal.json")).value.shared, undefined);
}));

test("what a file says of sharing stays until it is changed", () => inPage(own, {}, async (page) => {
  const file = { rubric: { id: "connecticut_school_social_work" }, type: "self", employee: { id: "E-9", name: "Ann Bo" }, evaluators: [{ id: "E-9", name: "Ann Bo" }], period: { from: "2025-08-25", to: "2026-06-12" }, ratings: {} };
  for (const shared of [true, false]) {
    await opened(page, write("said.json", { ...file, shared }));
    assert.equal((await saved(page, "said-out.json")).value.shared, shared);
  }
}));

test("a form for others who evaluate says nothing of sharing", () => inPage(made("other.html", "form", "--evaluation", project("examples/evaluations/chen_draft.yaml")), {}, async (page) => {
  assert.deepEqual([await page.isVisible('[data-key="shared"]'), await page.isVisible("#who")], [false, true]);
}));
