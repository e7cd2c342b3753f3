// What every page must be: usable by everybody, in every window, and on its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { illegible, inPage, sticksOut, violations } from "./browser.mjs";

// A test that opens a page once and looks at it in each way. Of colours, axe looks at the light ones; where only they
// change, the texts are looked at by themselves, which takes a twentieth of the time and asks the same of each.
export const isUsable = (name, path) => test(name, () => inPage(path, {}, async (page) => {
  assert.deepEqual(await violations(page), []);
  await page.emulateMedia({ colorScheme: "dark" });
  assert.deepEqual(await illegible(page), [], "dark");
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  assert.deepEqual(await illegible(page), [], "forced colours");
  await page.emulateMedia({ forcedColors: "none" });
  // A window of 1280 CSS pixels at 200 %, and the narrowest one that must do: 1280 at 400 %.
  for (const [width, height] of [[640, 450], [320, 256]]) {
    await page.setViewportSize({ width, height });
    assert.deepEqual(await sticksOut(page), [], `${width} pixels wide`);
  }
}));
