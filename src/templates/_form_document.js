/* Evaluations as files: read exactly, their shape checked before anything on the page changes, and written back. */

// ---- Text and values. A number that JavaScript would write in other digits (`1.50`, `-0.0`, thirty digits) keeps its own, in
// every browser.

class Digits {
  constructor(written) {
    this.written = written;
  }

  toString() {
    return this.written;
  }
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(?=\s*(:?))|-?\d[-+.\deE]*/g;

// While the text is parsed, each number stands in it as text after `#`, and each text that is no key after `'`.
function parseDocument(text) {
  // A fault is told of the text as it is.
  JSON.parse(text);
  const marked = text.replace(TOKEN, (token, colon) => (token[0] !== '"' ? `"#${token}"` : colon ? token : `"'${token.slice(1)}`));
  return JSON.parse(marked, (key, value) => {
    if (typeof value !== "string") return value;
    const written = value.slice(1);
    return value[0] === "'" ? written : String(Number(written)) === written ? Number(written) : new Digits(written);
  });
}

// The text of a value, indented as JSON.stringify indents by two.
function textOf(value, line = "\n") {
  if (value instanceof Digits) return value.written;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${line}  `;
  const isList = Array.isArray(value);
  const items = isList ? value.map((item) => textOf(item, inner))
    : Object.entries(value).filter(([, item]) => item !== undefined).map(([key, item]) => `${JSON.stringify(key)}: ${textOf(item, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  return items.length > 0 ? `${open}${inner}${items.join(`,${inner}`)}${line}${close}` : open + close;
}

// A key that stands twice in one group, of which JavaScript would keep the last and lose the first; the text is sound JSON.
function repeatedKey(text) {
  const groups = [];
  let written;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === "{") groups.push(new Set());
    else if (token === "[") groups.push(null);
    else if (token === "}" || token === "]") groups.pop();
    else if (token !== ":") written = token;
    else {
      const [keys, key] = [groups.at(-1), JSON.parse(written)];
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}

// ---- The shape of an evaluation, as far as the form shows it. Keys that are not named here are kept as they are.

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Digits);
const isNumber = (value) => typeof value === "number" || value instanceof Digits;
const isDate = (value) => {
  const day = typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  return day !== null && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
};

const text = { is: (value) => typeof value === "string", wants: "text" };
// Or what is not one yet, which a draft of this form may hold.
const number = { is: (value) => typeof value === "string" || isNumber(value), wants: "a number" };
const mark = { is: number.is, wants: "a level or a number" };
const LEAVES = {
  text, number, mark, date: { is: isDate, wants: "a date such as 2026-06-30" },
  flag: { is: (value) => typeof value === "boolean", wants: "true or false" }, anything: { is: () => true },
};
const group = { is: isObject, wants: "a group of keys and values" };
const SHAPES = {
  choice: (words) => ({ is: (value) => words.includes(value), wants: `one of ${words.join(", ")}` }),
  items: (items) => ({ is: Array.isArray, wants: "a list", items: shaped(items) }),
  entries: (entries) => ({ ...group, entries: shaped(entries) }),
  either: (long) => ({ is: (value) => mark.is(value) || isObject(value), wants: "a level, a number or a group", long: shaped(long) }),
  keys: ([, keys]) => ({ ...group, known: Object.fromEntries(keys.map(([key, shape]) => [key, shaped(shape)])) }),
};

// The checks of a shape, which the page's data has for an evaluation.
function shaped(shape) {
  if (typeof shape === "string") return LEAVES[shape];
  const [[kind, of]] = Object.entries(shape);
  return SHAPES[kind](of);
}

const page = parseDocument(document.getElementById("data").textContent);
const EVALUATION = shaped(page.shape);
// The rubric's kinds, its own included.
EVALUATION.known.type = SHAPES.choice(page.types.map(({ id }) => id));
EVALUATION.known.service_data.entries = number;

// Where a value is not what the form can show, as "`goals[2].due`: …". Null is the same as an absent key.
function misshapen(value, shape = EVALUATION, path = "") {
  if (value === null || value === undefined) return [];
  if (!shape.is(value)) return [`${path ? `\`${path}\`` : "the file"} is not ${shape.wants}`];
  const within = (key) => (path ? `${path}.${key}` : key);
  if (shape.items) return value.flatMap((item, at) => misshapen(item, shape.items, `${path}[${at}]`));
  if (shape.entries) return Object.entries(value).flatMap(([key, item]) => misshapen(item, shape.entries, within(key)));
  if (shape.long) return isObject(value) ? misshapen(value, shape.long, path) : [];
  if (shape.known) return Object.entries(shape.known).flatMap(([key, known]) => misshapen(value[key], known, within(key)));
  return [];
}

// ---- Fields. A control belongs to the nearest row around it, or to the form. What a control cannot show exactly (line breaks
// of another kind, a number's trailing zeros) is given back as it was, unless it has been changed.

const form = document.getElementById("form");
const kept = new WeakMap();
const shown = new WeakMap();

const ownerOf = (element) => element.parentElement.closest(".row, #form");
const controlsOf = (scope) => [...scope.querySelectorAll("[data-key]")].filter((control) => ownerOf(control) === scope);
const listsOf = (scope) => [...scope.querySelectorAll("[data-list]")].filter((list) => ownerOf(list) === scope);
const rowsOf = (list) => [...list.querySelector(":scope > .rows").children];

function look(object, path) {
  return path.split(".").reduce((value, key) => (isObject(value) ? value[key] : undefined), object);
}

// Sets a value under a dotted path; undefined takes it out, and what is left empty by that.
function put(object, path, value) {
  const [key, ...rest] = path.split(".");
  if (rest.length === 0) {
    if (value === undefined) delete object[key];
    else object[key] = value;
    return;
  }
  const inner = isObject(object[key]) ? object[key] : {};
  put(inner, rest.join("."), value);
  if (Object.keys(inner).length > 0) object[key] = inner;
  else delete object[key];
}

function valueOf(control) {
  if (control.dataset.kind === "check") {
    const given = shown.get(control)?.value;
    return control.checked === Boolean(given) ? given : control.checked || undefined;
  }
  if (control.dataset.kind === "set") {
    const boxes = [...control.querySelectorAll("input:not([data-nothing])")];
    const others = (shown.get(control)?.value ?? []).filter((item) => !boxes.some((box) => box.value === item));
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value).concat(others);
    const isNothing = chosen.length === 0 && control.querySelector("[data-nothing]")?.checked;
    return chosen.length > 0 || isNothing ? chosen : undefined;
  }
  const before = shown.get(control);
  if (before && before.text === control.value) return before.value;
  const written = control.value;
  if (written.trim() === "") return undefined;
  switch (control.dataset.kind) {
    case "number": return /^\d{1,9}(\.\d{1,4})?$/.test(written.trim()) ? Number(written) : written;
    // As many digits as JavaScript keeps; the range and the places are looked at when it is saved.
    case "measure": return /^-?(?=(\.?\d){1,15}$)\d+(\.\d+)?$/.test(written.trim()) ? Number(written) : written;
    case "count": return /^\d{1,9}$/.test(written.trim()) ? Number(written) : written;
    case "flag": return written === "true";
    case "id": return cleaned(written, " ").trim();
    default: return cleaned(written, control.tagName === "TEXTAREA" ? "\n" : " ");
  }
}

// Word processors paste line breaks of their own, and characters that no file may hold: a break becomes the usual one, a
// character of Windows that was taken for a control becomes itself again, and other controls go.
const WINDOWS = "€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ";
const LINE_BREAKS = /\r\n|[\r\v\f\u2028\u2029]/g;
const CONTROLS = /[\0-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff]/g;

function cleaned(written, lineBreak) {
  const text = (written.toWellFormed?.() ?? written).replace(LINE_BREAKS, lineBreak).replace(CONTROLS, "");
  // U+0085 by itself is a line break; among others of Windows it is theirs.
  const own = /[\x80-\x84\x86-\x9f]/.test(text) ? text : text.replace(/\x85/g, lineBreak);
  return own.replace(/[\x80-\x9f]/g, (control) => WINDOWS[control.charCodeAt(0) - 0x80]);
}

// The values that are seen are saved.
function showCleaned(control) {
  if (!control.matches("textarea, input:not([type])")) return;
  const text = cleaned(control.value, control.tagName === "TEXTAREA" ? "\n" : " ");
  if (text !== control.value && shown.get(control)?.text !== control.value) control.value = text;
}

function show(control, value) {
  const given = value ?? undefined;
  if (control.dataset.kind === "check") {
    control.checked = given === true;
    shown.set(control, { value: given });
    return;
  }
  if (control.dataset.kind === "set") {
    for (const box of control.querySelectorAll("input")) {
      box.checked = box.dataset.nothing === undefined ? (given ?? []).includes(box.value) : given?.length === 0;
    }
    shown.set(control, { value: given ?? [] });
    return;
  }
  const written = String(given ?? "");
  if (control.tagName === "SELECT" && written !== "" && ![...control.options].some((option) => option.value === written)) {
    control.add(new Option(written, written));
  }
  // Of choices, the first is what holds when nothing is said.
  control.value = given === undefined && control.tagName === "SELECT" ? (control.options[0]?.value ?? "") : written;
  if (given === undefined) shown.delete(control);
  else shown.set(control, { text: control.value, value: given });
}

// ---- Rows

function addRow(list, value) {
  const row = document.getElementById(`row-${list.dataset.row}`).content.firstElementChild.cloneNode(true);
  for (const select of row.querySelectorAll("select[data-nodes]")) offerNodes(select);
  list.querySelector(":scope > .rows").append(row);
  if (value !== undefined) fill(row, value);
  return row;
}

function offerNodes(select) {
  const tiers = select.dataset.nodes.split(" ");
  for (const option of document.getElementById("nodes").content.children) {
    if (!option.value || option.dataset.tier.split(" ").some((tier) => tiers.includes(tier))) select.append(option.cloneNode(true));
  }
}

const UNSHAPED = {
  words: (value) => (value ?? []).map((word) => ({ value: word })),
  pairs: (value) => Object.entries(value ?? {}).map(([key, why]) => ({ key, value: why })),
  rows: (value) => value ?? [],
};

const SHAPED = {
  words: (rows) => rows.map((row) => row.value ?? ""),
  // A part that is listed twice keeps both reasons.
  pairs: (rows) => {
    const pairs = {};
    for (const row of rows) {
      const [key, why] = [row.key ?? "", row.value ?? ""];
      pairs[key] = Object.hasOwn(pairs, key) ? `${pairs[key]}; ${why}` : why;
    }
    return pairs;
  },
  rows: (rows) => rows,
};

function fill(scope, value) {
  kept.set(scope, value);
  for (const control of controlsOf(scope)) show(control, look(value, control.dataset.key));
  for (const list of listsOf(scope)) {
    list.querySelector(":scope > .rows").replaceChildren();
    for (const item of UNSHAPED[list.dataset.shape](look(value, list.dataset.list))) addRow(list, item);
  }
}

// The values in a row or the form, on top of what was there when it was filled in and has no field here.
function read(scope) {
  const value = structuredCloneOf(kept.get(scope) ?? {});
  const controls = controlsOf(scope);
  for (const control of controls.filter(isUnasked)) put(value, control.dataset.key, undefined);
  for (const control of controls.filter((control) => !isUnasked(control))) put(value, control.dataset.key, valueOf(control));
  for (const list of listsOf(scope)) {
    const rows = rowsOf(list).map(read).filter((row) => Object.keys(row).length > 0);
    put(value, list.dataset.list, rows.length > 0 ? SHAPED[list.dataset.shape](rows) : noneOf(value, list));
  }
  return value;
}

// A list without rows. One that was there and empty stays: that no supervision was given is something else than that nothing is
// said of it.
function noneOf(value, list) {
  const before = look(value, list.dataset.list);
  return Array.isArray(before) && before.length === 0 ? before : undefined;
}

function structuredCloneOf(value) {
  if (Array.isArray(value)) return value.map(structuredCloneOf);
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, structuredCloneOf(item)])) : value;
}

// ---- The whole evaluation

const byId = (id) => document.getElementById(id);
// Values that the form only carries along stand there as text, digit for digit.
if (page.carried) Object.assign(page.document, parseDocument(page.carried));
const isReading = page.purpose === "respond";
const indicators = [...form.querySelectorAll(".indicator")];
// Of several scoring policies the one that scores the kind of evaluation asks for its inputs; without such a policy, the first.
const scoringSections = [...form.querySelectorAll("section[data-types]")];
const isUnasked = (control) => {
  const section = control.closest("section[data-types]");
  return section !== null && section !== (scoringSections.find((one) => !one.hidden) ?? scoringSections[0]);
};
const idOf = (indicator) => indicator.dataset.rating;
// The level or the number that somebody gave an indicator, and the level that it has: this one, or else what follows from its practices.
const radioOf = (indicator) => indicator.querySelector(".levels input:checked");
const given = (indicator) => radioOf(indicator) ?? numberIn(indicator);
const chosen = (indicator) => given(indicator) ?? followingOf(indicator)?.radio;

// Entries for an indicator that is not assigned, which cannot stand among the ratings. They are kept under `extra`, and
// found again when the file is opened. Earlier forms kept a comment there too, before there was a level.
const ASIDE = "form_entries";

// Where a host has put something else than a group of keys under `extra`, there is no room.
const canSetAside = (value) => value.extra === undefined || isObject(value.extra);

// An entry that was set aside for another form's indicators, or beside a rating, stays there.
let leftAside = {};

function entryOf(indicator) {
  const entry = read(indicator);
  const level = radioOf(indicator)?.value ?? entry.level ?? undefined;
  delete entry.level;
  if (level !== undefined) return { level, ...entry };
  return Object.keys(entry).length > 0 ? entry : undefined;
}

// The document that was opened, with what was answered. Of the rest nothing is written anew, not even a key that says what holds
// without it: the document may be sealed.
let original = {};

function answered() {
  const [value, answers] = [structuredCloneOf(original), read(form)];
  for (const list of ["responses", "record"]) put(value, list, answers[list]);
  return value;
}

function readDocument() {
  if (isReading) return answered();
  const value = read(form);
  value.rubric ??= page.rubric;
  if (value.type === "self") rateOneself(value);
  else delete value.shared;
  const ratings = isObject(value.ratings) ? value.ratings : {};
  const aside = {};
  for (const indicator of indicators) {
    const entry = entryOf(indicator);
    delete ratings[idOf(indicator)];
    if (entry === undefined) continue;
    const isShort = Object.keys(entry).length === 1 && entry.level !== undefined;
    if (!isOutside(indicator)) ratings[idOf(indicator)] = isShort ? entry.level : entry;
    else aside[idOf(indicator)] = entry;
  }
  value.ratings = ratings;
  saveOccasion(value);
  const allAside = together(leftAside, aside);
  if (Object.keys(allAside).length > 0 && canSetAside(value)) put(value, `extra.${ASIDE}`, allAside);
  const known = Object.keys(EVALUATION.known);
  const others = Object.keys(value).filter((key) => !known.includes(key));
  return Object.fromEntries([...known.filter((key) => key in value), ...others].map((key) => [key, value[key]]));
}

// In a self-evaluation the employee rates, where nobody is named who does.
function rateOneself(value) {
  const { id, name, title } = value[page.subject] ?? {};
  if (value.evaluators !== undefined || (!id && !name)) return;
  value.evaluators = [{ ...(id && { id }), ...(name && { name }), ...(title && { title }) }];
}

// The entries that are set aside, of this form and of others; of one indicator both comments and all the evidence.
function together(left, here) {
  const all = { ...left };
  for (const [id, entry] of Object.entries(here)) {
    const before = isObject(all[id]) ? all[id] : {};
    const comment = [before.comment, entry.comment].filter(Boolean).join("\n\n");
    const evidence = [before.evidence, entry.evidence].flatMap((list) => list ?? []);
    all[id] = { ...before, ...entry, ...(comment && { comment }), ...(evidence.length > 0 && { evidence }) };
  }
  return all;
}

// Puts a document on the page; what there is to say about that, or nothing.
function fillDocument(given) {
  const value = structuredCloneOf(given);
  original = structuredCloneOf(given);
  const says = showOccasion(value);
  const aside = look(value, `extra.${ASIDE}`);
  leftAside = isObject(aside) ? { ...aside } : {};
  if (isObject(aside)) put(value, `extra.${ASIDE}`, undefined);
  fill(form, value);
  for (const indicator of indicators) {
    const id = idOf(indicator);
    let rating = value.ratings?.[id];
    if (rating === undefined || rating === null) {
      rating = {};
      // A value that a host has put there is not for this form to take.
      if (isObject(leftAside[id]) && misshapen({ ratings: { [id]: leftAside[id] } }).length === 0) {
        rating = leftAside[id];
        delete leftAside[id];
      }
    }
    const entry = isObject(rating) ? rating : { level: rating };
    fill(indicator, entry);
    for (const radio of indicator.querySelectorAll(".levels input")) radio.checked = radio.value === entry.level;
    if (radioOf(indicator)) clearNumber(indicator);
  }
  // Of a list without which there is no evaluation, one row stands open.
  const evaluators = form.querySelector('[data-list="evaluators"]');
  if (rowsOf(evaluators).length === 0) addRow(evaluators);
  return says;
}
