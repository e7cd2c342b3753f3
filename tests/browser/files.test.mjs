// Evaluations as files: what is opened comes out as it went in, and what cannot be opened harms nothing.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { confirmed, inPage, opened, saved } from "./support/browser.mjs";
import { appraise, check, evaluations, made, nameOf, rubricOf, rubrics, understood, write } from "./support/program.mjs";

const ID = "connecticut_school_social_work";
const rubric = rubrics.find((path) => nameOf(path) === ID);
const form = made("form.html", "form", rubric);

// An evaluation as JSON, a level alone written out as the group that it stands for.
const long = (document) => ({
  type: "formal", status: "draft", ...document,
  ratings: Object.fromEntries(Object.entries(document.ratings).map(([id, rating]) => [id, typeof rating === "string" ? { level: rating } : rating])),
});

for (const evaluation of evaluations.filter((path) => rubricOf(path) === rubric)) {
  test(`${nameOf(evaluation)} is opened and saved as it was, with what the form has no field for`, () => inPage(form, {}, async (page) => {
    const document = JSON.parse(appraise("migrate", evaluation, "--to", ID, "--format", "json"));
    // Of the host, which keeps what it likes there, and of a version of the program that knows more.
    document.extra = { host: [1, { deep: "<b>" }], number: 0 };
    document.later = { x: [1, {}] };
    Object.values(document.ratings).find((rating) => typeof rating === "object").later = [true];
    const text = JSON.stringify(document).replace('"number":0', '"number":12345678901234567890.10');
    const said = await opened(page, write("in.json", text));
    assert.match(said, /^Opened in\.json\./);
    assert.match(await page.textContent("#progress"), new RegExp(`${Object.keys(document.ratings).length} |^All`));
    const file = await saved(page, "out.json");
    assert.deepEqual(long(file.value), long(JSON.parse(text)));
    assert.match(readFileSync(file.path, "utf8"), /12345678901234567890\.10/);
    // The same to the program: what it computes rests on the same text.
    const plain = ({ later, ...rest }) => ({ ...rest, ratings: Object.fromEntries(Object.entries(rest.ratings).map(([id, { later: _, ...rating }]) => [id, rating])) });
    const [before, after] = [long(JSON.parse(text)), long(file.value)].map((value, at) => understood(write(`plain-${at}.json`, plain(value))));
    assert.deepEqual(after, before);
    assert.match(after.fingerprint, /^[0-9a-z:]{16,}$/);
  }));
}

// What no field shows: numbers that JavaScript would write in other digits, nothing in a list, names that mean something to it.
const EXTRA = '{"big":12345678901234567890123,"f":1.10,"e":1e30,"E":1E+2,"neg":-0,"nz":-0.0,"tiny":1e-400,"huge":1e400,"prec":0.1000000000000000055511151231257827,'
  + '"a":null,"b":[null,1,[null,[]],{}],"c":{"d":null},"o":{},"l":[],"empty":"","text":"#1 \\"2.50\\" \'3.0","__proto__":{"x":1.0},"constructor":"y",'
  + '"form_entries":{"self_growth":"has_met","gone":{"comment":"c","n":2.50}}}';
const ORPHANED = '[{"kind":"input","id":"z","given_for":{"rubric":"old"},"value":[null,1.50,-0.0,1e400,{"n":null,"x":12345678901234567890123}]}]';
const CARRIED = write("carried.json", `{"rubric":{"id":"${ID}"},"employee":{"id":"E-1","name":"Ann"},"evaluators":[{"id":"E-2","name":"Bo"}],
  "period":{"from":"2025-08-25","to":"2026-06-12"},"ratings":{},"orphaned":${ORPHANED},"extra":${EXTRA}}`);

for (const [how, page, file] of [
  ["opened", form, CARRIED],
  ["of an evaluation", made("carried.html", "form", "--evaluation", CARRIED), undefined],
  ["responded to", made("carried-respond.html", "form", "--evaluation", CARRIED, "--respond"), undefined],
]) {
  test(`what a form has no field for comes out digit for digit: ${how}`, () => inPage(page, {}, async (page) => {
    if (file) await opened(page, file);
    const isIn = (text) => {
      const written = text.replace(/\n */g, "").replaceAll('": ', '":');
      assert.ok(written.includes(`"orphaned":${ORPHANED}`), written);
      assert.ok(written.includes(`"extra":${EXTRA}`), written);
    };
    const { path } = await saved(page, "carried-out.json");
    isIn(readFileSync(path, "utf8"));
    assert.equal(check(path).status, 0, check(path).printed);
    if (how === "responded to") return;
    // So does a copy in the browser.
    await page.fill('[data-key="summary"]', "Later.");
    await page.evaluate(() => dispatchEvent(new Event("pagehide")));
    isIn(await page.evaluate(() => Object.values(localStorage).join()));
    page.dialogs.length = 0;
    await page.reload();
    await page.click('#copies button:has-text("Open it")');
    isIn(readFileSync((await saved(page, "carried-copy.json")).path, "utf8"));
  }));
}

test("a number in a field stays as it is written, until somebody writes another", () => inPage(form, {}, async (page) => {
  const text = readFileSync(CARRIED, "utf8").replace('"ratings":{}', '"ratings":{},"contact_hours_before":7.50,"professional_development":[{"date":"2025-10-14","title":"x","contact_hours":1.0}]');
  await opened(page, write("hours.json", text));
  assert.equal(await page.inputValue('[data-key="contact_hours_before"]'), "7.50");
  await page.fill('[data-list="professional_development"] [data-key="contact_hours"]', "2.5");
  const { path } = await saved(page, "hours-out.json");
  assert.match(readFileSync(path, "utf8"), /"contact_hours": 2\.5\n[^]*"contact_hours_before": 7\.50,/);
}));

test("a draft is gone on with", () => inPage(form, {}, async (page) => {
  const draft = evaluations.find((path) => nameOf(path) === "chen_draft");
  await opened(page, write("draft.json", appraise("migrate", draft, "--to", ID, "--format", "json")));
  const [before] = (await page.textContent("#progress")).split(" ").map(Number);
  await page.click('[data-do="next"]');
  await page.keyboard.press("2");
  const { path, value } = await saved(page, "later.json");
  assert.equal(Object.keys(value.ratings).length, before + 1);
  assert.equal(check(path).status, 0, check(path).printed);
}));

const WRONG = [
  ["not.json", "not json", /not JSON/],
  ["draft.yaml", "rubric: { id: x }", /YAML, and this page opens JSON/],
  ["list.json", "[]", /not a group of keys/],
  ["nothing.json", "null", /empty/],
  ["none.json", "", /not JSON/],
  ["other.json", '{"rubric":{"id":"other"}}', /made with the rubric `other`/],
  ["no-rubric.json", "{}", /does not name the rubric/],
  ["subject.json", `{"rubric":{"id":"${ID}"},"organization":{"id":"x","name":"y"}}`, /about an organization/],
  ["shapes.json", `{"rubric":{"id":"${ID}"},"period":{"from":"2026-02-30"},"evaluators":"x","ratings":{"a":5}}`, /`period\.from` is not a date.*`evaluators` is not a list|`evaluators`.*`period\.from`/],
  ["hostile.json", '{"rubric":{"id":"<img src=x onerror=alert(1)>"}}', /<img src=x onerror=alert\(1\)>/],
];

test("a wrong file is refused with what is wrong, and what was entered stays", () => inPage(form, {}, async (page) => {
  await page.fill('[data-key="employee.name"]', "Kept");
  await page.check('#rating-self_growth input[value="has_met"]');
  for (const [name, text, says] of WRONG) {
    const said = await opened(page, write(name, text));
    assert.match(said, new RegExp(`^${name.replace(".", "\\.")} was not opened, and nothing here has changed: `));
    assert.match(said, says);
    assert.equal(await page.inputValue('[data-key="employee.name"]'), "Kept");
    assert.equal(await page.textContent("#progress"), "1 of 67 rated");
  }
  assert.deepEqual(page.dialogs, []);
}));

test("a right file asks before it takes the place of what is not saved", () => inPage(form, {}, async (page) => {
  const text = write("right.json", { rubric: { id: ID }, employee: { id: "E-1", name: "Ann Bo" }, ratings: {} });
  await page.fill('[data-key="employee.name"]', "Kept");
  page.refusesDialogs = true;
  await page.setInputFiles("#file", text);
  await page.waitForFunction(() => document.getElementById("file").value === "");
  assert.equal(page.dialogs.length, 1);
  assert.match(page.dialogs[0], /^confirm: .*not saved/);
  assert.equal(await page.inputValue('[data-key="employee.name"]'), "Kept");
  page.refusesDialogs = false;
  await opened(page, text);
  assert.equal(await page.inputValue('[data-key="employee.name"]'), "Ann Bo");
}));

test("ratings and levels that the form does not have are told, and kept", () => inPage(form, {}, async (page) => {
  const said = await opened(page, write("odd.json", {
    rubric: { id: ID, version: "0.9.0" }, employee: { id: "E-1", name: "Ann Bo" },
    ratings: { self_growth: { level: "has_meet", comment: "a\r\nb" }, gone: "has_met", policy_change: "has_met" },
  }));
  assert.match(said, /not on this form: 1/);
  assert.match(said, /levels that are not on this form: 1/);
  assert.match(await page.textContent("#other-text"), /another text of the rubric/);
  const { value } = await saved(page, "odd-out.json");
  assert.deepEqual(value.ratings, { self_growth: { level: "has_meet", comment: "a\r\nb" }, gone: "has_met", policy_change: "has_met" });
  assert.deepEqual(value.rubric, { id: ID, version: "0.9.0" });
}));

test("leaving with unsaved ratings warns, and not before or after", () => inPage(form, {}, async (page) => {
  const warned = async () => {
    page.dialogs.length = 0;
    await page.reload();
    return page.dialogs.filter((dialog) => dialog.startsWith("beforeunload")).length;
  };
  assert.equal(await warned(), 0, "untouched");
  await page.click('#rating-self_growth label:has([value="has_met"])');
  assert.equal(await warned(), 1, "rated");
  await page.click('#rating-self_growth label:has([value="has_met"])');
  await saved(page, "left.json");
  assert.equal(await warned(), 1, "asked for, and nobody has said that it is there");
  await page.click('#rating-self_growth label:has([value="has_met"])');
  await saved(page, "left.json");
  await confirmed(page);
  assert.equal(await warned(), 0, "confirmed");
}));

test("a copy is kept until it is turned off, and then it is gone", () => inPage(form, {}, async (page) => {
  const stored = () => page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  await page.clock.install();
  assert.match(await page.textContent("#keep-note"), /A copy of what is entered is kept in this browser .* Untick to forget it now/);
  await page.clock.runFor(60_000);
  assert.equal(await stored(), 0, "nothing is entered yet");
  await page.fill('[data-key="employee.name"]', "Ann Bo");
  await page.check('#rating-self_growth input[value="has_met"]');
  await page.fill("#rating-informed_consent textarea", "only a comment");
  await page.clock.runFor(1000);
  await page.fill("#rating-informed_consent textarea", "only a comment, longer");
  await page.clock.runFor(1000);
  assert.ok(await page.evaluate(() => Object.values(localStorage).join().includes("longer")));
  await page.reload();
  assert.match(await page.textContent("#copies"), /Ann Bo, 1 rating; kept .*, in this tab\./);
  await page.click('#copies button:has-text("Open it")');
  assert.equal(await page.inputValue("#rating-informed_consent textarea"), "only a comment, longer");
  assert.equal(await page.isChecked('#rating-self_growth input[value="has_met"]'), true);
  assert.equal(await stored(), 1);
  await page.uncheck("#keep");
  assert.equal(await stored(), 0);
  await page.fill("#rating-informed_consent textarea", "not to be kept");
  await page.clock.runFor(1000);
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  assert.equal(await page.evaluate(() => localStorage.length), 0);
}));
