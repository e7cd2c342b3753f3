// Texts that mean something to a parser come out as themselves and do nothing, on every page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inPage, opened, saved, sticksOut, violations } from "./support/browser.mjs";
import { appraise, check, file, made, write } from "./support/program.mjs";

const TEXTS = {
  script: "<script>window.hurt = 1</script>",
  closing: "</script></style></textarea></title><img src=x onerror=\"window.hurt = 2\">",
  quotes: "\"double\" 'single' “curly” `tick` &amp; &#39; \\ \\u003c {{ 7 * 7 }} {% raw %} ${1}",
  cdata: "]]> <![CDATA[ --> <!-- ?>",
  hebrew: "עברית, then English, then \u202eturned\u202c and עברית again",
  emoji: "😀 👩🏽‍⚕️ 🏳️‍🌈 é e\u0301",
  long: "0123456789".repeat(1000),
};

const rubric = {
  id: "hostile", version: "1.0.0", title: "<b>Title</b> </title> & “more”",
  scale: { levels: [{ id: "no", label: "<i>No</i> \"x\"" }, { id: "yes", label: "Yes ]]> עברית" }], meets_at: "yes" },
  domains: [{
    id: "all", title: "Domain </script>",
    indicators: Object.entries(TEXTS).map(([id, statement]) => ({ id: `about_${id}`, statement })),
  }],
};

const evaluation = {
  rubric: { id: "hostile", version: "1.0.0" }, employee: { id: "E-1", name: "Ann <img src=x onerror=alert(1)> Bo" },
  evaluators: [{ id: "E-2", name: "\"Bo\" </script>" }], period: { from: "2025-08-25", to: "2026-06-12" }, status: "final",
  summary: Object.values(TEXTS).join("\n\n"),
  ratings: Object.fromEntries(Object.entries(TEXTS).map(([id, comment]) => [`about_${id}`, { level: "yes", comment }])),
};

const rubricFile = write("hostile.yaml", rubric);
const evaluationFile = write("evaluation.json", evaluation);

const PAGES = {
  form: ["form", rubricFile],
  prefilled: ["form", rubricFile, "--evaluation", evaluationFile, "--respond"],
  beside: ["form", rubricFile, "--beside", evaluationFile],
  report: ["report", evaluationFile, "--rubric", rubricFile],
  goals: ["goals", evaluationFile, "--rubric", rubricFile],
};

for (const [name, args] of Object.entries(PAGES)) {
  test(`${name}: hostile texts harm nothing and are there`, () => inPage(made(`${name}.html`, ...args), {}, async (page) => {
    const seen = await page.evaluate(() => document.body.textContent);
    if (name !== "goals") for (const text of Object.values(TEXTS)) assert.ok(seen.includes(text), text.slice(0, 60));
    assert.ok(seen.includes(rubric.title));
    const title = await page.title();
    assert.ok([rubric.title, evaluation.employee.name].some((text) => title.includes(text)), title);
    assert.equal(await page.evaluate(() => globalThis.hurt), undefined);
    assert.equal(await page.locator("img, iframe, object, body script:not([type]):not(:last-of-type)").count(), 0);
    assert.deepEqual(page.dialogs, []);
    assert.deepEqual(await violations(page), []);
    await page.setViewportSize({ width: 320, height: 640 });
    assert.deepEqual(await sticksOut(page), []);
  }));
}

test("hostile texts are opened, typed and saved as themselves", () => inPage(file("form.html"), {}, async (page) => {
  await opened(page, evaluationFile);
  assert.deepEqual(page.dialogs, []);
  const { value } = await saved(page, "opened.json");
  for (const [id, text] of Object.entries(TEXTS)) {
    assert.equal(value.ratings[`about_${id}`].comment, text);
    await page.fill(`#rating-about_${id} textarea`, `${text}\n${text}`);
  }
  const typed = await saved(page, "typed.json");
  for (const [id, text] of Object.entries(TEXTS)) assert.equal(typed.value.ratings[`about_${id}`].comment, `${text}\n${text}`);
  assert.equal(typed.value.employee.name, evaluation.employee.name);
  assert.equal(typed.value.summary, evaluation.summary);
  const found = check(rubricFile, typed.path);
  assert.equal(found.status, 0, found.printed);
  assert.equal(await page.evaluate(() => globalThis.hurt), undefined);
}));

test("hostile texts are in the sheet and the schema as well", () => {
  const schema = JSON.parse(appraise("form", rubricFile, "--format", "json-schema"));
  const written = JSON.stringify(schema);
  for (const text of Object.values(TEXTS)) assert.ok(written.includes(JSON.stringify(text).slice(1, -1)), text.slice(0, 60));
  assert.ok(!readFileSync(file("form.html"), "utf8").includes("<script>window.hurt"));
});
