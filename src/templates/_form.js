/* The page's work: counts, leads to what is unrated, asks for what is due, saves, opens, prints. One listener for each kind
   of event serves all indicators, and a key that is pressed looks at its own indicator only. */

const TITLE = document.title;
const KIND = byId("kind")?.textContent;
let title = TITLE;

// ---- Which indicators are to be rated

let outside = new Map();

const isOutside = (indicator) => outside.has(indicator);

// The ids that an indicator stands under, its own last.
const pathOf = (indicator) => [...indicator.dataset.within.split(" "), idOf(indicator)];

function refreshScope() {
  const listed = (key) => rowsOf(form.querySelector(`[data-list="${key}"]`)).map(read);
  const scope = listed("scope").map((row) => row.value).filter(Boolean);
  const unassigned = new Map(listed("not_assigned").filter((row) => row.key).map((row) => [row.key, row.value ?? ""]));
  outside = new Map();
  for (const indicator of indicators) {
    const path = pathOf(indicator);
    const entry = path.find((id) => unassigned.has(id));
    if (entry !== undefined) outside.set(indicator, `Not assigned: ${unassigned.get(entry) || "no reason given yet"}`);
    else if (scope.length > 0 && !scope.some((id) => path.includes(id))) outside.set(indicator, "Not in the scope of this evaluation");
    markOutside(indicator);
  }
  for (const group of form.querySelectorAll(".entered[data-node]")) {
    group.hidden = !holds(group.dataset.node);
  }
  refreshNarratives(scope.length === 0);
}

const holds = (node) => indicators.some((indicator) => !isOutside(indicator) && pathOf(indicator).includes(node));

// A text about a part that is not to be rated is asked for no more; one that is written stays in sight. A text about the whole is
// asked of an evaluation of the whole.
function refreshNarratives(isOfWhole) {
  for (const group of form.querySelectorAll(".narrative")) {
    const control = group.querySelector("textarea");
    const { node } = group.dataset;
    const isAsked = node === undefined ? isOfWhole : holds(node);
    group.classList.toggle("unasked", node !== undefined && !isAsked);
    group.hidden = node !== undefined && !isAsked && control.value.trim() === "";
    const need = group.querySelector(".need");
    if (!need) continue;
    need.hidden = !isAsked;
    control.toggleAttribute("data-final", isAsked);
  }
}

// Each scoring policy asks for its inputs and entered ratings in the kinds of evaluations that it scores.
function refreshScoring() {
  const kind = form.querySelector('[data-key="type"]').value;
  for (const section of scoringSections) section.hidden = !section.dataset.types.split(" ").includes(kind);
}

// The heading says which kind of evaluation it is, and so does the window.
function refreshKind() {
  const [heading, choice] = [byId("kind"), form.querySelector('[data-key="type"]')];
  if (!heading || isReading || page.observation) return;
  heading.textContent = choice.value === "formal" ? "Evaluation" : choice.selectedOptions[0].textContent;
  title = TITLE.startsWith(KIND) ? heading.textContent + TITLE.slice(KIND.length) : TITLE;
  document.body.dataset.type = choice.value;
  const isBlank = rowsOf(form.querySelector('[data-list="evaluators"]')).every((row) => Object.keys(read(row)).length === 0);
  byId("who").hidden = choice.value === "self" && isBlank;
}

function markOutside(indicator) {
  const reason = outside.get(indicator);
  let note = indicator.querySelector(":scope > .outside");
  if (reason && !note) {
    note = Object.assign(document.createElement("p"), { className: "outside" });
    indicator.querySelector("legend").after(note);
  }
  if (note) note.textContent = reason ?? "";
  if (!reason) note?.remove();
  for (const control of indicator.querySelectorAll("input, select, textarea, button")) {
    if (!isReading) control.disabled = Boolean(reason);
  }
}

// ---- Progress

const rated = new Set();
const domainOf = (indicator) => indicator.dataset.within.split(" ")[0];

function refreshProgress() {
  rated.clear();
  for (const indicator of indicators) if (chosen(indicator) && !isOutside(indicator)) rated.add(indicator);
  for (const domain of new Set(indicators.map(domainOf))) showDomain(domain);
  showProgress();
}

function countRating(indicator) {
  if (chosen(indicator)) rated.add(indicator);
  else rated.delete(indicator);
  showDomain(domainOf(indicator));
  showProgress();
}

function showProgress() {
  const all = indicators.length - outside.size;
  byId("progress").textContent = (all === rated.size ? `All ${all} rated` : `${rated.size} of ${all} rated`) + (isSaved ? ", saved" : "");
  byId("meter").firstElementChild.style.width = all > 0 ? `${(100 * rated.size) / all}%` : "0";
}

function showDomain(domain) {
  const all = indicators.filter((indicator) => domainOf(indicator) === domain && !isOutside(indicator));
  const done = all.filter((indicator) => rated.has(indicator)).length;
  const count = form.querySelector(`.count[data-domain="${domain}"]`);
  if (!count) return;
  count.textContent = all.length === 0 ? "not to be rated" : `${done} of ${all.length} rated`;
  count.classList.toggle("done", done === all.length);
}

function goTo(element) {
  for (let around = element.parentElement; around; around = around.parentElement) {
    if (around.tagName === "DETAILS") around.open = true;
  }
  const target = element.matches("input, select, textarea, button, [tabindex]") ? element : element.querySelector("input, textarea, select");
  (element.closest(".indicator") ?? element).scrollIntoView({ block: "start" });
  target?.focus({ preventScroll: true });
}

// Where the user was last: a button in the bar takes the focus away.
let last = null;
form.addEventListener("focusin", ({ target }) => {
  last = target.closest(".indicator") ?? last;
});

function goToNextUnrated() {
  const here = indicators.indexOf(last);
  const inTurn = [...indicators.slice(here + 1), ...indicators.slice(0, here + 1)];
  const next = inTurn.find((indicator) => !rated.has(indicator) && !isOutside(indicator) && !isJudged(indicator));
  goTo(next?.querySelector(".practices input, .levels input") ?? afterRatings());
}

// Where to go on when every indicator is rated: what the scoring policy asks for, or else the summary.
const afterRatings = () => form.querySelector("#ratings ~ section:not([hidden]) :is(input, select, textarea):not(:disabled)");

// ---- What an indicator asks for

function refreshIndicator(indicator) {
  const radio = chosen(indicator);
  showFollowing(indicator);
  indicator.querySelector(".clear").hidden = !radio || isReading;
  const comment = indicator.querySelector('[data-key="comment"]');
  const isOther = differs(indicator);
  const isAsked = isOther || (Boolean(radio) && radio.dataset.comment !== undefined);
  const isDue = isAsked && comment.value.trim() === "";
  indicator.classList.toggle("due", isDue);
  comment.required = isAsked;
  const name = comment.closest("label").querySelector(".name");
  const why = isOther ? "Comment, why the rating is another than follows" : isDue ? `Comment, asked for at “${labelOf(radio)}”` : "Comment";
  name.textContent = isDue ? why : "Comment";
  refreshQualification(indicator, radio);
}

const labelOf = (radio) => radio.nextElementSibling.firstChild.textContent;

function refreshQualification(indicator, radio) {
  const wanted = indicator.dataset.wants;
  if (!wanted) return;
  const by = indicator.querySelector('[data-key="by"]').value;
  const people = evaluators();
  const person = people.find((one) => one.id === by) ?? (people.length === 1 ? people[0] : undefined);
  // Everybody may judge their own work.
  const isOwn = document.body.dataset.type === "self";
  const lacks = !isOwn && radio?.dataset.rated !== undefined && person && !(person.qualifications ?? []).includes(wanted);
  indicator.querySelector(".lacking").textContent = lacks ? `. ${person.name || person.id} is not listed with it.` : "";
  indicator.classList.toggle("lacks", Boolean(lacks));
}

// ---- Who rates

let people = [];
const evaluators = () => people;

// Whose rating it is, as the row of the evaluator: an identifier that is being corrected may be another's for a while.
const raters = new WeakMap();
const raterChoices = () => [byId("me"), ...form.querySelectorAll('.by [data-key="by"]')];
const evaluatorRow = (id) => (id ? rowsOf(form.querySelector('[data-list="evaluators"]')).find((row) => read(row).id === id) : undefined);

function chooseRater(select, id) {
  select.value = id;
  raters.set(select, evaluatorRow(id));
}

function refreshPeople() {
  people = rowsOf(form.querySelector('[data-list="evaluators"]')).map(read).filter((person) => person.id);
  const options = () => [new Option("", ""), ...people.map((person) => new Option(person.name || person.id, person.id))];
  const several = people.length > 1;
  for (const select of raterChoices()) {
    const by = select.value;
    if (!raters.get(select)?.isConnected) raters.set(select, evaluatorRow(by));
    select.replaceChildren(...options());
    if (by && !people.some((person) => person.id === by)) select.add(new Option(by, by));
    select.value = by;
    select.closest(".field").hidden = !several && (!by || by === people[0]?.id);
  }
  const employee = read(form)[page.subject];
  byId("people").replaceChildren(...[employee, ...people].filter((one) => one?.id).map((one) => new Option(one.name ?? "", one.id)));
  byId("whom").textContent = employee?.name ? ` of ${employee.name}` : "";
  refreshKind();
  document.title = employee?.name ? `${employee.name}: ${title}` : title;
}

// A rating says whose it is by the evaluator's identifier, so it follows when that is corrected.
function renamePerson(control) {
  const now = control.value.trim();
  if (!now) return;
  for (const select of raterChoices()) {
    if (raters.get(select) !== ownerOf(control)) continue;
    select.add(new Option(now, now));
    select.value = now;
  }
}

// ---- What keeps the evaluation from being read

// Whether a rating is entered that judges the indicator's part of the rubric as a whole.
const isJudged = (indicator) => [...form.querySelectorAll(".entered[data-whole]")].some((group) =>
  group.querySelector("select").value && (!group.dataset.node || pathOf(indicator).includes(group.dataset.node)));

function problems(value) {
  const found = [];
  const tell = (what, where) => found.push({ what, where });
  const nameOf = (control) => control.closest(".field")?.querySelector(".name")?.firstChild.textContent.trim() ?? "";
  const isFinal = value.status === "final";
  const tellOfRange = (control, given, name) => {
    const { from, to, places } = control.dataset;
    const digits = String(Number(given)).split(".")[1]?.length ?? 0;
    if (given < Number(from) || given > Number(to)) tell(`${name}: ${given} is not from ${from} to ${to}`, control);
    else if (digits > Number(places)) tell(`${name}: ${given} has more than ${places} digit${places === "1" ? "" : "s"} after the point`, control);
  };
  const tellOfYear = (control, name) => {
    const year = yearOf(control);
    if (year < 100) tell(`${name}: the year ${control.value.slice(0, 4)} has two digits; write ${fullYear(year)} if that is meant`, control);
    else if (year < 1900) tell(`${name}: the year ${year} is before 1900`, control);
  };
  const check = (scope, where) => {
    for (const control of controlsOf(scope)) {
      const given = valueOf(control);
      const isOfNumbers = ["number", "count", "measure"].includes(control.dataset.kind);
      if (control.dataset.required !== undefined && given === undefined) tell(`${where}${nameOf(control)} is missing`, control);
      if (isOfNumbers && typeof given === "string") tell(`${where}${nameOf(control)}: “${given}” is not a number such as ${control.dataset.kind === "count" ? "12" : "7.5"}`, control);
      if (control.dataset.kind === "measure" && isNumber(given)) tellOfRange(control, given, `${where}${nameOf(control)}`);
      if (isFinal && control.dataset.final !== undefined && given === undefined && !control.closest("[hidden]")) tell(`${where}${nameOf(control)} is missing`, control);
      if (control.validity?.badInput) tell(`${where}${nameOf(control)} is not a day of the calendar`, control);
      tellOfYear(control, `${where}${nameOf(control)}`);
    }
    for (const list of listsOf(scope)) {
      rowsOf(list).forEach((row, at) => {
        const isNeeded = list.dataset.list === "evaluators" && at === 0 && value.type !== "self";
        const [given, name] = [read(row), `${where}${row.dataset.called} ${at + 1}`];
        if (isNeeded || Object.keys(given).length > 0) check(row, `${name}: `);
        if (given.from && given.to && given.from > given.to) tell(`${name} ends before it begins`, row.querySelector('[data-key="to"]'));
      });
    }
  };
  check(form, "");
  for (const group of form.querySelectorAll(".entered")) {
    const [rating, rationale] = controlsOf(form).filter((control) => group.contains(control));
    if (valueOf(rating) !== undefined && valueOf(rationale) === undefined) tell(`${nameOf(rationale)} is missing`, rationale);
    // In a final evaluation that it is missing has been said.
    const isAlone = !isFinal && valueOf(rating) === undefined && valueOf(rationale) !== undefined;
    if (isAlone) tell(`${nameOf(rating)}: a rationale is there, and no rating`, rating);
  }
  for (const group of form.querySelectorAll(".narrative.unasked")) {
    const control = group.querySelector("textarea");
    if (valueOf(control) !== undefined) tell(`${nameOf(control)}: the part is not to be rated; move the text to the summary`, control);
  }
  const inOrder = (object, path, name) => {
    const { from, to } = look(object, path) ?? {};
    if (from && to && from > to) tell(`${name} ends before it begins`, form.querySelector(`[data-key="${path}.to"]`));
  };
  inOrder(value, "period", "The period");
  inOrder(value, "employee.certificate", "The certificate");
  const certificate = value.employee?.certificate;
  for (const day of ["from", "to"]) {
    if (certificate && !certificate[day]) tell(`Certificate, ${day === "from" ? "first" : "last"} day is missing`, form.querySelector(`[data-key="employee.certificate.${day}"]`));
  }
  const ids = people.map((person) => person.id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice) tell(`Two evaluators have the identifier ${twice}`, form.querySelector('[data-list="evaluators"] input'));
  if (isFinal && isOfOtherText()) tell("It was made against another text of the rubric: say that you have looked at every rating", byId("other-text").querySelector("button"));
  if (indicators.length > 0 && outside.size === indicators.length) tell("Nothing is left to rate", form.querySelector('[data-list="not_assigned"] button'));
  for (const indicator of indicators) {
    if (!isOutside(indicator)) checkIndicator(indicator, isFinal && (chosen(indicator) || !isJudged(indicator)), check, tell);
    if (isOutside(indicator) && !canSetAside(value) && entryOf(indicator)) tell(`${nameOfIndicator(indicator)}: what is entered here cannot be saved in this file while the indicator is not assigned`, indicator);
  }
  return found;
}

const nameOfIndicator = (indicator) => indicator.querySelector("legend").textContent.trim();

function checkIndicator(indicator, isFinal, check, tell) {
  const name = nameOfIndicator(indicator);
  const radio = chosen(indicator);
  check(indicator, `${name}: `);
  if (!radio) {
    if (isFinal && indicator.dataset.followed === undefined) tell(`${name}: unrated`, indicator);
    return;
  }
  const by = indicator.querySelector('[data-key="by"]').value;
  const isUnexplained = differs(indicator) && indicator.classList.contains("due");
  if (isUnexplained) tell(`${name}: say in a comment why “${labelOf(radio)}” is given, where “${labelOf(followingOf(indicator).radio)}” follows`, indicator.querySelector('[data-key="comment"]'));
  if (isFinal && !isUnexplained && indicator.classList.contains("due")) tell(`${name}: a comment is asked for at “${labelOf(radio)}”`, indicator.querySelector('[data-key="comment"]'));
  if (people.length > 1 && !by) tell(`${name}: say who rated it`, indicator.querySelector('[data-key="by"]'));
  if (by && !people.some((person) => person.id === by)) tell(`${name}: ${by} is not among the evaluators`, indicator.querySelector('[data-key="by"]'));
  if (indicator.classList.contains("lacks") && indicator.dataset.enforced !== undefined) tell(`${name}: the evaluator is not listed with the qualification that it wants`, indicator);
}

// Lists what is to do, above the form; who is led there has to come back by himself, so that is asked for or needed.
function showProblems(found, title) {
  const section = byId("problems");
  section.hidden = found.length === 0;
  section.querySelector("h2").textContent = title;
  section.querySelector("ul").replaceChildren(...found.map(({ what, where }) => {
    const link = Object.assign(document.createElement("a"), { href: "#form", textContent: what });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(where);
    });
    const item = document.createElement("li");
    item.append(link);
    return item;
  }));
  const button = byId("todo");
  button.hidden = found.length === 0;
  button.textContent = `${found.length} to do`;
}

// ---- Messages

// A message with buttons, as [label, what it does].
function notify(message, actions = []) {
  const notice = Object.assign(document.createElement("p"), { className: "notice", textContent: message });
  for (const [label, act] of actions) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", act);
    notice.append(" ", button);
  }
  return notice;
}

// One that stays until the next, at the top of the form.
function say(message, actions) {
  const notice = notify(message, actions);
  byId("notices").replaceChildren(notice);
  return notice;
}

// One that has to be seen now. Others are read out where somebody listens, and nobody is taken from where he writes.
function sayInSight(message, actions) {
  say(message, actions).scrollIntoView({ block: "nearest" });
}

// ---- An evaluation that was made against another text of the rubric

function isOfOtherText() {
  const made = kept.get(form).rubric;
  if (!made || isReading) return false;
  return made.fingerprint ? made.fingerprint !== page.rubric.fingerprint : Boolean(made.version) && made.version !== page.rubric.version;
}

// Stays until somebody says that every rating has been looked at.
function refreshText() {
  byId("other-text")?.remove();
  if (!isOfOtherText()) return;
  const notice = notify("It was made against another text of the rubric: look at every rating again.", [["I have looked at every rating", () => {
    kept.get(form).rubric = page.rubric;
    refreshText();
    touch();
    say("It will be saved as made with this text of the rubric.");
  }]]);
  notice.id = "other-text";
  notice.setAttribute("role", "alert");
  byId("notices").after(notice);
}

// ---- Responding: all but the responses and what is added to the record can only be read

function lock() {
  for (const control of form.querySelectorAll("input, select, textarea, button")) {
    const isOpen = control.closest('[data-list="responses"] > button, [data-do="acknowledge"], .keep');
    if (isOpen) continue;
    if (control.tagName === "BUTTON") control.hidden = true;
    else if (control.matches("textarea, input:not([type=radio], [type=checkbox], [type=date])")) control.readOnly = true;
    // A choice stays legible, and can be reached.
    else if (!control.matches("input[type=radio]:checked")) control.disabled = true;
  }
}

// The day on the reader's clock, as 2026-06-30.
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

function acknowledge() {
  const { event } = form.querySelector('[data-do="acknowledge"]').dataset;
  const row = addRow(form.querySelector('[data-list="record"]'), { date: today(), event, by: read(form)[page.subject]?.id });
  touch();
  goTo(row);
}

// ---- Everything that follows from what is on the page

function refreshAll() {
  // The options come first: a choice that is not among them would be lost.
  refreshPeople();
  refreshScope();
  refreshProgress();
  refreshScoring();
  for (const indicator of indicators) refreshIndicator(indicator);
  if (isReading) lock();
}

function touch() {
  isDirty = true;
  revision += 1;
  if (isSaved) {
    isSaved = false;
    showProgress();
  }
  keepSoon();
}

const DO = {
  next: goToNextUnrated,
  download,
  print: () => print(),
  open: () => byId("file").click(),
  todo: () => goTo(byId("problems")),
  copy: copyText,
  confirm: confirmFile,
  close: () => { byId("as-text").hidden = true; },
  acknowledge,
  add(button) {
    const row = addRow(button.closest("[data-list]"));
    row.querySelector("input, select, textarea")?.focus();
    if (!isReading) return;
    const by = row.querySelector('[data-key="by"]');
    if (by) by.value = read(form)[page.subject]?.id ?? "";
    const date = row.querySelector('[data-key="date"]');
    if (date) date.value = today();
  },
  remove(button) {
    const list = button.closest("[data-list]");
    const row = button.closest(".row");
    const remove = () => {
      row.remove();
      list.querySelector(':scope > [data-do="add"]').focus();
      touch();
      follow(list);
    };
    if (Object.keys(read(row)).length > 0) ask(`Remove ${row.dataset.called.toLowerCase()} with what is in it?`, remove);
    else remove();
  },
  clear(button) {
    const indicator = button.closest(".indicator");
    // A rating that somebody gave beside practices goes first, and with the next press what is ticked.
    clearNumber(indicator);
    if (given(indicator) || !checklistOf(indicator)) for (const radio of indicator.querySelectorAll(".levels input")) radio.checked = false;
    else untick(checklistOf(indicator));
    delete kept.get(indicator)?.level;
    countRating(indicator);
    refreshIndicator(indicator);
    indicator.querySelector(".practices input, .levels input").focus();
    touch();
  },
};

// The effects of a change of these lists or fields elsewhere.
function follow(element) {
  const list = element.closest("[data-list]")?.dataset.list;
  if (["scope", "not_assigned"].includes(list)) {
    refreshScope();
    refreshProgress();
  }
  if (list === "evaluators" || element.closest("#about")) {
    refreshPeople();
    refreshScoring();
    for (const indicator of indicators) if (indicator.dataset.wants) refreshIndicator(indicator);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) DO[button.dataset.do](button);
});

form.addEventListener("submit", (event) => event.preventDefault());

form.addEventListener("input", (event) => {
  if (event.target.id === "keep") return;
  touch();
  const indicator = event.target.closest(".indicator");
  if (indicator && event.target.dataset.key === "comment") refreshIndicator(indicator);
  typeNumber(indicator, event.target);
});

form.addEventListener("change", ({ target }) => {
  if (target.id === "keep") {
    if (target.checked) keepNow();
    else forgetCopy();
    return;
  }
  showCleaned(target);
  if (target.matches('[data-list="evaluators"] [data-key="id"]')) renamePerson(target);
  if (target.matches('#me, .by [data-key="by"]')) chooseRater(target, target.value);
  const indicator = target.closest(".indicator");
  if (!indicator) {
    follow(target);
    return;
  }
  const isTicked = target.closest(".practices") !== null;
  if (isTicked) tick(target);
  if (target.type === "radio" || isTicked) {
    clearNumber(indicator);
    const by = indicator.querySelector('[data-key="by"]');
    if (people.length > 1 && !by.value) chooseRater(by, byId("me").value);
    countRating(indicator);
  }
  refreshIndicator(indicator);
});

form.addEventListener("focusout", ({ target }) => askForYear(target));

form.addEventListener("keydown", (event) => {
  const { target, key } = event;
  const isBox = target.closest?.(".practices") && key === "Enter";
  if ((target.type !== "radio" && !isBox) || event.ctrlKey || event.altKey || event.metaKey) return;
  const radios = isBox ? [] : [...target.closest(".levels").querySelectorAll("input:not([data-kind])")];
  if (/^[1-9]$/.test(key) && radios[key - 1] && !isReading) {
    event.preventDefault();
    radios[key - 1].focus();
    radios[key - 1].click();
  } else if (key === "Enter") {
    event.preventDefault();
    goToNextUnrated();
  }
});

// As in other programs that make files.
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  download();
});

byId("file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  // Lets the same file be chosen again.
  if (file) await openFile(file);
  target.value = "";
});

addEventListener("beforeunload", (event) => {
  if (isDirty) event.preventDefault();
});

// On paper everything is unfolded, and texts stand in elements that break from line to line and from sheet to sheet, where the
// control would be cut. An empty one stays as it is, to be written on.
let folded = [];

const DAY = dayFormat(document.documentElement.lang);

// A language that this browser does not take for one is no reason to do without the form.
function dayFormat(language) {
  const options = { dateStyle: "long", timeZone: "UTC" };
  try {
    return new Intl.DateTimeFormat(language, options);
  } catch {
    return new Intl.DateTimeFormat(undefined, options);
  }
}

function written(control) {
  if (control.tagName === "SELECT") return control.selectedOptions[0]?.textContent ?? "";
  return control.type === "date" && control.value ? DAY.format(new Date(control.value)) : control.value;
}

// The name on every sheet. A style of the page's own, for its policy takes no other.
const sheets = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSPageRule).at(-1);

function nameSheets() {
  const whom = read(form)[page.subject] ?? {};
  const name = [whom.name, whom.id && `(${whom.id})`].filter(Boolean).join(" ") || "_".repeat(32);
  const subject = page.subject === "employee" ? "Employee" : "Organization";
  const text = `${subject}: ${name}`.replace(/[\\"\n\r\f]/g, (one) => `\\${one.codePointAt(0).toString(16)} `);
  const sheet = sheets.parentStyleSheet;
  sheet.insertRule(`@page { @top-left { content: "${text}"; font: 8pt sans-serif; color: #444444; } }`, sheet.cssRules.length);
}

addEventListener("beforeprint", () => {
  nameSheets();
  for (const box of form.querySelectorAll(".box")) box.classList.toggle("marked", box.closest("label").querySelector("select").value === box.dataset.value);
  folded = [...document.querySelectorAll("details:not([open])")];
  for (const details of folded) details.open = true;
  for (const copy of form.querySelectorAll("textarea + .printed")) {
    copy.textContent = copy.previousElementSibling.value;
    // Half a sheet of text is not kept together.
    copy.closest(".row, section").classList.toggle("long", copy.textContent.length > 2000);
  }
  for (const control of form.querySelectorAll("input:not([type]), input[type=date], select")) {
    const isEmpty = written(control) === "";
    control.classList.toggle("blank", isEmpty);
    if (isEmpty || control.closest("[hidden]") || control.nextElementSibling?.matches(".boxes")) continue;
    const copy = Object.assign(document.createElement("span"), { className: "printed", textContent: written(control) });
    control.after(copy);
  }
});
addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
  for (const copy of form.querySelectorAll(":not(textarea) + .printed")) copy.remove();
  sheets.parentStyleSheet.deleteRule(sheets.parentStyleSheet.cssRules.length - 1);
});

document.documentElement.classList.add("scripted");
take(page.document);
refreshKeep();
offerCopies();
