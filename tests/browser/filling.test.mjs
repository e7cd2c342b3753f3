// The form of the Connecticut rubric, filled in as a supervisor would: by keyboard alone, from the blank page to the report.

import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmed, inPage, saved, violations } from "./support/browser.mjs";
import { appraise, check, made, nameOf, project, rubrics } from "./support/program.mjs";

const form = made("form.html", "form", rubrics.find((path) => nameOf(path) === "connecticut_school_social_work"));

// What is focused, for messages.
const focused = (page) => page.evaluate(() => document.activeElement.outerHTML.slice(0, 120));

async function tabTo(page, selector, key = "Tab") {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`60 times ${key} did not lead to ${selector}, but to ${await focused(page)}`);
}

async function typeInto(page, selector, text) {
  await tabTo(page, selector);
  await page.keyboard.type(text);
}

const ratingOf = (page) => page.evaluate(() => document.activeElement.closest(".indicator")?.dataset.rating);

async function fillAbout(page, status) {
  await typeInto(page, '[data-key="period.from"]', "08252025");
  await typeInto(page, '[data-key="period.to"]', "06122026");
  await typeInto(page, '[data-key="status"]', status);
  await typeInto(page, '[data-key="employee.name"]', "Jordan Rivera");
  await typeInto(page, '[data-key="employee.id"]', "E-1042");
  await typeInto(page, '[data-list="evaluators"] [data-key="name"]', "Priya Shah");
  await typeInto(page, '[data-list="evaluators"] [data-key="id"]', "E-0007");
  await tabTo(page, '[data-list="evaluators"] [data-key="qualifications"] input');
  await page.keyboard.press("Space");
}

// What the process of the rubric wants to have happened before a final evaluation.
async function recordEvents(page) {
  for (const [at, [date, event]] of [["2026-05-04", "conferred"], ["2026-05-11", "delivered"], ["2026-05-13", "acknowledged"]].entries()) {
    await page.click('[data-list="record"] > [data-do="add"]');
    const row = `[data-list="record"] > .rows > .row:nth-child(${at + 1})`;
    await page.fill(`${row} [data-key="date"]`, date);
    await page.selectOption(`${row} [data-key="event"]`, event);
  }
}

const commentAt = (at) => (at === 4 ? "Seen in 4 “cases” & more." : `Seen ${at}.`);

// Each level in turn; the first, which takes longest as it wants a comment and evidence, three times.
const choiceAt = (at) => (at > 8 && at % 4 === 0 ? 1 : at % 4);

const LEVELS = ["has_not_met", "has_met", "exceeds_expectations", "no_opportunity_to_practice"];

test("all 67 by keyboard alone, saved, checked and reported", () => inPage(form, {}, async (page) => {
  await fillAbout(page, "Final");
  await tabTo(page, ".levels input");
  const given = {};
  for (let at = 0; at < 67; at += 1) {
    const id = await ratingOf(page);
    assert.ok(id && !(id in given), `${at}: ${id} on ${await focused(page)}`);
    const choice = choiceAt(at);
    given[id] = LEVELS[choice];
    // Digits, arrows and the space bar all choose.
    if (choice === 2) {
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
    } else if (at === 4) {
      await page.keyboard.press("Space");
    } else {
      await page.keyboard.press(String(choice + 1));
    }
    if (choice === 0 || choice === 3) {
      await typeInto(page, `[data-rating="${id}"] [data-key="comment"]`, commentAt(at));
    }
    if (choice === 0) {
      await tabTo(page, `[data-rating="${id}"] [data-do="add"]`);
      await page.keyboard.press("Enter");
      await page.keyboard.type("03122026");
      await typeInto(page, `[data-rating="${id}"] [data-list="evidence"] [data-key="note"]`, "Log of contacts.");
      await tabTo(page, `[data-rating="${id}"] .levels input`, "Shift+Tab");
    } else if (choice === 3) {
      await tabTo(page, `[data-rating="${id}"] .levels input`, "Shift+Tab");
    }
    // Enter leads to the next; so does the button, so does Tab.
    assert.equal(await page.textContent("#progress"), at === 66 ? "All 67 rated" : `${at + 1} of 67 rated`);
    await page.keyboard.press("Enter");
  }
  // After the last one Enter leads on to what follows the ratings.
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), "summary");
  await recordEvents(page);
  assert.deepEqual(await violations(page), [], "filled in");
  const file = await saved(page, "keyboard.json", () => page.keyboard.press("Control+s"));
  assert.equal(file.called, "jordan_rivera-E-1042-formal-2025-08-25_2026-06-12-final.json");
  assert.match(await page.textContent("#saving"), /was asked to save jordan_rivera.*Is the file in your downloads\?/);
  assert.equal(file.value.status, "final");
  assert.deepEqual(file.value.period, { from: "2025-08-25", to: "2026-06-12" });
  const levels = Object.fromEntries(Object.entries(file.value.ratings).map(([id, rating]) => [id, rating.level ?? rating]));
  assert.deepEqual(levels, given);
  assert.deepEqual(file.value.ratings[Object.keys(given)[4]], {
    level: "has_not_met", comment: commentAt(4), evidence: [{ date: "2026-03-12", note: "Log of contacts." }],
  });
  const found = check(file.path);
  assert.deepEqual([found.status, found.codes], [0, []], found.printed);
  assert.match(found.printed, /67 of 67 indicators/);
  const report = appraise("report", file.path, "--format", "html");
  assert.match(report, /Jordan Rivera/);
  const comments = Object.values(file.value.ratings).flatMap((rating) => rating.comment ?? []);
  assert.equal(comments.length, 19);
  for (const comment of comments) assert.ok(report.includes(comment.replace("&", "&amp;")), comment);
}));

test("what a comment is asked for at is asked for at once, and a final one without it is refused", () => inPage(form, {}, async (page) => {
  await fillAbout(page, "Final");
  const [first, second] = await page.$$eval(".indicator", (all) => all.slice(0, 2).map((one) => one.dataset.rating));
  const asked = (id) => page.textContent(`#rating-${id} .comment .name`);
  for (const [at, level] of LEVELS.entries()) {
    await page.focus(`#rating-${first} input[value="${level}"]`);
    await page.keyboard.press(String(at + 1));
    const isDue = ["has_not_met", "no_opportunity_to_practice"].includes(level);
    assert.equal(/asked for at/.test(await asked(first)), isDue, level);
  }
  await page.$$eval('.indicator input[value="has_met"]', (all) => { for (const one of all.slice(1)) one.click(); });
  await page.keyboard.press("Control+s");
  assert.match(await page.textContent("#problems"), /Not saved: a final evaluation is complete/);
  assert.equal(await page.locator("#problems li").count(), 1);
  assert.deepEqual(await violations(page), [], "with problems");
  // The problem leads to where it is mended.
  await page.click("#problems li a");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), "comment");
  assert.equal(await ratingOf(page), first);
  await page.keyboard.type("Not on this year’s caseload.");
  assert.equal(await asked(first), "Comment");
  await recordEvents(page);
  const file = await saved(page, "mended.json");
  assert.deepEqual(check(file.path).codes, []);
  assert.equal(await page.isHidden("#problems"), true);
  assert.equal(file.value.ratings[second], "has_met");
}));

test("saving keeps one’s place, says that all is saved until something changes, and what is to do", () => inPage(form, {}, async (page) => {
  // What is written in, and where in the window that stands.
  const place = () => page.evaluate(() => [Math.round(document.activeElement.getBoundingClientRect().top), document.activeElement.closest(".indicator")?.dataset.rating]);
  const bar = () => page.textContent("#progress");
  await page.focus("#rating-self_growth input");
  await page.keyboard.press("2");
  await typeInto(page, '#rating-self_growth [data-key="comment"]', "Half a ");
  const before = await place();
  assert.equal(before[1], "self_growth");
  assert.ok(await page.evaluate(() => scrollY) > 500);
  await saved(page, "half.json", () => page.keyboard.press("Control+s"));
  assert.deepEqual(await place(), before);
  assert.equal(await bar(), "1 of 67 rated");
  assert.match(await page.textContent("#saving"), /^The browser was asked to save evaluation-formal-draft\.json\. Is the file in your downloads\?/);
  assert.deepEqual(await violations(page), [], "with the question");
  assert.equal(await page.textContent("#notices"), "", "nothing is claimed");
  // Whoever is not led to what is to do finds the way there in the bar, which is in sight.
  const todo = page.locator("#todo");
  assert.equal(await todo.isVisible(), true);
  assert.equal(await todo.textContent(), `${await page.locator("#problems li").count()} to do`);
  await page.keyboard.type("sentence.");
  assert.equal(await page.inputValue("#rating-self_growth textarea"), "Half a sentence.");
  await confirmed(page);
  assert.match(await page.textContent("#notices"), /^Saved as evaluation-formal-draft\.json\. What was entered since then is not in it/);
  assert.equal(await bar(), "1 of 67 rated");
  await todo.click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "problems");
  assert.deepEqual(await violations(page), [], "with something to do");
  await fillAbout(page, "Draft");
  await saved(page, "about.json", () => page.keyboard.press("Control+s"));
  await confirmed(page);
  assert.match(await page.textContent("#notices"), /^Saved as [^ ]+\.$/);
  assert.deepEqual([await todo.isVisible(), await page.isHidden("#problems"), await bar()], [false, true, "1 of 67 rated, saved"]);
}));

test("the next unrated one is found from everywhere, past what is rated and what is not assigned, also in a folded domain", () => inPage(form, {}, async (page) => {
  const all = await page.$$eval(".indicator", (list) => list.map((one) => one.dataset.rating));
  // With the mouse: the button takes the focus away, and still leads on.
  const next = async () => { await page.click('[data-do="next"]'); return ratingOf(page); };
  assert.equal(await next(), all[0]);
  assert.equal(await next(), all[1]);
  await page.check(`#rating-${all[1]} input[value="has_met"]`);
  assert.equal(await next(), all[2]);
  await page.check(`#rating-${all[66]} input[value="has_met"]`);
  assert.equal(await next(), all[0], "after the last comes the first");
  const domains = await page.$$eval("details.domain", (list) => list.map((one) => one.id));
  for (const id of domains) await page.click(`#${id} > summary`);
  assert.equal(await page.isVisible(`#rating-${all[0]}`), false);
  assert.equal(await next(), all[2], "on from where one was");
  assert.equal(await page.isVisible(`#rating-${all[2]}`), true);
  await page.click("#about details:nth-of-type(2) summary");
  await page.click('[data-list="not_assigned"] > [data-do="add"]');
  await page.selectOption('[data-list="not_assigned"] select', domains[0].replace("domain-", ""));
  await page.fill('[data-list="not_assigned"] [data-key="value"]', "Done by others");
  await page.press('[data-list="not_assigned"] [data-key="value"]', "Tab");
  const [rated, toRate] = /(\d+) of (\d+)/.exec(await page.textContent("#progress")).slice(1).map(Number);
  assert.deepEqual([rated, toRate < 67], [1, true]);
  const id = await next();
  assert.equal(await page.evaluate((one) => document.getElementById(`rating-${one}`).closest("details").id, id), domains[1]);
}));

test("where evaluators are several, each rating says whose it is", () => inPage(form, {}, async (page) => {
  const evaluator = (at, key) => `[data-list="evaluators"] > .rows > .row:nth-child(${at}) [data-key="${key}"]`;
  await page.fill(evaluator(1, "name"), "Priya Shah");
  await page.fill(evaluator(1, "id"), "E-0007");
  assert.equal(await page.isVisible("#me"), false);
  await page.click('[data-list="evaluators"] > [data-do="add"]');
  await page.fill(evaluator(2, "name"), "Dana Lee");
  await page.fill(evaluator(2, "id"), "E-0008");
  await page.press(evaluator(2, "id"), "Tab");
  await page.selectOption("#me", "E-0008");
  const [wanting, id] = await page.evaluate(() => [document.querySelector("[data-wants]").dataset.rating, document.querySelector(".indicator:not([data-wants])").dataset.rating]);
  await page.check(`#rating-${id} input[value="has_met"]`);
  await page.check(`#rating-${wanting} input[value="has_met"]`);
  assert.match(await page.textContent(`#rating-${wanting} .wants`), /Dana Lee is not listed with it/);
  // A corrected identifier is corrected in the ratings.
  await page.fill(evaluator(2, "id"), "E-0009");
  await page.press(evaluator(2, "id"), "Tab");
  const { value } = await saved(page, "several.json");
  assert.deepEqual(value.ratings[id], { level: "has_met", by: "E-0009" });
}));

test("an employee responds and acknowledges, and can change nothing else", async () => {
  const evaluation = project("examples/evaluations/rivera_final.yaml");
  const before = JSON.parse(appraise("migrate", evaluation, "--to", "connecticut_school_social_work", "--format", "json"));
  await inPage(made("respond.html", "form", "--evaluation", evaluation, "--respond"), {}, async (page) => {
    const open = await page.$$eval("#form :is(input, textarea, select):not(#keep)", (all) =>
      all.filter((control) => !control.disabled && !control.readOnly && control.type !== "radio").map((control) => control.outerHTML));
    assert.deepEqual(open, []);
    // What is chosen stays chosen, whatever is pressed.
    await page.focus(".levels input:checked");
    const was = await page.evaluate(() => document.activeElement.value);
    for (const key of ["1", "2", "3", "4", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
    assert.equal(await page.evaluate(() => document.querySelector(".levels input:checked").value), was);
    await page.click('#responses [data-do="add"]');
    await page.fill('#responses .row:last-child [data-key="text"]', "I see it otherwise.");
    await page.click('[data-do="acknowledge"]');
    const { value, path } = await saved(page, "responded.json");
    assert.deepEqual(check(path).status, 0, check(path).printed);
    assert.equal(value.responses.at(-1).text, "I see it otherwise.");
    assert.equal(value.responses.at(-1).by, "E-1042");
    // Without a date the file would have a finding of its own.
    assert.match(value.responses.at(-1).date, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual([value.record.at(-1).event, value.record.at(-1).by], ["acknowledged", "E-1042"]);
    value.responses.pop();
    value.record.pop();
    const without = (document) => ({ type: "formal", ...document, responses: document.responses ?? [], record: document.record ?? [], rubric: document.rubric.id });
    const long = (document) => ({ ...without(document), ratings: Object.fromEntries(Object.entries(document.ratings).map(([id, rating]) => [id, typeof rating === "string" ? { level: rating } : rating])) });
    assert.deepEqual(long(value), long(before));
  });
});
