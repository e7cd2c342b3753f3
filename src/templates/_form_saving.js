/* Saving to a file, and opening one. No page learns whether the browser wrote a file: the person is asked, and what was entered
   counts as unsaved until the answer is yes. */

let isDirty = false;
// Whether somebody has said that the file is there, and nothing has changed since.
let isSaved = false;
// The number of changes so far: a file holds those up to its own number.
let revision = 0;
// The file that was last asked for, until somebody says that it is there.
let asked = null;

// Whether the frame around the page forbids downloads; undefined where the page cannot see that, as in a sandbox.
function forbidsDownloads() {
  if (window === top) return window.origin === "null" && location.protocol !== "file:" ? undefined : false;
  try {
    for (let at = window; at !== at.parent; at = at.parent) {
      if (!at.frameElement) return undefined;
      if (at.frameElement.hasAttribute("sandbox") && !at.frameElement.sandbox.contains("allow-downloads")) return true;
    }
  } catch {
    return undefined;
  }
  return false;
}

// A question before something is done. A frame may keep dialogs from being shown: there the question stands in the page.
function ask(question, act) {
  if (forbidsDownloads() === false) {
    if (confirm(question)) act();
    return;
  }
  const close = () => byId("notices").replaceChildren();
  sayInSight(question, [["Yes", () => { close(); act(); }], ["No", close]]);
}

// A part of a file's name that every disk takes.
const namePart = (text, refused) => [...text.normalize("NFC").replace(refused, "_").replace(/^_|_$/g, "")].slice(0, 60).join("");

// Whose it is, by name and identifier, the kind, the period, the status: two people of one name have files of two names.
function fileName(value) {
  const whom = value[page.subject] ?? {};
  const { from, to } = value.period ?? {};
  const parts = [
    namePart((whom.name ?? "").toLowerCase(), /[^\p{L}\p{M}\p{N}]+/gu), namePart(whom.id ?? "", /[^\p{L}\p{M}\p{N}-]+/gu),
    page.observation ? value.observations.at(-1).id : value.type ?? "formal", [from, to].filter(Boolean).join("_"), value.status ?? "draft",
  ];
  if (!parts[0] && !parts[1]) parts[0] = "evaluation";
  return `${parts.filter(Boolean).join("-")}.json`;
}

// Whether something on the page has no place in the file.
const isLeftOut = (value) => !canSetAside(value) && indicators.some((indicator) => isOutside(indicator) && entryOf(indicator));

function download() {
  const value = readDocument();
  const found = problems(value);
  if (value.status === "final" && found.length > 0 && !isReading) {
    showProblems(found, "Not saved: a final evaluation is complete");
    goTo(byId("problems"));
    return;
  }
  const forbidden = forbidsDownloads();
  asked = { name: fileName(value), text: `${textOf(value)}\n`, revision, isWhole: !isLeftOut(value) };
  if (forbidden !== true) sendFile(asked);
  showProblems(found, "Before a report can be made of it");
  byId("notices").replaceChildren();
  byId("as-text").hidden = true;
  if (forbidden === false) askForFile(`The browser was asked to save ${asked.name}. Is the file in your downloads?`);
  else {
    askForFile(forbidden ? "This page stands in a frame that allows no downloads. Copy the text of the evaluation instead." : `This page stands in a frame that may allow no downloads. Is ${asked.name} in your downloads? If it is not, copy the text.`);
    showText();
  }
}

function sendFile({ name, text }) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// The question stands in the bar that stays in sight, until it is answered.
function askForFile(question) {
  const notice = notify(question, [["Yes", confirmFile], ["Save again", download], ["Copy the text", showText]]);
  notice.className = "";
  const isAgain = byId("saving").contains(document.activeElement);
  byId("saving").replaceChildren(notice);
  byId("saving").hidden = false;
  if (isAgain) notice.querySelector("button").focus({ preventScroll: true });
}

function endQuestion() {
  asked = null;
  byId("saving").hidden = true;
  byId("as-text").hidden = true;
}

function confirmFile() {
  const { name, isWhole } = asked;
  const isCurrent = asked.revision === revision;
  endQuestion();
  isDirty = !isCurrent || !isWhole;
  isSaved = !isDirty;
  if (isSaved) forgetCopy();
  showProgress();
  byId("progress").focus({ preventScroll: true });
  say(isCurrent ? `Saved as ${name}.` : `Saved as ${name}. What was entered since then is not in it: download it again.`);
}

// The same text as in the file, for where no file can be saved.
function showText() {
  const section = byId("as-text");
  section.querySelector("textarea").value = asked.text;
  section.querySelector(".file-name").textContent = asked.name;
  section.querySelector(".told").textContent = "";
  section.hidden = false;
  section.scrollIntoView({ block: "start" });
  section.focus({ preventScroll: true });
}

async function copyText() {
  const area = byId("as-text").querySelector("textarea");
  let isCopied;
  try {
    await navigator.clipboard.writeText(area.value);
    isCopied = true;
  } catch {
    area.select();
    isCopied = document.execCommand("copy");
  }
  byId("as-text").querySelector(".told").textContent = isCopied ? "The text is copied." : "The browser did not copy it: select the text and press Ctrl+C.";
}

async function openFile(file) {
  let [text, value] = ["", undefined];
  try {
    text = (await file.text()).replace(/^\uFEFF/, "");
    value = parseDocument(text);
  } catch (error) {
    const isYaml = /\.ya?ml$/i.test(file.name);
    refuse(file.name, [isYaml ? "it is YAML, and this page opens JSON; `appraise form --evaluation` makes a form of it" : `it is not JSON (${error.message})`]);
    return;
  }
  const found = value === null ? ["the file is empty"] : misshapen(value);
  const twice = repeatedKey(text);
  if (twice !== undefined) found.push(`\`${twice}\` stands twice in one group, and only one could be kept`);
  if (found.length === 0 && value?.rubric?.id !== page.rubric.id) {
    const made = value?.rubric?.id ? `it was made with the rubric \`${value.rubric.id}\`` : "it does not name the rubric it was made with";
    found.push(`${made}, and this form is for \`${page.rubric.id}\``);
  }
  if (value?.seal && !isReading) found.push("it is sealed, and `appraise amend` changes it");
  const other = page.subject === "employee" ? "organization" : "employee";
  if (found.length === 0 && value[other]) found.push(`it is about an ${other}, and this form is about an ${page.subject}`);
  if (found.length > 0) refuse(file.name, found);
  else askToTake("file", value, () => take(value, `Opened ${file.name}.`));
}

function refuse(name, reasons) {
  const some = reasons.slice(0, 5).join("; ");
  sayInSight(`${name} was not opened, and nothing here has changed: ${some}${reasons.length > 5 ? `; and ${reasons.length - 5} more` : ""}.`);
}

const nameOf = (whom) => [whom?.name ?? "somebody without a name", whom?.id ? `(${whom.id})` : ""].filter(Boolean).join(" ");

// Whether both name a person or organization, and not the same: by identifier, or by name where one has none.
function isOther(one, other) {
  const key = one?.id && other?.id ? "id" : "name";
  return Boolean(one?.[key] && other?.[key]) && one[key] !== other[key];
}

// Asks before a document takes the place of what is not saved, or makes the form of one person that of another.
function askToTake(what, value, act) {
  const [whom, given] = [page.document[page.subject], value[page.subject]];
  const questions = [];
  if (isOther(whom, given)) questions.push(`This form was made for ${nameOf(whom)}. The ${what} is about ${nameOf(given)}. Open it anyway?`);
  if (isDirty) questions.push(`What you entered here is not saved. Open the ${what} in its place?`);
  if (questions.length > 0) ask(questions.join("\n\n"), act);
  else act();
}

// Puts a document on the page, in place of what is there.
function take(value, message) {
  // The page's content has a copy before it goes.
  keepNow();
  endQuestion();
  isDirty = false;
  isSaved = false;
  beginCopy();
  const says = fillDocument(value);
  refreshAll();
  showProblems([], "");
  refreshText();
  if (message === undefined) return;
  const here = new Set(indicators.map(idOf));
  const elsewhere = Object.keys(value.ratings ?? {}).filter((id) => !here.has(id)).length;
  const unknown = indicators.filter((indicator) => kept.get(indicator)?.level !== undefined && !given(indicator));
  const more = says ? [says] : [];
  if (elsewhere > 0) more.push(`Ratings of indicators that are not on this form: ${elsewhere}. They are kept as they are.`);
  if (unknown.length > 0) more.push(`Ratings at levels that are not on this form: ${unknown.length}. They are kept until you choose another.`);
  const aside = Object.keys(leftAside).length;
  if (aside > 0) more.push(`Entries set aside for indicators that are not on this form, or that have a rating: ${aside}. They are kept as they are.`);
  sayInSight([message, ...more].join(" "));
}

// ---- Two digits of a year

// The year that two digits most likely mean.
function fullYear(year) {
  const [thisYear, inThisCentury] = [new Date().getFullYear(), 2000 + year];
  return inThisCentury > thisYear + 10 ? 1900 + year : inThisCentury;
}

const yearOf = (control) => (control.type === "date" && control.value ? Number(control.value.slice(0, 4)) : undefined);

// When the field is left, for while a year is typed it has two digits for a moment.
function askForYear(control) {
  const year = yearOf(control);
  if (year === undefined || year > 99) return;
  const name = control.closest(".field").querySelector(".name").firstChild.textContent.trim();
  ask(`${name}: the year is written as ${control.value.slice(0, 4)}. Is ${fullYear(year)} meant?`, () => {
    control.value = `${fullYear(year)}${control.value.slice(4)}`;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
