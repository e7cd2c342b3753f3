// The page of one occasion: an observation is rated, saved, and put into the draft, whose own page carries it along.

import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmed, inPage, named, opened, saved, violations } from "./support/browser.mjs";
import { assertInside, PAPER, plain, printed, textOf } from "./support/paper.mjs";
import { appraise, check, file, made, understood, write } from "./support/program.mjs";
import { isUsable } from "./support/usable.mjs";

const rubric = write("observed.yaml", `
id: observed
version: 1.0.0
title: Observed practice
scale:
  levels: [{ id: low, label: Low }, { id: good, label: Good }, { id: high, label: High }]
  meets_at: good
  not_rated: [{ id: not_seen, label: Not seen, means: not_observed }]
scales:
  done: { levels: [{ id: missing, label: Missing }, { id: there, label: There }], meets_at: there }
  points: { from: 0, to: 15, places: 1, meets_at: 9, unit: points }
comment_required: [low]
derive: cumulative
observations:
  kinds:
    - { id: announced, label: Announced observation }
    - { id: walkthrough, label: Walkthrough, scope: [circles] }
  rating: latest
narratives: [{ id: plan, label: Plan for next year }]
domains:
  - id: practice
    title: Practice
    indicators:
      - { id: circles, title: Circles, statement: Leads circles. }
      - { id: team, statement: Works with the team., practices: [{ id: attends, level: good, statement: Attends the team. }, { id: leads, level: high, statement: Leads the team. }] }
  - id: records
    title: Records
    indicators:
      - { id: filed, statement: Files plans., scale: done }
      - { id: dated, statement: Dates plans., scale: done }
      - { id: portfolio, statement: Keeps a portfolio., scale: points }
`);

const EVALUATORS = [{ id: "E-0007", name: "Priya Shah" }];
const DRAFT = {
  rubric: { id: "observed" }, employee: { id: "E-1042", name: "Jordan Rivera" }, evaluators: EVALUATORS,
  period: { from: "2025-08-25", to: "2026-06-12" },
  ratings: { filed: "there" }, narratives: { plan: "Lead the team." },
  observations: [{ id: "fall", kind: "walkthrough", date: "2025-10-14", ratings: { circles: "good" } }],
};
const draft = write("draft.json", DRAFT);
const form = made("occasion.html", "form", "--observation", "announced", "--evaluation", draft, "--base", rubric);
const blank = made("occasion-blank.html", "form", rubric, "--observation", "walkthrough");
const whole = made("whole.html", "form", "--evaluation", draft, "--base", rubric);

const level = (page, id, value) => page.locator(`#rating-${id} .levels input[value="${value}"]`);
const combined = (name, ...files) => write(name, appraise("combine", ...files, "--rubric", rubric));
const jsonOf = (path) => JSON.parse(appraise("migrate", path, "--to", rubric, "--format", "json"));
const fall = { id: "fall", kind: "walkthrough", date: "2025-10-14", ratings: { circles: "good" } };

async function observe(page) {
  await page.fill('[data-key="observation.date"]', "2026-03-02");
  await page.fill('[data-key="observation.minutes"]', "40");
  await page.fill('[data-key="observation.at"]', "Elm Hill School");
  await page.fill('[data-key="observation.notes"]', "A circle of eight.\nThey led it.");
  await level(page, "circles", "low").check();
  await page.fill('#rating-circles [data-key="comment"]', "Two spoke.");
  await page.click('#rating-circles [data-list="evidence"] > [data-do="add"]');
  await page.fill('#rating-circles [data-list="evidence"] [data-key="note"]', "Tally sheet.");
  await page.locator('#rating-team .practices input[value="attends"]').check();
  await level(page, "dated", "missing").check();
  await page.fill('#rating-portfolio [data-key="level"]', "12.5");
}

isUsable("the page of an occasion can be used by everybody", form);

test("what is rated on an occasion is saved as its observation, understood, shown again and put into the draft", () => inPage(form, {}, async (page) => {
  assert.equal(await page.inputValue('[data-key="employee.name"]'), "Jordan Rivera");
  // What belongs to the whole is not asked for, and no rating of the draft is shown as one of the occasion.
  assert.equal(await page.locator('[data-key="status"], [data-key="summary"], [data-key="narratives.plan"], [data-list="goals"], [data-list="record"]').count(), 0);
  assert.equal(await page.locator(".levels input:checked").count(), 0);
  await observe(page);
  const { path, value, called } = await saved(page, "occasion.json");
  assert.equal(called, "jordan_rivera-E-1042-announced_2026_03_02-2025-08-25_2026-06-12-draft.json");
  assert.deepEqual(await page.locator("#problems li").allTextContents(), []);
  const own = {
    date: "2026-03-02", minutes: 40, at: "Elm Hill School", notes: "A circle of eight.\nThey led it.", id: "announced_2026_03_02", kind: "announced",
    ratings: {
      circles: { level: "low", comment: "Two spoke.", evidence: [{ note: "Tally sheet." }] },
      team: { practices: ["attends"] }, dated: "missing", portfolio: 12.5,
    },
  };
  assert.deepEqual([value.ratings, value.observations, value.observation], [{}, [own], undefined]);
  const found = check(rubric, path);
  assert.deepEqual([found.status, found.codes], [0, []], found.printed);
  await confirmed(page);
  await level(page, "circles", "high").check();
  await opened(page, path);
  assert.equal(await level(page, "circles", "low").isChecked(), true);
  assert.deepEqual((await saved(page, "occasion-again.json")).value, value);
  assert.deepEqual(await violations(page), []);

  const both = combined("combined.yaml", draft, path);
  const card = understood(both, rubric);
  const levels = Object.fromEntries(card.domains.flatMap((domain) => domain.ratings).map((rating) => [rating.id, rating.number?.decimal ?? rating.level]));
  assert.deepEqual(levels, { circles: "low", team: "good", filed: "there", dated: "missing", portfolio: "12.5" });
  // The draft's own page carries both observations along, and shows what follows from them.
  await inPage(made("combined.html", "form", "--evaluation", both, "--base", rubric), {}, async (other) => {
    assert.match(await other.textContent("#rating-circles"), /latest of 2.*Low/);
    const again = await saved(other, "combined-again.json");
    assert.deepEqual(again.value.observations.map((one) => one.id), ["fall", "announced_2026_03_02"]);
    assert.deepEqual(again.value.ratings, { filed: { level: "there", by: "E-0007" } });
    assert.equal(again.value.narratives.plan, "Lead the team.");
  });
}));

test("an occasion without its day is saved as it is, and says what is missing", () => inPage(form, {}, async (page) => {
  await level(page, "circles", "good").check();
  await saved(page, "no-day.json");
  assert.deepEqual(await page.locator("#problems li").allTextContents(), ["Day is missing"]);
  await page.click("#problems a");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), "observation.date");
  await page.keyboard.type("03022026");
  const { value } = await saved(page, "day.json");
  assert.deepEqual(value.observations, [{ date: "2026-03-02", id: "announced_2026_03_02", kind: "announced", ratings: { circles: "good" } }]);
}));

test("a day that is corrected leaves the id, so that the draft cannot have the observation twice", () => inPage(form, {}, async (page) => {
  await page.fill('[data-key="observation.date"]', "2026-03-02");
  const first = await saved(page, "first-day.json");
  await confirmed(page);
  await opened(page, first.path);
  await page.fill('[data-key="observation.date"]', "2026-03-03");
  const second = await saved(page, "second-day.json");
  assert.deepEqual(second.value.observations, [{ ...first.value.observations[0], date: "2026-03-03" }]);
  assert.throws(() => combined("twice.yaml", first.path, second.path), /the observation `announced_2026_03_02` differs from that in/);
}));

test("two observations of one kind on one day both come into the draft", async () => {
  const observed = async (name, from, place) => inPage(made(`${name}.html`, "form", "--observation", "announced", "--evaluation", from, "--base", rubric), {}, async (page) => {
    await page.fill('[data-key="observation.date"]', "2026-03-02");
    await page.fill('[data-key="observation.at"]', place);
    await level(page, "circles", "high").check();
    return combined(`${name}.yaml`, from, (await saved(page, `${name}.json`)).path);
  });
  const all = await observed("afternoon", await observed("morning", draft, "Room 1"), "Room 2");
  assert.deepEqual(jsonOf(all).observations.map(({ id, at }) => [id, at]), [
    ["fall", undefined], ["announced_2026_03_02", "Room 1"], ["announced_2026_03_02_2", "Room 2"],
  ]);
});

test("the page of an occasion does not take the draft’s own observation of the kind for its own, nor loses it", () => inPage(made("walk.html", "form", "--observation", "walkthrough", "--evaluation", draft, "--base", rubric), {}, async (page) => {
  assert.deepEqual(await page.$$eval(".indicator", (all) => all.map((one) => one.dataset.rating)), ["circles"]);
  await page.fill('[data-key="observation.date"]', "2026-02-02");
  await level(page, "circles", "high").check();
  const { path } = await saved(page, "walk.json");
  const [first, second] = jsonOf(combined("walked.yaml", draft, path)).observations;
  assert.deepEqual(first, { ...fall, by: "E-0007" });
  assert.deepEqual(second, { id: "walkthrough_2026_02_02", kind: "walkthrough", date: "2026-02-02", by: "E-0007", ratings: { circles: "high" } });
}));

test("a draft that is opened on the page of an occasion says which of its observations is shown", () => inPage(blank, {}, async (page) => {
  assert.match(await opened(page, draft), /^Opened draft\.json\. Shown is its observation of 2025-10-14; another one of the draft is begun with `appraise form --observation`\./);
  assert.equal(await page.inputValue('[data-key="observation.date"]'), "2025-10-14");
  const { value } = await saved(page, "draft-again.json");
  assert.deepEqual([value.ratings, value.observations, value.narratives], [DRAFT.ratings, DRAFT.observations, DRAFT.narratives]);
}));

test("of several evaluators it says who observed, and the ratings need not", async () => {
  const two = write("two.json", { ...DRAFT, evaluators: [...EVALUATORS, { id: "E-0008", name: "Dana Lee" }], ratings: {}, observations: [] });
  await inPage(made("two.html", "form", "--observation", "announced", "--evaluation", two, "--base", rubric), {}, async (page) => {
    await page.selectOption("#me", "E-0008");
    await page.fill('[data-key="observation.date"]', "2026-03-02");
    await level(page, "circles", "good").check();
    const { path, value } = await saved(page, "by-two.json");
    assert.equal(value.observations[0].by, "E-0008");
    assert.deepEqual(await page.locator("#problems li").allTextContents(), []);
    const found = check(rubric, path);
    assert.deepEqual([found.status, found.codes], [0, []], found.printed);
  });
});

test("a blank page of an occasion is filled in for anybody, and prints what is to be written by hand", () => inPage(blank, PAPER, async (page) => {
  const sheet = await printed(page);
  assertInside(sheet);
  for (const text of ["Walkthrough", "Day", "Minutes", "Place", "Notes", "Circles", "Low", "Good", "High", "Not seen"]) assert.ok(textOf(sheet).includes(plain(text)), text);
  await named(page);
  await page.fill('[data-key="observation.date"]', "2026-03-02");
  await level(page, "circles", "good").check();
  const { path } = await saved(page, "blank-occasion.json");
  const found = check(rubric, path);
  assert.deepEqual([found.status, found.codes], [0, []], found.printed);
}));

test("the page of the whole carries observations along, and offers what follows from them", () => inPage(whole, {}, async (page) => {
  assert.match(await page.textContent("#rating-circles"), /Follows from the observations.*Good on 2025-10-14/);
  await level(page, "dated", "there").check();
  const { path, value } = await saved(page, "carried.json");
  assert.deepEqual(value.observations, [fall]);
  assert.deepEqual(value.ratings, { filed: "there", dated: "there" });
  assert.equal(check(rubric, path).status, 0);
}));

test("a sealed evaluation is refused by a page to fill in, with the command that changes it", async () => {
  const final = write("final.json", {
    ...DRAFT, status: "final", completed_on: "2026-06-01",
    ratings: { circles: "good", team: { practices: ["attends"] }, filed: "there", dated: "there", portfolio: 9 },
  });
  appraise("finish", final, "--on", "2026-06-02", "--by", "E-0007", "--rubric", rubric, "-o", file("sealed.json"));
  for (const path of [whole, form]) {
    await inPage(path, {}, async (page) => {
      await level(page, "circles", "high").check();
      assert.match(await opened(page, file("sealed.json")), /sealed\.json was not opened, and nothing here has changed: it is sealed, and `appraise amend` changes it\./);
      assert.equal(await level(page, "circles", "high").isChecked(), true);
    });
  }
  // The page to respond takes it.
  await inPage(made("sealed.html", "form", "--evaluation", file("sealed.json"), "--respond", "--base", rubric), {}, async (page) => {
    await page.click('#responses [data-do="add"]');
    await page.fill('#responses .row:last-child [data-key="text"]', "I see it otherwise.");
    const { path, value } = await saved(page, "sealed-answered.json");
    assert.equal(value.responses.length, 1);
    assert.match(appraise("verify", path, "--rubric", rubric), /verified/);
  });
});
