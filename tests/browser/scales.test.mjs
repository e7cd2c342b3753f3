// A form of a rubric with two scales: each indicator is rated on its own, saved, understood by the program and shown again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, named, opened, saved, violations } from "./support/browser.mjs";
import { assertInside, isInMargin, PAPER, plain, printed, textOf } from "./support/paper.mjs";
import { appraise, check, made, write } from "./support/program.mjs";
import { isUsable } from "./support/usable.mjs";

const rubric = write("paraprofessional.yaml", `
id: paraprofessional
version: 1.0.0
title: Paraprofessional evaluation
scale:
  levels: [{ id: low, label: Low }, { id: good, label: Good }, { id: high, label: High }]
  meets_at: good
  not_rated: [{ id: na, label: N/A, means: not_applicable }]
scales:
  done:
    levels: [{ id: missing, label: Missing }, { id: there, label: There }]
    meets_at: there
    not_rated: [{ id: na, label: N/A, means: not_applicable }]
comment_required: [missing]
domains:
  - { id: work, title: Work, indicators: [{ id: quality, title: Quality, statement: Works well. }, { id: habits, statement: Is punctual. }] }
  - { id: rules, title: Rules, scale: done, indicators: [{ id: training, statement: Is trained. }, { id: badge, statement: Has a badge. }] }
`);
const form = made("scales.html", "form", rubric);
const level = (page, id, value) => page.locator(`#rating-${id} .levels input[value="${value}"]`);
const chosen = (page) => page.locator(".levels input:checked").evaluateAll((radios) => radios.map((radio) => radio.value));
const count = (page, domain) => page.textContent(`.count[data-domain="${domain}"]`);

isUsable("a form of two scales can be used by everybody", form);

test("ratings on two scales are counted, saved, understood and shown again", () => inPage(form, {}, async (page) => {
  await named(page);
  await level(page, "quality", "high").check();
  await level(page, "habits", "na").check();
  // A key chooses by its place on the indicator's own scale; there is no fourth choice here.
  await level(page, "training", "missing").focus();
  await page.keyboard.press("4");
  assert.deepEqual(await chosen(page), ["high", "na"]);
  await page.keyboard.press("1");
  await level(page, "badge", "there").check();
  assert.deepEqual(await chosen(page), ["high", "na", "missing", "there"]);
  assert.match(await count(page, "work"), /2 of 2/);
  assert.match(await count(page, "rules"), /2 of 2/);
  await page.selectOption('[data-key="status"]', "final");
  await page.click('[data-do="download"]');
  assert.match((await page.locator("#problems li").allTextContents()).join(), /comment/);
  await page.fill('#rating-training [data-key="comment"]', "Not on file.");
  const { path, value } = await saved(page, "scales.json");
  assert.deepEqual(value.ratings, { quality: "high", habits: "na", training: { level: "missing", comment: "Not on file." }, badge: "there" });
  const found = check(rubric, path);
  assert.equal(found.status, 0, found.printed);
  const card = JSON.parse(appraise("score", path, "--rubric", rubric, "--format", "json"));
  assert.deepEqual([card.overall.rated, card.overall.met], [3, 2]);
  await level(page, "badge", "missing").check();
  await opened(page, path);
  assert.deepEqual(await chosen(page), ["high", "na", "missing", "there"]);
  assert.deepEqual(await violations(page), []);
}));

test("a checklist's choices stand beside its statement, and a scale's levels below", () => inPage(form, {}, async (page) => {
  const isBeside = (id) => page.locator(`#rating-${id}`).evaluate((indicator) => {
    const [legend, levels] = ["legend", ".levels"].map((part) => indicator.querySelector(part).getBoundingClientRect());
    return levels.left >= legend.right && levels.top < legend.bottom && legend.top < levels.bottom;
  });
  assert.deepEqual([await isBeside("training"), await isBeside("quality")], [true, false]);
}));

test("a blank form prints the choices of each indicator's scale, those of a checklist at its head", () => inPage(form, PAPER, async (page) => {
  const items = await printed(page);
  assertInside(items);
  const ratings = textOf(items.filter((item) => !isInMargin(item))).split(plain("Ratings"))[1].split(plain("Summary"))[0];
  const times = (label) => ratings.split(plain(label)).length - 1;
  assert.deepEqual(["Low", "Good", "High", "Missing", "There", "N/A"].map(times), [2, 2, 2, 1, 1, 3], ratings);
}));
