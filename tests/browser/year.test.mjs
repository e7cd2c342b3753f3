// What a form page asks for beside the ratings through a year: sessions of supervision, and events of the rubric's process.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, named, opened, saved, violations } from "./support/browser.mjs";
import { assertInside, PAPER, plain, printed, textOf } from "./support/paper.mjs";
import { appraise, check, made, project, write } from "./support/program.mjs";
import { isUsable } from "./support/usable.mjs";

const rubric = project("examples/rubrics/elm_hill_school_social_work.yaml");
const form = made("year.html", "form", rubric);
const session = (at, key) => `[data-list="supervision"] > .rows > .row:nth-child(${at}) [data-key="${key}"]`;
const event = (at, key) => `[data-list="record"] > .rows > .row:nth-child(${at}) [data-key="${key}"]`;
const add = (page, list) => page.click(`[data-list="${list}"] > [data-do="add"]`);
const todo = (page) => page.locator("#problems li").allTextContents();

isUsable("a form with supervision and a process can be used by everybody", form);

test("sessions of supervision are added, counted by the program, shown again and removed", () => inPage(form, {}, async (page) => {
  await named(page);
  for (const [at, [date, kind, minutes]] of [["2025-09-03", "clinical", "45"], ["2025-09-24", "administrative", ""], ["2025-10-01", "clinical", "60"]].entries()) {
    await add(page, "supervision");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.key), "date", "the new row is written in");
    await page.fill(session(at + 1, "date"), date);
    await page.selectOption(session(at + 1, "kind"), kind);
    await page.fill(session(at + 1, "minutes"), minutes);
  }
  await page.fill(session(1, "note"), "Two cases, and a plan.");
  await page.fill(session(1, "by"), "E-0007");
  const { path, value } = await saved(page, "sessions.json");
  assert.deepEqual(value.supervision, [
    { date: "2025-09-03", kind: "clinical", by: "E-0007", minutes: 45, note: "Two cases, and a plan." },
    { date: "2025-09-24", kind: "administrative" }, { date: "2025-10-01", kind: "clinical", minutes: 60 },
  ]);
  const found = check(rubric, path);
  assert.equal(found.status, 0, found.printed);
  const report = appraise("report", path, "--rubric", rubric);
  assert.match(report, /Clinical supervision \| 2 \| 105/);
  await page.click('[data-list="supervision"] > .rows > .row:nth-child(2) [data-do="remove"]');
  assert.match(page.dialogs.at(-1), /Remove session with what is in it\?/);
  assert.deepEqual((await saved(page, "fewer.json")).value.supervision.map((one) => one.date), ["2025-09-03", "2025-10-01"]);
  await opened(page, path);
  assert.deepEqual(await page.$$eval('[data-list="supervision"] [data-key="date"]', (all) => all.map((one) => one.value)), ["2025-09-03", "2025-09-24", "2025-10-01"]);
  assert.deepEqual(await violations(page), []);
}));

test("a session without its day or kind, and one whose minutes are no number, are said before a report is made", () => inPage(form, {}, async (page) => {
  await named(page);
  await add(page, "supervision");
  await page.fill(session(1, "minutes"), "an hour");
  await saved(page, "half-session.json");
  assert.deepEqual(await todo(page), ["Session 1: Date is missing", "Session 1: Kind of supervision is missing", "Session 1: Minutes: “an hour” is not a number such as 12"]);
}));

test("that no supervision was given stays said, also after another session was begun and removed", async () => {
  const base = { rubric: { id: "elm_hill_school_social_work" }, employee: { id: "E-1", name: "Ann" }, evaluators: [{ id: "E-2", name: "Bo" }], period: { from: "2025-08-25", to: "2026-06-12" }, ratings: {} };
  const none = write("none.json", { ...base, supervision: [] });
  await inPage(made("none.html", "form", "--evaluation", none, "--base", rubric), {}, async (page) => {
    assert.deepEqual((await saved(page, "still-none.json")).value.supervision, []);
    await opened(page, none);
    await add(page, "supervision");
    await page.click('[data-list="supervision"] .row [data-do="remove"]');
    const { path, value } = await saved(page, "none-again.json");
    assert.deepEqual(value.supervision, []);
    assert.match(appraise("report", path, "--rubric", rubric), /Of any kind[ *|]+0/);
    await opened(page, write("unsaid.json", base));
    assert.equal("supervision" in (await saved(page, "unsaid-again.json")).value, false);
  });
});

test("an event is a step of the rubric's process, in the words of the rubric", () => inPage(form, {}, async (page) => {
  await named(page);
  await add(page, "record");
  const offered = await page.$$eval(`${event(1, "event")} option`, (all) => all.map((one) => one.textContent));
  const steps = JSON.parse(appraise("form", rubric, "--format", "json-schema")).properties.record.items.properties.event;
  const ids = await page.$$eval(`${event(1, "event")} option`, (all) => all.map((one) => one.value).filter(Boolean));
  assert.ok(ids.length >= 5 && ids.every((id) => steps.enum.includes(id)), `${ids}`);
  for (const label of ["Goal conference", "Observation"]) assert.ok(offered.some((one) => one.startsWith(label)), `${label} in ${offered}`);
  await page.fill(event(1, "date"), "2025-10-20");
  await saved(page, "no-event.json");
  assert.deepEqual(await todo(page), ["Event 1: What happened is missing"]);
  await page.selectOption(event(1, "event"), { index: 1 });
  const { path, value } = await saved(page, "event.json");
  assert.deepEqual(value.record, [{ date: "2025-10-20", event: steps.enum[0] }]);
  const found = check(rubric, path);
  assert.equal(found.status, 0, found.printed);
  const status = JSON.parse(appraise("status", path, "--rubric", rubric, "--on", "2025-11-01", "--format", "json"));
  assert.ok(JSON.stringify(status).includes("2025-10-20"), JSON.stringify(status).slice(0, 400));
}));

test("a blank form has lines to write sessions, events and responses on by hand", () => inPage(form, PAPER, async (page) => {
  const items = await printed(page);
  assertInside(items);
  for (const text of ["Supervision", "What the district provided", "Record of events", "Responses"]) assert.ok(textOf(items).includes(plain(text)), text);
}));
