// Texts beside the ratings on the form page: each stands by its part, a required one is asked for, and none is lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, named, opened, saved, violations } from "./support/browser.mjs";
import { made, project } from "./support/program.mjs";

const form = made("narratives.html", "form", project("tests/documents/rubrics/narrated.yaml"));
const key = (name) => `[data-key="narratives.${name}"]`;
const isShown = (page, name) => page.isVisible(key(name));
const todo = (page) => page.locator("#problems li").allTextContents();

// What a final evaluation needs beside the narratives.
async function complete(page) {
  await named(page);
  for (const indicator of await page.locator(".indicator").all()) await indicator.locator('.levels input[value="has_met"]').check();
}

test("a text is written beside its domain, saved by its id and shown again", () => inPage(form, {}, async (page) => {
  assert.ok(await page.locator("#domain-planning").locator(key("commendations.planning")).isVisible());
  await page.fill(key("commendations.planning"), "Every plan was ready\nin August.");
  await page.fill(key("next_steps.groups"), "Lead a circle.");
  await page.fill(key("plan"), "Lead the crisis team.");
  const { path, value } = await saved(page, "narratives.json");
  assert.deepEqual(value.narratives, {
    commendations: { planning: "Every plan was ready\nin August." }, next_steps: { groups: "Lead a circle." }, plan: "Lead the crisis team.",
  });
  await page.fill(key("plan"), "");
  await opened(page, path);
  assert.equal(await page.inputValue(key("plan")), "Lead the crisis team.");
  assert.deepEqual((await saved(page, "narratives-again.json")).value.narratives, value.narratives);
  assert.deepEqual(await violations(page), []);
}));

test("a final evaluation is not saved without a required text, and leads to its place", () => inPage(form, {}, async (page) => {
  await complete(page);
  await page.selectOption('[data-key="status"]', "final");
  await page.click('[data-do="download"]');
  assert.deepEqual(await todo(page), ["Plan for next year is missing"]);
  await page.click("#problems a");
  assert.ok(await page.locator(key("plan")).evaluate((control) => control === document.activeElement));
  await page.keyboard.type("Lead the crisis team.");
  assert.equal((await saved(page, "final.json")).value.status, "final");
}));

test("a text about a part that is not assigned stays in sight until it is moved, and nothing more is asked for", () => inPage(form, {}, async (page) => {
  await complete(page);
  await page.fill(key("commendations.practice"), "Calm circles.");
  await page.locator("summary", { hasText: "What this evaluation covers" }).click();
  await page.click('[data-list="not_assigned"] > button');
  await page.selectOption('[data-list="not_assigned"] select', "practice");
  await page.fill('[data-list="not_assigned"] .row [data-key="value"]', "Done by the counselor.");
  assert.deepEqual([await isShown(page, "commendations.practice"), await isShown(page, "next_steps.groups")], [true, false]);
  const { value } = await saved(page, "not-assigned.json");
  assert.deepEqual(value.narratives, { commendations: { practice: "Calm circles." } });
  assert.ok((await todo(page)).includes("Commendations, Practice: the part is not to be rated; move the text to the summary"));
  await page.fill(key("commendations.practice"), "");
  await saved(page, "moved.json");
  assert.ok(!(await todo(page)).some((item) => item.includes("Commendations")));
}));

test("an evaluation of a part is not asked for a text about the whole", () => inPage(form, {}, async (page) => {
  await complete(page);
  await page.locator("summary", { hasText: "What this evaluation covers" }).click();
  await page.click('[data-list="scope"] > button');
  await page.selectOption('[data-list="scope"] select', "planning");
  assert.equal(await page.locator(`label:has(${key("plan")}) .need`).isVisible(), false);
  await page.selectOption('[data-key="status"]', "final");
  assert.equal((await saved(page, "part.json")).value.status, "final");
}));
