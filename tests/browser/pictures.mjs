// Takes the pictures that the README shows, and notes of which pages they are.

import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { launch } from "./support/chromium.mjs";
import { project } from "./support/program.mjs";
import { HASHES, hashOf, pageOf, PICTURES, WIDTH } from "./support/pictures.mjs";

const browser = await launch();
const hashes = {};
for (const [name, { begin, height }] of Object.entries(PICTURES)) {
  const path = pageOf(name);
  const page = await browser.newPage({ viewport: { width: WIDTH, height }, locale: "en-US", reducedMotion: "reduce" });
  await page.goto(pathToFileURL(path).href);
  await page.evaluate((selector) => document.querySelector(selector).scrollIntoView({ block: "start" }), begin);
  await page.screenshot({ path: project(`examples/${name}`) });
  hashes[name] = hashOf(path);
  console.log(`examples/${name}`);
}
await browser.close();
writeFileSync(HASHES, `${JSON.stringify(hashes, null, 2)}\n`);
