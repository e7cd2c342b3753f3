// The report on every rubric at hand, and on every evaluation of the examples, in a browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { appraise, evaluations, jsonOf, made, nameOf, project, rubricOf, rubrics, write } from "./support/program.mjs";
import { inPage } from "./support/browser.mjs";
import { assertInside, PAPER, printed } from "./support/paper.mjs";
import { isUsable } from "./support/usable.mjs";

const report = (name, ...args) => isUsable(name, made(`${name}.html`, ...args));

for (const evaluation of evaluations) {
  report(`report of ${nameOf(evaluation)}`, "report", evaluation, "--rubric", rubricOf(evaluation));
}

// A rubric without an example of an evaluation: each of its indicators at one of the levels in turn, by a host.
const rest = rubrics.filter((rubric) => !evaluations.some((evaluation) => rubricOf(evaluation) === rubric));
for (const rubric of rest) {
  const schema = JSON.parse(appraise("form", rubric, "--format", "json-schema"));
  const whom = schema.properties.organization ? "organization" : "employee";
  const ids = Object.keys(schema.properties.ratings.properties);
  const levels = schema.definitions.rating.properties.level.enum;
  const evaluation = write(`${nameOf(rubric)}.json`, {
    rubric: { id: nameOf(rubric) }, [whom]: { id: "E-1", name: "Ann Bo" }, evaluators: [{ id: "E-2", name: "Bo Ann" }],
    period: { from: "2025-08-25", to: "2026-06-12" },
    ratings: Object.fromEntries(ids.map((id, at) => [id, { level: levels[at % levels.length], comment: "Seen." }])),
  });
  report(`report on ${nameOf(rubric)}`, "report", evaluation, "--rubric", rubric);
}

test("there is a report on every rubric", () => {
  const reported = new Set([...evaluations.map(rubricOf), ...rest]);
  assert.deepEqual([...reported].sort(), [...rubrics].sort());
  assert.ok(rubrics.length >= 5 && evaluations.length >= 8, `${rubrics.length} ${evaluations.length}`);
});

const example = (name) => project(`examples/evaluations/${name}.yaml`);
// Some mail programs take the style away.
test("without its style a report is readable: nothing in it is black on black, or larger than it should be", () => {
  const text = readFileSync(made("bare.html", "report", example("rivera_final")), "utf8").replace(/<style>[\s\S]*?<\/style>/, "");
  return inPage(write("bare.html", text), {}, async (page) => {
    const pictures = await page.$$eval("svg", (all) => all.map((one) => [one.getBoundingClientRect().height, ...[...one.querySelectorAll("rect, path, text")].map((part) => `${getComputedStyle(part).fill} ${part.tagName}`)]));
    assert.ok(pictures.length > 60, `${pictures.length}`);
    for (const [height, ...parts] of pictures) {
      assert.ok(height <= 22, `${height}`);
      assert.deepEqual(parts.filter((fill) => fill.startsWith("rgb(0, 0, 0)") && !fill.endsWith("text")), []);
    }
  });
});

report("report beside a self-evaluation: agreement", "report", example("rivera_final"), "--beside", example("rivera_self"));

// What each adds to the others.
const GOALS = {
  rivera_final: "goals proposed, agreed and still to come",
  elm_hill_supports: "of an organization",
  novak_scored: "from a summative rating",
};
for (const [name, adds] of Object.entries(GOALS)) {
  report(`goals of ${name}: ${adds}`, "goals", example(name), "--rubric", rubricOf(example(name)));
}

// One evaluation twelve times, in which one indicator after the other is rated otherwise: some counts are withheld.
const rivera = jsonOf(example("rivera_final"));
const many = Array.from({ length: 12 }, (_, number) => {
  const ratings = Object.entries(rivera.ratings).map(([id, rating], at) => [id, at < number ? "has_not_met" : rating]);
  const commented = ratings.map(([id, rating]) => [id, rating === "has_not_met" ? { level: rating, comment: "Seen." } : rating]);
  return JSON.stringify({ ...rivera, employee: { id: `E-${number}`, name: "Ann Bo" }, ratings: Object.fromEntries(commented) });
});
const all = write("all.ndjson", many.join("\n"));
for (const [adds, ...args] of [["some counts withheld"], ["every count", "--threshold", "0"], ["too few to tell", "--threshold", "20"]]) {
  report(`summary: ${adds}`, "summarize", all, ...args);
}

// One person in seven years: more than stand side by side in one table.
const years = Array.from({ length: 7 }, (_, year) => {
  const [begins, ends] = [2019 + year, 2020 + year];
  const { goals, ...before } = rivera;
  const period = { from: `${begins}-08-25`, to: `${ends}-06-12` };
  return JSON.stringify({ ...(year < 6 ? before : rivera), period, completed_on: `${ends}-05-29` });
});
report("history: seven years", "history", write("years.ndjson", years.join("\n")));
report("history: one year and a self-evaluation", "history", example("rivera_final"), example("rivera_self"));

// The pages of the example year, and of a program.
const ELM_HILL = project("examples/rubrics/elm_hill_school_social_work.yaml");
const inYear = (name) => project(`examples/year/${name}.yaml`);
const YEAR = {
  "a draft with observations and supervision, beside a self-evaluation": ["report", inYear("3_draft"), "--beside", inYear("1_self"), "--rubric", ELM_HILL],
  "an amended evaluation": ["report", inYear("6_amended"), "--rubric", ELM_HILL],
  "a history with an amended evaluation and others that do not count": ["history", ...["0_year_before", "1_self", "2_interim", "6_amended", "7_next"].map(inYear), "--rubric", ELM_HILL],
  "where an evaluation stands": ["status", inYear("1_self"), inYear("3_draft"), "--on", "2026-05-22", "--rubric", ELM_HILL],
  "a program": ["summarize", all, "--program", example("elm_hill_supports")],
};
for (const [says, args] of Object.entries(YEAR)) {
  const path = made(`year-${args[0]}-${says.length}.html`, ...args);
  isUsable(`the example year: ${says}`, path);
  test(`the example year on paper: ${says}`, () => inPage(path, PAPER, async (page) => {
    assertInside(await printed(page));
  }));
}
