// A form of a rubric with practices: boxes are ticked, the level follows as the program says, and another rating wants a comment.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPage, named, opened, saved, violations } from "./support/browser.mjs";
import { assertInside, isInMargin, PAPER, plain, printed, textOf } from "./support/paper.mjs";
import { appraise, check, made, write } from "./support/program.mjs";
import { isUsable } from "./support/usable.mjs";

const rubric = write("carolina.yaml", `
id: carolina
version: 1.0.0
title: School social worker
scale:
  levels: [{ id: none, label: Not demonstrated }, { id: developing, label: Developing }, { id: proficient, label: Proficient }, { id: accomplished, label: Accomplished }]
  meets_at: proficient
  not_rated: [{ id: na, label: N/A, means: not_applicable }]
derive: cumulative
domains:
  - id: work
    title: Work
    indicators:
      - id: team
        statement: Leads a team.
        practices:
          - { id: attends, level: developing, statement: Attends the team. }
          - { id: plans, level: proficient, statement: Plans with the team. }
          - { id: data, level: proficient, statement: Brings data to the team. }
          - { id: leads, level: accomplished, statement: Leads the team. }
      - id: policy
        statement: Knows policy.
        derive: majority
        practices:
          - { id: reads, level: developing, statement: Reads policy. }
          - { id: asks, level: developing, statement: Asks about policy. }
          - { id: applies, level: proficient, statement: Applies policy. }
          - { id: explains, level: proficient, statement: Explains policy. }
          - { id: questions, level: proficient, statement: Questions policy. }
          - { id: writes, level: accomplished, statement: Writes policy. }
      - id: access
        statement: Gives access.
        derive: { at_least: { developing: 1, proficient: 2, accomplished: 3 } }
        practices: [{ id: hours, statement: Keeps hours. }, { id: calls, statement: Returns calls. }, { id: homes, statement: Visits homes. }]
      - { id: records, statement: Keeps records. }
`);
const form = made("practices.html", "form", rubric);
const box = (page, id) => page.locator(`.practices input[value="${id}"]`);
const nothing = (page, id) => page.locator(`#rating-${id} [data-nothing]`);
const follows = (page, id) => page.textContent(`#rating-${id} .follows`);
const count = (page) => page.textContent('.count[data-domain="work"]');

async function other(page, id, level) {
  await page.locator(`#rating-${id} .override`).evaluate((details) => { details.open = true; });
  await page.locator(`#rating-${id} .levels input[value="${level}"]`).check();
}

isUsable("a form with practices can be used by everybody", form);

test("the level follows as one ticks, is saved, understood and shown again", () => inPage(form, {}, async (page) => {
  await named(page);
  assert.equal(await follows(page, "team"), "");
  await box(page, "attends").check();
  await box(page, "plans").check();
  assert.equal(await follows(page, "team"), "Follows: Developing: the one practice at Developing is seen; at Proficient 1 of 2");
  await box(page, "data").check();
  assert.match(await count(page), /1 of 4/);
  await nothing(page, "policy").check();
  assert.equal(await follows(page, "policy"), "Follows: Not demonstrated: 0 of 2 practices at Developing are seen, not more than half");
  await box(page, "hours").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.closest(".indicator").id), "rating-records");
  await page.locator('#rating-records .levels input[value="proficient"]').check();
  assert.match(await count(page), /4 of 4/);
  const { path, value } = await saved(page, "practices.json");
  assert.deepEqual(value.ratings, {
    team: { practices: ["attends", "plans", "data"] }, policy: { practices: [] }, access: { practices: ["hours"] }, records: "proficient",
  });
  const found = check(rubric, path);
  assert.equal(found.status, 0, found.printed);
  const ratings = JSON.parse(appraise("score", path, "--rubric", rubric, "--format", "json")).domains[0].ratings;
  for (const { id, derived } of ratings.filter((rating) => rating.derived)) assert.equal(await follows(page, id), `Follows: ${derived.reason}`);
  assert.deepEqual(ratings.map((rating) => rating.level), ["proficient", "none", "developing", "proficient"]);
  await box(page, "attends").uncheck();
  await opened(page, path);
  assert.deepEqual([await box(page, "attends").isChecked(), await nothing(page, "policy").isChecked()], [true, true]);
  assert.deepEqual(await violations(page), []);
}));

test("every way to tick gives the level and the reason of the program", () => inPage(form, {}, async (page) => {
  await named(page);
  const lists = { team: ["attends", "plans", "data", "leads"], policy: ["reads", "asks", "applies", "explains", "questions", "writes"], access: ["hours", "calls", "homes"] };
  for (let ticked = 1; ticked < 64; ticked += 9) {
    for (const ids of Object.values(lists)) for (const [at, id] of ids.entries()) await box(page, id).setChecked(((ticked >> at) & 1) === 1);
    for (const id of Object.keys(lists)) if (lists[id].every((one, at) => ((ticked >> at) & 1) === 0)) await nothing(page, id).check();
    const { path } = await saved(page, `ticked-${ticked}.json`);
    const ratings = JSON.parse(appraise("score", path, "--rubric", rubric, "--format", "json")).domains[0].ratings;
    for (const { id, derived } of ratings.filter((rating) => rating.derived)) assert.equal(await follows(page, id), `Follows: ${derived.reason}`);
  }
}));

test("another rating than follows wants a comment, and can be taken back", () => inPage(form, {}, async (page) => {
  await named(page);
  await box(page, "attends").check();
  await other(page, "team", "accomplished");
  assert.match(await page.textContent("#rating-team .comment .name"), /why the rating is another than follows/);
  await page.click('[data-do="download"]');
  assert.match((await page.locator("#problems li").allTextContents()).join(), /“Accomplished” is given, where “Developing” follows/);
  await page.fill('#rating-team [data-key="comment"]', "Leads it since May.");
  // Nothing is seen, and a choice that is no rating: neither says anything of the other.
  await nothing(page, "policy").check();
  await other(page, "policy", "na");
  const { path, value } = await saved(page, "other.json");
  assert.deepEqual(value.ratings, {
    team: { level: "accomplished", practices: ["attends"], comment: "Leads it since May." }, policy: { level: "na", practices: [] },
  });
  const found = check(rubric, path);
  assert.equal(found.status, 0, found.printed);
  await page.locator('#rating-team [data-do="clear"]').click();
  assert.equal(await page.locator("#rating-team .levels input:checked").count(), 0);
  assert.equal(await follows(page, "team"), "Follows: Developing: the one practice at Developing is seen; at Proficient 0 of 2");
  await page.locator('#rating-team [data-do="clear"]').click();
  assert.deepEqual([await box(page, "attends").isChecked(), await follows(page, "team")], [false, ""]);
}));

test("ticking something takes back that nothing is seen", () => inPage(form, {}, async (page) => {
  await nothing(page, "team").check();
  await box(page, "leads").check();
  assert.equal(await nothing(page, "team").isChecked(), false);
  await nothing(page, "team").check();
  assert.equal(await box(page, "leads").isChecked(), false);
}));

test("a blank form prints a box for each practice under its level", () => inPage(form, PAPER, async (page) => {
  const items = await printed(page);
  assertInside(items);
  const ratings = textOf(items.filter((item) => !isInMargin(item))).split(plain("Ratings"))[1].split(plain("Summary"))[0];
  for (const text of ["Brings data to the team.", "None of these is seen", "Give another rating", "Visits homes."]) {
    assert.ok(ratings.includes(plain(text)), `${text}\n${ratings}`);
  }
}));
