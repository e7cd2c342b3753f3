// What tests do in the browser.

import { readFileSync } from "node:fs";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { browser } from "./chromium.mjs";
import { file, project } from "./program.mjs";

// One for all the tests of a file; contexts keep them apart.
let shared;
after(async () => (await shared)?.close());

// Opens a page from disk and gives it to `act`; then nothing may have gone wrong in it, and nothing have left it.
export async function inPage(path, options, act) {
  shared ??= browser();
  const context = await (await shared).newContext({ viewport: { width: 1280, height: 900 }, locale: "en-US", acceptDownloads: true, ...options });
  const wrong = [];
  context.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) wrong.push(`request: ${request.url()}`);
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    // The browser says so itself where a frame may not save.
    const isExpected = page.expectsBlocking && /Download is disallowed|frame initiating or instantiating the download is sandboxed|Clipboard|can escape its sandboxing/i.test(message.text());
    if (["error", "warning"].includes(message.type()) && !isExpected) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`error: ${error.stack}`));
  page.dialogs = [];
  page.on("dialog", (dialog) => {
    page.dialogs.push(`${dialog.type()}: ${dialog.message()}`);
    return page.refusesDialogs ? dialog.dismiss() : dialog.accept();
  });
  try {
    await page.goto(pathToFileURL(path).href);
    const result = await act(page);
    if (wrong.length > 0) throw new Error(wrong.join("\n"));
    return result;
  } finally {
    await context.close();
  }
}

const AXE = readFileSync(project("tests/browser/node_modules/axe-core/axe.min.js"), "utf8");
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// What axe finds against WCAG 2.2 AA, each with its places. The page's policy forbids scripts of others, so axe comes in
// through the debugger. To describe every place that is well would take it as long again as to look.
export async function violations(page) {
  await page.evaluate(AXE);
  const result = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ["violations"] }), WCAG);
  if (result.passes.length < 10) throw new Error(`axe looked at little: ${result.passes.map(({ id }) => id)}`);
  return result.violations.map(({ id, help, nodes }) =>
    `${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary}`).join("; ")} (${nodes.length})`);
}

// Clicks what saves, and says where the file is and what the page would have called it.
export async function saved(page, name, press = () => page.click('[data-do="download"]')) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  await download.saveAs(file(name));
  return { path: file(name), called: download.suggestedFilename(), value: JSON.parse(readFileSync(file(name), "utf8")) };
}

// Says that the file is there, as the page asks.
export const confirmed = (page) => page.click('#saving button:has-text("Yes")');

// Chooses a file in the form, and says what the form says about it.
export async function opened(page, path) {
  await page.evaluate(() => document.getElementById("notices").replaceChildren());
  await page.setInputFiles("#file", path);
  await page.waitForFunction(() => document.getElementById("notices").textContent !== "" || document.getElementById("file").value === "");
  return page.textContent("#notices");
}

// Text or controls that stick out of the window to the side, or are cut. A table may scroll in a frame of its own, where
// the keyboard reaches that.
export const sticksOut = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const found = document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
  const name = (element) => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`;
  const scrolls = (element) => element !== null && getComputedStyle(element).overflowX === "auto" && element.tabIndex === 0;
  for (const element of document.body.querySelectorAll("*")) {
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || !element.checkVisibility({ visibilityProperty: true }) || element.closest(".skip, .unseen")) continue;
    let frame = element;
    while (frame && !scrolls(frame)) frame = frame.parentElement;
    if (!frame && (box.right > width + 1 || box.left < -1)) found.push(name(element));
    const isCut = getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
    if (isCut && !frame && !element.matches("input, select")) found.push(`cut: ${name(element)}`);
  }
  return found.slice(0, 5);
});

// Text whose colour is too near to that of its ground, where the system chooses the colours and axe does not look.
export const illegible = (page) => page.evaluate(() => {
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const linear = [r, g, b].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return parts(getComputedStyle(document.documentElement).getPropertyValue("background-color")).slice(0, 3);
  };
  const found = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let looked = 0;
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest("[disabled]")) continue;
    const [a, b] = [light(parts(getComputedStyle(element).color)), light(ground(element))];
    looked += 1;
    if ((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5) found.add(`${element.tagName} ${element.className}: ${element.textContent.trim().slice(0, 40)}`);
  }
  return looked === 0 ? ["nothing was looked at"] : [...found].slice(0, 5);
});

// Fills in who is evaluated, by whom and for which period.
export async function named(page) {
  await page.fill('[data-key="employee.name"]', "Jordan Rivera");
  await page.fill('[data-key="employee.id"]', "E-1042");
  await page.fill('[data-list="evaluators"] [data-key="name"]', "Priya Shah");
  await page.fill('[data-list="evaluators"] [data-key="id"]', "E-0007");
  await page.fill('[data-key="period.from"]', "2025-08-25");
  await page.fill('[data-key="period.to"]', "2026-06-12");
}
