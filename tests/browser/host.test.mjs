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

// Its plain renderers show no groups within groups, so the host names the controls.
const JSON_FORMS = `
  import React from "react";
  import { createRoot } from "react-dom/client";
  import { JsonForms } from "@jsonforms/react";
  import { vanillaRenderers, vanillaCells } from "@jsonforms/vanilla-renderers";
  window.start = (schema, data) => {
    const ids = Object.keys(schema.properties.ratings.properties);
    const controls = ids.flatMap((id) => ["level", "comment"].map((key) => ({ type: "Control", scope: "#/properties/ratings/properties/" + id + "/properties/" + key })));
    createRoot(document.getElementById("root")).render(React.createElement(JsonForms, {
      schema, data, uischema: { type: "VerticalLayout", elements: controls }, renderers: vanillaRenderers, cells: vanillaCells,
      onChange: ({ data, errors }) => { window.changed = { data, errors: (errors ?? []).map((error) => error.instancePath + " " + error.message) }; },
    }));
  };
`;

// A host's page with the packages of a folder.
async function host(name, contents, folder) {
  await build({
    stdin: { contents, resolveDir: project(folder) }, outfile: file(`${name}.js`),
    bundle: true, format: "iife", define: { "process.env.NODE_ENV": '"production"' }, logLevel: "silent",
  });
  return write(`${name}.html`, `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Host</title><div id="root"></div><script src="${name}.js"></script></html>`);
}

const RJSF = {
  "react-jsonschema-form 5": await host("rjsf-5", PAGE, "tests/browser/rjsf5"),
  "react-jsonschema-form 6": await host("rjsf-6", PAGE, "tests/browser"),
};
const jsonForms = await host("json-forms", JSON_FORMS, "tests/browser");

// With the number of their indicators; the second has four levels, with a descriptor for each.
const RUBRICS = { connecticut_school_social_work: 67, "examples/rubrics/riverside_school_counselor.yaml": 10 };

async function started(page, rubric) {
  const [schema, ui] = ["json-schema", "ui-schema"].map((format) => JSON.parse(appraise("form", rubric, "--format", format)));
  await page.evaluate(([one, two]) => window.start(one, two), [schema, ui]);
  await page.waitForSelector('input[type="radio"][name*="ratings"]');
  await page.fill("#root_employee_id", "E-1042");
  await page.fill("#root_employee_name", "Jordan </script> “Rivera”");
  if (await page.locator("#root_evaluators_0_id").count() === 0) await page.click("#root_evaluators :is(.rjsf-array-item-add button, .btn-add)");
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

for (const [version, path] of Object.entries(RJSF)) for (const [rubric, indicators] of Object.entries(RUBRICS)) {
  test(`${version}: ${rubric}, filled in and submitted`, () => inPage(path, {}, async (page) => {
    const names = await started(page, rubric);
    assert.equal(names.length, indicators);
    // Choices are shown by their labels, and rows in the order of the rubric.
    const titles = await page.$$eval('[id^="root_ratings_"] > legend, [id^="root_ratings_"][id$="__title"]', (all) => all.map((one) => one.textContent));
    assert.ok(titles.length >= names.length, `${titles.length} titles`);
    assert.equal(await page.locator(`input[name="${names[0]}"]:checked`).count(), 0, "nobody is rated by default");
    const [label] = await page.$$eval(`input[name="${names[0]}"]`, (all) => all.map((one) => one.closest("label").textContent.trim()));
    assert.match(label, /^[A-Z][^_]+$/, "a level is shown as people call it");
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

for (const [version, path] of Object.entries(RJSF)) {
  test(`${version}: a number scale is a field that takes each number of its range`, () => inPage(path, {}, async (page) => {
    await started(page, "examples/rubrics/harlow_school_social_work.yaml");
    const field = page.locator("#root_ratings_portfolio_level");
    const refusals = async (number) => {
      await field.fill(number);
      return (await submitted(page)).refused ?? [];
    };
    const others = await refusals("9");
    // The first two are no multiples of 0.1 in binary.
    for (const number of ["0.3", "0.7", "12.5", "15", "0"]) assert.deepEqual(await refusals(number), others, number);
    for (const number of ["15.1", "-1"]) assert.equal((await refusals(number)).length, others.length + 1, number);
  }));
}

const MINIMAL = {
  rubric: { id: "connecticut_school_social_work" }, employee: { id: "E-1", name: "Ann" }, evaluators: [{ id: "E-2", name: "Bo" }],
  period: { from: "2025-08-25", to: "2026-06-12" }, ratings: { self_growth: { level: "has_met" } },
};

for (const [version, path] of Object.entries(RJSF)) {
  test(`${version}: what it fills in by itself is no error, and can be read`, () => inPage(path, {}, async (page) => {
    const [schema, ui] = ["json-schema", "ui-schema"].map((format) => JSON.parse(appraise("form", MINIMAL.rubric.id, "--format", format)));
    await page.evaluate(([one, two, three]) => window.start(one, two, three), [schema, ui, MINIMAL]);
    await page.waitForSelector('input[type="radio"][name*="ratings"]');
    const { value, refused } = await submitted(page);
    assert.equal(refused, undefined);
    const found = check(write("filled.json", value));
    assert.deepEqual([found.status, found.codes], [0, []], found.printed);
    assert.match(found.printed, /1 of 67 indicators/);
  }));
}

test("JSON Forms: each indicator is a choice of the levels, and what is chosen is an evaluation", () => inPage(jsonForms, {}, async (page) => {
  const schema = JSON.parse(appraise("form", MINIMAL.rubric.id, "--format", "json-schema"));
  await page.evaluate(([one, two]) => window.start(one, two), [schema, MINIMAL]);
  const chosen = page.locator('select:has(option[value="exceeds_expectations"])');
  await chosen.first().waitFor();
  assert.equal(await chosen.count(), 67);
  assert.equal(await chosen.first().inputValue(), "has_met");
  assert.equal(await chosen.nth(1).inputValue(), "");
  await chosen.nth(1).selectOption("exceeds_expectations");
  await page.waitForFunction(() => Object.values(window.changed?.data.ratings ?? {}).some((rating) => rating.level === "exceeds_expectations"));
  const { data, errors } = await page.evaluate(() => window.changed);
  assert.deepEqual(errors, []);
  const found = check(write("json-forms.json", data));
  assert.deepEqual([found.status, found.codes], [0, []], found.printed);
}));

// The part that `act` plays in a form in a sandbox that allows no downloads, which the page can see or not.
const inSandbox = (name, sandbox, act) => {
  const host = write(`${name}.html`, `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Host</title>
    <iframe id="frame" title="Form" style="width: 60rem; height: 40rem"></iframe>`);
  return inPage(host, {}, async (page) => {
    page.expectsBlocking = true;
    const downloads = [];
    page.on("download", (download) => downloads.push(download));
    await page.evaluate(([flags, text]) => {
      document.getElementById("frame").sandbox = flags;
      document.getElementById("frame").srcdoc = text;
    }, [sandbox, readFileSync(file("framed.html"), "utf8")]);
    await page.waitForFunction(() => frames.length === 1);
    const [, frame] = page.frames();
    await frame.waitForSelector("html.scripted");
    await frame.check('#rating-self_growth input[value="has_met"]');
    await frame.click('[data-do="download"]');
    await act(frame);
    assert.equal(downloads.length, 0);
  });
};

made("framed.html", "form", "connecticut_school_social_work");
write("frame.html", `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Host</title>
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; frame-src file:; style-src 'unsafe-inline'">
  <iframe sandbox="allow-scripts allow-downloads" src="framed.html" title="Form" style="width: 60rem; height: 40rem"></iframe>`);

test("in a frame without an origin of its own the form is filled in and saved, and says that it can keep no copy", () => inPage(file("frame.html"), {}, async (page) => {
  const [, frame] = page.frames();
  await frame.waitForSelector("html.scripted");
  await frame.check('#rating-self_growth input[value="has_met"]');
  assert.match(await frame.textContent("#keep-note"), /^This browser keeps no copy of this page: download/);
  assert.equal(await frame.isChecked("#keep"), false);
  const [download] = await Promise.all([page.waitForEvent("download"), frame.click('[data-do="download"]')]);
  await download.saveAs(file("from-frame.json"));
  assert.deepEqual(JSON.parse(readFileSync(file("from-frame.json"), "utf8")).ratings, { self_growth: "has_met" });
  assert.equal(await frame.textContent("#progress"), "1 of 67 rated");
  await frame.click('#saving button:has-text("Yes")');
  assert.equal(await frame.textContent("#progress"), "1 of 67 rated, saved");
}));

for (const [name, sandbox, says] of [
  ["opaque", "allow-scripts", /^This page stands in a frame that may allow no downloads\. Is evaluation-formal-draft\.json in your downloads\? If it is not, copy the text\./],
  ["seen", "allow-scripts allow-same-origin", /^This page stands in a frame that allows no downloads\. Copy the text of the evaluation instead\./],
]) {
  test(`in a sandbox without downloads (${sandbox}) nothing is called saved, and the text is offered`, () => inSandbox(name, sandbox, async (frame) => {
    assert.match(await frame.textContent("#saving"), says);
    assert.equal(await frame.textContent("#progress"), "1 of 67 rated");
    assert.equal(await frame.isVisible("#as-text"), true);
    assert.match(await frame.textContent("#as-text"), /paste it into a plain-text editor .* evaluation-formal-draft\.json/);
    assert.deepEqual(JSON.parse(await frame.inputValue("#as-text textarea")).ratings, { self_growth: "has_met" });
    await frame.click('#as-text [data-do="confirm"]');
    assert.equal(await frame.textContent("#progress"), "1 of 67 rated, saved");
    assert.equal(await frame.isVisible("#as-text"), false);
  }));
}

test("in a frame without dialogs a question stands in the page", () => inSandbox("questions", "allow-scripts", async (frame) => {
  await frame.click('[data-list="goals"] > [data-do="add"]');
  await frame.fill('[data-list="goals"] [data-key="statement"]', "Practice.");
  await frame.click('[data-list="goals"] [data-do="remove"]');
  assert.match(await frame.textContent("#notices"), /^Remove goal with what is in it\? *Yes *No$/);
  await frame.click('#notices button:has-text("Yes")');
  assert.equal(await frame.locator('[data-list="goals"] .row').count(), 0);
}));
