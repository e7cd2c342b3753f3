// Nothing that somebody wrote is lost by what comes after: half-finished values, what other forms set aside, copies of other
// evaluations, identifiers that are corrected, another text of the rubric.

import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmed, inPage, opened, saved } from "./support/browser.mjs";
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
  await page.clock.runFor(1000);
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

// A second tab of the same browser.
const tabOf = async (page, path) => {
  const tab = await page.context().newPage();
  tab.dialogs = [];
  tab.on("dialog", (dialog) => { tab.dialogs.push(dialog.message()); return dialog.accept(); });
  await tab.goto(`file://${path}`);
  return tab;
};
const stored = (page) => page.evaluate(() => Object.entries(localStorage).map(([key, copy]) => [key, JSON.parse(copy)]));
const commentIn = (id) => `#rating-${id} [data-key="comment"]`;
const isKept = (page, text) => page.waitForFunction((one) => Object.values(localStorage).some((copy) => copy.includes(one)), text);

test("two tabs at one evaluation keep a copy each, and both are offered", () => inPage(form, {}, async (page) => {
  await opened(page, write("one.json", { ...ONE, ratings: { a1: "has_met" } }));
  await page.fill(commentIn("a1"), "First tab.");
  await isKept(page, "First tab.");
  const other = await tabOf(page, form);
  assert.match(await other.textContent("#copies"), /Ann Bo \(E-9\), from 2025-08-25, 1 rating; kept .*, in another tab or earlier\./);
  await other.click('#copies button:has-text("Open it")');
  await other.fill(commentIn("a2"), "Second tab.");
  await page.fill(commentIn("b1"), "First tab again.");
  await Promise.all([isKept(other, "Second tab."), isKept(page, "First tab again.")]);
  const copies = await stored(page);
  assert.equal(copies.length, 2);
  assert.equal(new Set(copies.map(([key]) => key)).size, 2);
  for (const [key] of copies) assert.match(key, /^appraise-form\/small\/E-9\//);
  const third = await tabOf(page, form);
  assert.equal(await third.locator("#copies .notice").count(), 2);
  // Whoever has the file keeps no copy; what the other tab wrote meanwhile stays.
  await saved(other, "second.json");
  await confirmed(other);
  assert.deepEqual((await stored(page)).map(([, copy]) => JSON.stringify(copy.value).includes("First tab again.")), [true]);
}));

test("what was written just before the page is closed or hidden is in the copy", () => inPage(form, {}, async (page) => {
  await page.clock.install();
  await page.fill(commentIn("a1"), "Before.");
  await page.clock.runFor(100);
  await page.fill(commentIn("a1"), "Last words.");
  assert.ok(!JSON.stringify(await stored(page)).includes("Last words."));
  await page.evaluate(() => {
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  assert.ok(JSON.stringify(await stored(page)).includes("Last words."), "hidden");
  await page.fill(commentIn("a1"), "The very last.");
  await page.reload();
  assert.equal(await page.locator("#copies .notice").count(), 1);
  await page.click('#copies button:has-text("Open it")');
  assert.equal(await page.inputValue(commentIn("a1")), "The very last.");
}));

test("a tab that is duplicated does not write into the copy of the first", () => inPage(form, {}, async (page) => {
  await page.fill('[data-key="employee.id"]', "E-9");
  await page.fill(commentIn("a1"), "Here.");
  await isKept(page, "Here.");
  const [other] = await Promise.all([page.context().waitForEvent("page"), page.evaluate(() => { open(location.href); })]);
  await other.waitForSelector("html.scripted");
  await other.fill('[data-key="employee.id"]', "E-9");
  await other.fill(commentIn("a1"), "There.");
  await isKept(other, "There.");
  assert.equal((await stored(page)).length, 2);
}));

test("a form for one person neither offers another's copy nor opens another's file unasked", () => inPage(form, {}, async (page) => {
  const BEN = { ...ONE, employee: { id: "E-8", name: "Ben Ode" } };
  await opened(page, write("ben.json", { ...BEN, ratings: {} }));
  await page.fill(commentIn("a1"), "Of Ben.");
  await isKept(page, "Of Ben.");
  const ann = await tabOf(page, made("ann.html", "form", small, "--evaluation", write("ann.json", { ...ONE, ratings: {} })));
  assert.equal(await ann.locator("#copies .notice").count(), 0);
  await ann.setInputFiles("#file", write("ben.json", { ...BEN, ratings: {} }));
  await ann.waitForFunction(() => document.getElementById("notices").textContent.startsWith("Opened"));
  assert.deepEqual(ann.dialogs, ["This form was made for Ann Bo (E-9). The file is about Ben Ode (E-8). Open it anyway?"]);
  // What was written here about somebody else is offered here again.
  await ann.fill(commentIn("a2"), "Of Ben, in Ann's form.");
  await isKept(ann, "Of Ben, in Ann");
  await ann.reload();
  assert.equal(await ann.locator("#copies .notice").count(), 1);
}));

test("an identifier that is corrected takes its copy along", () => inPage(form, {}, async (page) => {
  for (const id of ["E", "E-1", "E-12"]) {
    await page.fill('[data-key="employee.id"]', id);
    await isKept(page, `"id": "${id}"`);
  }
  assert.deepEqual((await stored(page)).map(([key]) => key.split("/")[2]), ["E-12"]);
}));

test("a response that is not saved is offered again, with the evaluation as it is now", async () => {
  const path = (text) => made("respond.html", "form", small, "--respond", "--evaluation", write("responded-to.json", { ...ONE, ratings: { a1: { level: "has_met", comment: text } } }));
  await inPage(path("As it was."), {}, async (page) => {
    await page.click('#responses [data-do="add"]');
    await page.fill('#responses [data-key="text"]', "I see it otherwise.");
    await isKept(page, "I see it otherwise.");
    path("As it is now.");
    await page.reload();
    await page.click('#copies button:has-text("Open it")');
    assert.equal(await page.inputValue('#responses [data-key="text"]'), "I see it otherwise.");
    assert.equal(await page.inputValue(commentIn("a1")), "As it is now.");
  });
});

test("two digits of a year are asked about when the field is left, and told until they are mended", () => inPage(form, {}, async (page) => {
  const from = page.locator('[data-key="period.from"]');
  const type = async (digits) => {
    await from.focus();
    await page.keyboard.type(digits);
    await page.locator('[data-key="period.to"]').focus();
  };
  await type("082525");
  assert.deepEqual(page.dialogs, ["confirm: Period, first day: the year is written as 0025. Is 2025 meant?"]);
  assert.equal(await from.inputValue(), "2025-08-25");
  page.refusesDialogs = true;
  await from.fill("");
  await type("082598");
  assert.match(page.dialogs.at(-1), /0098\. Is 1998 meant/);
  await saved(page, "year.json");
  assert.match(await page.textContent("#problems"), /Period, first day: the year 0098 has two digits; write 1998 if that is meant/);
}));

test("what a word processor pastes is saved as text that can be read", () => inPage(form, {}, async (page) => {
  await opened(page, write("one.json", { ...ONE, ratings: { a1: "has_met", a2: "has_met" } }));
  const paste = async (id, text) => {
    await page.focus(commentIn(id));
    await page.evaluate((one) => document.execCommand("insertText", false, one), text);
    await page.locator(commentIn(id)).blur();
  };
  await paste("a1", "Bo\u2019s notes:\u00a0met \u201cgood\u201d\u2026\r\n\u2022\tFirst\u000bsoft\u0007 \u{1f600} end\u2028next\u0085x\ud83d.");
  await paste("a2", "dash \u0096 and \u0092quote\u0092\u0085");
  const seen = await page.inputValue(commentIn("a1"));
  const { value, path } = await saved(page, "word.json");
  assert.equal(value.ratings.a1.comment, "Bo\u2019s notes:\u00a0met \u201cgood\u201d\u2026\n\u2022\tFirst\nsoft \u{1f600} end\nnext\nx\ufffd.");
  assert.equal(value.ratings.a2.comment, "dash – and ’quote’…");
  assert.equal(seen, value.ratings.a1.comment);
  // Half a character was there, and the program says where.
  const found = check(small, path);
  assert.deepEqual([found.status, found.codes], [0, ["garbled-text"]], found.printed);
}));
