// Nothing that somebody wrote is lost by what comes after: half-finished values, what other forms set aside, copies of other
// evaluations, identifiers that are corrected, another text of the rubric.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, opened, saved } from "./support/browser.mjs";
import { check, made, write } from "./support/program.mjs";

const RUBRIC = `id: small
version: 1.0.0
title: Small
domains:
  - { id: a, title: A, indicators: [{ id: a1, statement: One. }, { id: a2, statement: Two. }] }
  - { id: b, title: B, indicators: [{ id: b1, statement: Three. }] }
`;
const small = write("small.yaml", RUBRIC);
const form = made("small.html", "form", small);
const ONE = {
  rubric: { id: "small" }, employee: { id: "E-9", name: "Ann Bo" }, evaluators: [{ id: "E-1", name: "Bo" }],
  period: { from: "2025-08-25", to: "2026-06-12" },
};
const TWO = { ...ONE, evaluators: [{ id: "E-1", name: "Bo" }, { id: "E-2", name: "Cy" }] };

const changed = async (page, selector, value) => {
  await page.fill(selector, value);
  await page.locator(selector).blur();
};
const evaluatorId = (number) => `[data-list="evaluators"] .row:nth-child(${number}) [data-key="id"]`;

test("evaluators whose identifiers are corrected keep their own ratings", () => inPage(form, {}, async (page) => {
  await opened(page, write("two.json", { ...TWO, ratings: { a1: { level: "has_met", by: "E-1" }, a2: { level: "has_met", by: "E-2" } } }));
  const raters = async () => {
    const { value } = await saved(page, "raters.json");
    return [value.ratings.a1.by, value.ratings.a2.by];
  };
  // The two were taken for each other.
  await changed(page, evaluatorId(1), "E-2");
  await changed(page, evaluatorId(2), "E-1");
  assert.deepEqual(await raters(), ["E-2", "E-1"]);
  // One is mistyped as the other's, and put right; one is emptied first.
  await changed(page, evaluatorId(1), "E-1");
  await changed(page, evaluatorId(1), "E-3");
  await changed(page, evaluatorId(2), "");
  await changed(page, evaluatorId(2), "E-4");
  assert.deepEqual(await raters(), ["E-3", "E-4"]);
  // Who is chosen anew stays chosen.
  await page.selectOption('#rating-a1 [data-key="by"]', "E-4");
  await changed(page, evaluatorId(2), "E-5");
  assert.deepEqual(await raters(), ["E-5", "E-5"]);
}));

test("a draft with a value that is not finished is saved, opened again and told", () => inPage(form, {}, async (page) => {
  await opened(page, write("one.json", { ...ONE, ratings: {} }));
  await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  await changed(page, '[data-key="contact_hours_before"]', "7,5");
  const { path, value } = await saved(page, "half.json");
  assert.equal(value.contact_hours_before, "7,5");
  assert.match(await page.textContent("#problems"), /“7,5” is not a number such as 7\.5/);
  assert.match(await opened(page, path), /^Opened half\.json\./);
  assert.equal(await page.inputValue('[data-key="contact_hours_before"]'), "7,5");
  await changed(page, '[data-key="contact_hours_before"]', "7.5");
  assert.equal(check(small, (await saved(page, "whole.json")).path).status, 0);
}));

test("what another form set aside stays, and what was set aside beside a rating", () => inPage(made("part.html", "form", small, "--scope", "a"), {}, async (page) => {
  const aside = { b1: { comment: "Of the other form." }, gone: { comment: "Of no indicator." }, a2: { comment: "Before the rating." } };
  const said = await opened(page, write("aside.json", { ...ONE, ratings: { a2: "has_met" }, extra: { form_entries: { ...aside, a1: { comment: "Here." } } } }));
  assert.match(said, /Entries set aside for indicators that are not on this form, or that have a rating: 3\./);
  assert.equal(await page.inputValue('#rating-a1 [data-key="comment"]'), "Here.");
  const out = (await saved(page, "aside-out.json")).value;
  assert.deepEqual(out.extra.form_entries, aside);
  assert.deepEqual(out.ratings, { a1: { comment: "Here." }, a2: "has_met" });
  await page.check('#rating-a1 input[value="has_met"]');
  await page.fill('#rating-a2 [data-key="comment"]', "After it.");
  await page.click('#rating-a2 [data-do="clear"]');
  const { value } = await saved(page, "aside-later.json");
  assert.deepEqual(value.ratings, { a1: { level: "has_met", comment: "Here." }, a2: { comment: "After it." } });
  assert.deepEqual(value.extra.form_entries, aside);
}));

test("copies of several evaluations stay beside each other", () => inPage(form, {}, async (page) => {
  const names = () => page.evaluate(() => Object.values(localStorage).map((copy) => JSON.parse(copy).value.employee?.name ?? "").sort());
  await page.clock.install();
  await page.fill('[data-key="employee.name"]', "Ann");
  await page.check("#keep");
  assert.deepEqual(await names(), ["Ann"]);
  await page.fill('[data-key="employee.name"]', "Anna");
  // Opened in its place before the copy was written anew.
  await opened(page, write("ben.json", { ...ONE, employee: { id: "E-8", name: "Ben" }, ratings: {} }));
  assert.deepEqual(await names(), ["Anna"]);
  await page.fill('#rating-a1 [data-key="comment"]', "Seen.");
  await page.clock.runFor(1000);
  assert.deepEqual(await names(), ["Anna", "Ben"]);
  // A form that is begun anew, with as little known of it, takes the place of none.
  await page.reload();
  assert.equal(await page.locator("#copies .notice").count(), 2);
  await page.check("#keep");
  assert.deepEqual(await names(), ["Anna", "Ben"]);
  await page.fill('[data-key="employee.name"]', "Cy");
  await page.clock.runFor(1000);
  assert.deepEqual(await names(), ["Anna", "Ben", "Cy"]);
  await page.uncheck("#keep");
  assert.deepEqual(await names(), ["Anna", "Ben"]);
  // What is not to be kept is not, when a copy takes its place.
  await page.fill('[data-key="employee.name"]', "Dee");
  await page.click('#copies .notice:has-text("Ben") button:has-text("Open it")');
  assert.deepEqual([await names(), await page.isChecked("#keep")], [["Anna", "Ben"], true]);
}));

test("an evaluation of another text of the rubric is not final before every rating has been looked at", async () => {
  const old = { ...ONE, rubric: { id: "small", version: "1.0.0", fingerprint: `sha256:${"0".repeat(64)}` }, ratings: { a1: "has_met", a2: "has_met", b1: "has_met" } };
  const begun = made("begun.html", "form", small, "--evaluation", write("old.json", old));
  for (const begin of [() => {}, (page) => opened(page, write("old.json", old))]) {
    await inPage(begun, {}, async (page) => {
      await begin(page);
      assert.match(await page.textContent("#other-text"), /another text of the rubric: look at every rating/);
      await page.selectOption('[data-key="status"]', "final");
      await page.click('[data-do="download"]');
      assert.match(await page.textContent("#problems"), /Not saved.*another text of the rubric/);
      await page.click("#other-text button");
      const { path } = await saved(page, "looked-at.json");
      assert.equal(check(small, path).status, 0, check(small, path).printed);
      assert.equal(await page.locator("#other-text").count(), 0);
    });
  }
});

test("a file in which one rating would be lost is refused", () => inPage(form, {}, async (page) => {
  const text = JSON.stringify({ ...ONE, ratings: { a1: { level: "has_not_met", comment: 'a "{" b' } } }).replace('"a1":', '"a1":"has_met","\\u0061\\u0031":');
  assert.match(await opened(page, write("twice.json", text)), /not opened, and nothing here has changed: `a1` stands twice/);
}));

test("a number of many digits in an evaluation that a form is made from stays as it is", async () => {
  const text = JSON.stringify({ ...ONE, ratings: {}, extra: { record: 0 } }).replace('"record":0', '"record":1234567890123456789');
  await inPage(made("digits.html", "form", small, "--evaluation", write("digits.json", text)), {}, async (page) => {
    const { value } = await saved(page, "digits-out.json");
    assert.equal(String(value.extra.record), String(JSON.parse("1234567890123456789")));
    assert.match(await page.evaluate(() => JSON.stringify(readDocument())), /1234567890123456789/);
  });
});

test("the heading says which kind of evaluation it is, and assignments end after they begin", () => inPage(form, {}, async (page) => {
  const assignments = [{ school: "Elm Hill", from: "2026-06-01", to: "2025-09-01" }];
  await opened(page, write("kind.json", { ...ONE, employee: { ...ONE.employee, assignments }, ratings: {} }));
  assert.match(await page.textContent("h1"), /^Evaluation of Ann Bo/);
  await page.selectOption('[data-key="type"]', "interim");
  assert.match(await page.textContent("h1"), /^Interim evaluation of Ann Bo/);
  assert.equal(await page.title(), "Ann Bo: Interim evaluation: Small");
  await saved(page, "kind-out.json");
  assert.match(await page.textContent("#problems"), /Assignment 1 ends before it begins/);
}));

test("a language that is none is no reason to do without the form", () => inPage(made("language.html", "form", write("language.yaml", `${RUBRIC}language: en_US\n`)), {}, async (page) => {
  await opened(page, write("language.json", { ...ONE, ratings: { a1: "has_met" } }));
  assert.equal((await saved(page, "language-out.json")).value.ratings.a1, "has_met");
}));
