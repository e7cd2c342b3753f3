// A rubric with two scoring policies: the form page of a scope that both are for asks for the inputs of the one for the type.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, opened, saved } from "./support/browser.mjs";
import { made, project } from "./support/program.mjs";

const years = made("years.html", "form", project("tests/documents/rubrics/years.yaml"), "--scope", "planning");

const asked = async (page) => [await page.isVisible('[data-key="inputs.basis"]'), await page.isVisible('[data-key="inputs.survey"]')];

test("the inputs of the policy for the chosen type are shown, and only these are saved", () => inPage(years, {}, async (page) => {
  assert.deepEqual(await asked(page), [false, true]);
  await page.fill('[data-key="inputs.survey"]', "2");
  assert.deepEqual((await saved(page, "formal.json")).value.inputs, { survey: 2 });
  await page.selectOption('[data-key="type"]', "focused");
  assert.deepEqual(await asked(page), [true, false]);
  await page.selectOption('[data-key="inputs.basis"]', "carried");
  const { path, value } = await saved(page, "focused.json");
  assert.deepEqual([value.type, value.inputs], ["focused", { basis: "carried" }]);
  // Back to a formal one, the number that was filled in is still there.
  await page.selectOption('[data-key="type"]', "formal");
  assert.deepEqual((await saved(page, "again.json")).value.inputs, { survey: 2 });
  await opened(page, path);
  assert.deepEqual([await asked(page), (await saved(page, "focused-again.json")).value.inputs], [[true, false], { basis: "carried" }]);
}));
