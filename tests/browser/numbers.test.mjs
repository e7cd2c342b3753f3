// A form of a rubric with number scales: a number is typed, counted, saved as `check` accepts it, and shown again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, named, opened, saved, violations } from "./support/browser.mjs";
import { check, made, write } from "./support/program.mjs";
import { isUsable } from "./support/usable.mjs";

const rubric = write("numbers.yaml", `
id: numbers
version: 1.0.0
title: Numbers
scales:
  fifteen_points: { from: 0, to: 15, places: 1, meets_at: 9, unit: points, not_rated: [{ id: not_seen, label: Not seen }] }
  visits: { from: 0, to: 40, places: 0 }
domains:
  - id: practice
    title: Practice
    indicators:
      - { id: plans, statement: Writes plans. }
      - { id: portfolio, statement: Keeps a portfolio., scale: fifteen_points }
      - { id: homes, statement: Visits homes., scale: visits }
`);
const form = made("numbers.html", "form", rubric);
const number = (page, id) => page.locator(`#rating-${id} [data-key="level"]`);
const count = (page) => page.textContent('.count[data-domain="practice"]');

isUsable("a form with numbers can be used by everybody", form);

test("a number is counted, saved as it is accepted, and shown again", () => inPage(form, {}, async (page) => {
  await named(page);
  await number(page, "portfolio").fill("12.5");
  await number(page, "homes").fill("7");
  assert.equal(await count(page), "2 of 3 rated");
  const { path, value } = await saved(page, "numbers.json");
  assert.deepEqual(value.ratings, { portfolio: 12.5, homes: 7 });
  const found = check(rubric, path);
  assert.equal(found.status, 0, found.printed);
  await number(page, "portfolio").fill("");
  await opened(page, path);
  assert.deepEqual([await number(page, "portfolio").inputValue(), await number(page, "homes").inputValue()], ["12.5", "7"]);
  assert.equal(await count(page), "2 of 3 rated");
  assert.deepEqual(await violations(page), []);
}));

test("a choice that is no rating takes the place of a number, and a number that of a choice", () => inPage(form, {}, async (page) => {
  await named(page);
  await number(page, "portfolio").fill("12.5");
  await page.locator('#rating-portfolio input[value="not_seen"]').check();
  assert.equal(await number(page, "portfolio").inputValue(), "");
  await number(page, "portfolio").fill("3");
  assert.equal(await page.locator('#rating-portfolio input[value="not_seen"]').isChecked(), false);
  assert.equal(await count(page), "1 of 3 rated");
  await number(page, "portfolio").fill("");
  assert.equal(await count(page), "0 of 3 rated");
}));
