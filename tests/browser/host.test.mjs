// A form in a host's own page. The schemas: react-jsonschema-form renders them, and what it submits is an evaluation. The page
// itself: in a frame that may do as little as possible.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { build } from "esbuild";
import { inPage } from "./support/browser.mjs";
import { appraise, check, file, made, project, write } from "./support/program.mjs";

const PAGE = `
  import React from "react";
  import { createRoot } from "react-dom/client";
  import Form from "@rjsf/core";
  import validator from "@rjsf/validator-ajv8";
  window.start = (schema, uiSchema, formData) => {
    createRoot(document.getElementById("root")).render(React.createElement(Form, {
      schema, uiSchema, formData, validator, noHtml5Validate: true, showErrorList: false,
      onSubmit: (event) => { window.submitted = event.formData; },
      onError: (errors) => { window.refused = errors.map((error) => error.stack); },
    }));
  };
`;

await build({
  stdin: { contents: PAGE, resolveDir: project("tests/browser") }, outfile: file("host.js"),
  bundle: true, format: "iife", define: { "process.env.NODE_ENV": '"production"' }, logLevel: "silent",
});
write("host.html", '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Host</title><div id="root"></div><script src="host.js"></script></html>');

// With the number of their indicators; the second has four levels, with a descriptor for each.
const RUBRICS = { connecticut_school_social_work: 67, "examples/rubrics/riverside_school_counselor.yaml": 10 };

async function started(page, rubric) {
  const [schema, ui] = ["json-schema", "ui-schema"].map((format) => JSON.parse(appraise("form", rubric, "--format", format)));
  await page.evaluate(([one, two]) => window.start(one, two), [schema, ui]);
  await page.waitForSelector('input[type="radio"][name*="ratings"]');
  await page.fill("#root_employee_id", "E-1042");
  await page.fill("#root_employee_name", "Jordan </script> “Rivera”");
  if (await page.locator("#root_evaluators_0_id").count() === 0) await page.click("#root_evaluators .rjsf-array-item-add button");
  await page.fill("#root_evaluators_0_id", "E-0007");
  await page.fill("#root_evaluators_0_name", "Priya Shah");
  await page.fill("#root_period_from", "2025-08-25");
  await page.fill("#root_period_to", "2026-06-12");
  return page.$$eval('input[type="radio"][name*="ratings"]', (all) => [...new Set(all.map((one) => one.name))]);
}

async function submitted(page) {
  await page.evaluate(() => { window.submitted = window.refused = undefined; });
  await page.click('button[type="submit"]');
  await page.waitForFunction(() => window.submitted ?? window.refused);
  return page.evaluate(() => ({ value: window.submitted, refused: window.refused }));
}

for (const [rubric, indicators] of Object.entries(RUBRICS)) {
  test(`react-jsonschema-form: ${rubric}, filled in and submitted`, () => inPage(file("host.html"), {}, async (page) => {
    const names = await started(page, rubric);
    assert.equal(names.length, indicators);
    // Choices are shown by their labels, and rows in the order of the rubric.
    const titles = await page.$$eval('[id^="root_ratings_"] > legend, [id^="root_ratings_"][id$="__title"]', (all) => all.map((one) => one.textContent));
    assert.ok(titles.length >= names.length, `${titles.length} titles`);
    await page.locator(`input[name="${names[0]}"]`).first().check();
    // A user clicks; sixty more clicks with the mouse would say no more.
    await page.evaluate(async (rest) => {
      for (const name of rest) {
        document.querySelectorAll(`input[name="${name}"]`)[1].click();
        await new Promise((done) => { setTimeout(done); });
      }
    }, names.slice(1));
    const without = await submitted(page);
    assert.equal(without.value, undefined, "at the lowest level a comment is asked for");
    assert.match(without.refused.join(), /comment/i);
    await page.fill(`#${names[0].replace(/_level$/, "_comment")}`, "Because “x” </script>");
    const { value, refused } = await submitted(page);
    assert.equal(refused, undefined);
    assert.equal(value.employee.name, "Jordan </script> “Rivera”");
    const found = check(...(rubric.endsWith(".yaml") ? [rubric] : []), write("host.json", value));
    assert.equal(found.status, 0, found.printed);
    assert.match(found.printed, new RegExp(`${names.length} of ${names.length} indicators`));
  }));
}

made("framed.html", "form", "connecticut_school_social_work");
write("frame.html", `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Host</title>
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; frame-src file:; style-src 'unsafe-inline'">
  <iframe sandbox="allow-scripts allow-downloads" src="framed.html" title="Form" style="width: 60rem; height: 40rem"></iframe>`);

test("in a frame without an origin of its own the form is filled in and saved, and says that it can keep no copy", () => inPage(file("frame.html"), {}, async (page) => {
  const [, frame] = page.frames();
  await frame.waitForSelector("html.scripted");
  await frame.check('#rating-self_growth input[value="has_met"]');
  await frame.click("#keep");
  assert.match(await frame.textContent("#notices"), /This browser keeps no copies\. Download the evaluation/);
  assert.equal(await frame.isChecked("#keep"), false);
  const [download] = await Promise.all([page.waitForEvent("download"), frame.click('[data-do="download"]')]);
  await download.saveAs(file("from-frame.json"));
  assert.deepEqual(JSON.parse(readFileSync(file("from-frame.json"), "utf8")).ratings, { self_growth: "has_met" });
  assert.equal(await frame.textContent("#progress"), "1 of 67 rated, saved");
}));
