// A form where no script may run: it is read, filled in and printed, with everything that is filled in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage } from "./support/browser.mjs";
import { PAPER, assertInside, plain, printed, textOf } from "./support/paper.mjs";
import { draftOf, jsonOf, made, project, rubricOf } from "./support/program.mjs";

const WITHOUT = { javaScriptEnabled: false };
const evaluation = (name) => project(`examples/evaluations/${name}.yaml`);
const formWith = (name) => made(`${name}.html`, "form", rubricOf(evaluation(name)), "--evaluation", draftOf(evaluation(name)));

test("without JavaScript the page says what it cannot do, and can be filled in", () => inPage(made("form.html", "form", "connecticut_school_social_work"), { javaScriptEnabled: false }, async (page) => {
  assert.match(await page.textContent("noscript"), /Without JavaScript this form can be filled in and printed, but not saved/);
  assert.equal(await page.isVisible("noscript p"), true);
  assert.equal(await page.isVisible('[data-do="download"]'), false);
  await page.check('#rating-self_growth input[value="has_met"]');
  await page.fill('[data-key="employee.name"]', "Ann Bo");
}));

// What each field holds, in their order.
const fields = (page) => page.$$eval("#form [data-key]:not([data-kind=set]), #form [data-kind=set] input, #form .levels input", (all) => all.map((one) =>
  [one.closest(".row")?.dataset.rating ?? one.closest(".row")?.dataset.called, one.dataset.key, ["radio", "checkbox"].includes(one.type) ? one.checked : one.value]));

for (const name of ["chen_draft", "okafor_interim", "santos_two_evaluators", "novak_scored", "elm_hill_supports"]) {
  test(`${name}: each field holds without the script what it holds with it`, async () => {
    const path = formWith(name);
    const [by, without] = [await inPage(path, {}, fields), await inPage(path, WITHOUT, fields)];
    assert.ok(by.filter(([, , value]) => value !== "" && value !== false).length > 20);
    const differ = by.flatMap((field, at) => (JSON.stringify(field) === JSON.stringify(without[at]) ? [] : [[field, without[at]]]));
    assert.deepEqual(differ, []);
    assert.equal(without.length, by.length);
  });
}

test("what is filled in is printed without the script", () => inPage(formWith("okafor_interim"), { ...WITHOUT, ...PAPER }, async (page) => {
  const items = await printed(page);
  assertInside(items);
  const whole = textOf(items);
  const texts = [];
  const gather = (value, key) => {
    if (typeof value === "object") for (const [inner, item] of Object.entries(value)) gather(item, inner);
    else if (["name", "comment", "note", "statement", "measure", "summary", "title", "issues"].includes(key)) texts.push(value);
  };
  gather(jsonOf(evaluation("okafor_interim")));
  assert.ok(texts.length > 20, `${texts.length}`);
  for (const text of texts) assert.ok(whole.includes(plain(text)), text);
}));
