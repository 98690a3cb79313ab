// The page: what is shown, and what people do with it.

/** @type {Data} */
const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("donnees")).textContent || "");
const { words, policy } = data;
/** @type {Record<string, number>} */
const statusPlaces = Object.fromEntries(Object.entries({
  selected: "retenue", reserve: "réserve", notSelected: "non retenue", toDeliberate: "à délibérer", toComplete: "à compléter",
}).map(([name, status]) => [name, data.statuses.indexOf(status)]));

/** @type {Record<string, number>} */
const firmnessPlaces = Object.fromEntries(Object.entries({
  firm: "acquise", provisional: "provisoire", possible: "encore possible", impossible: "plus possible",
}).map(([name, word]) => [name, data.firmness.indexOf(word)]));

/** @template {HTMLElement} T @param {string} id @returns {T} */
const byId = (id) => /** @type {T} */ (document.getElementById(id));

/** @type {Line[]} */
const before = numbered(data.ranks, data.ranked.map((row) => new Evaluated(row)));
const beforeOf = new Map(before.map((line) => [line.row, line]));
const everyRow = new Map([...data.ranked, ...data.aside].map((row) => [row.r, row]));

const state = {
  lines: before,
  shown: before,
  column: "rank",
  reversed: false,
  /** @type {Settings | null} */
  settings: policy && evaluated(policy),
  /** @type {Outcome | null} */
  outcome: null,
  /** @type {(Exact | null)[]} */
  tops: [],
  /** @type {Line | null} */
  last: null,
  /** @type {Row | null} */
  opened: null,
};

const frame = byId("cadre");
const body = /** @type {HTMLTableSectionElement} */ (byId("liste"));
const drawn = new Drawn(frame, body, data.ranked.length > LONG, (place) => {
  const line = state.shown[place];
  const made = lineOf(data, line, state.outcome ? beforeOf.get(line.row) || null : null, state.tops);
  if (line === state.last) made.classList.add("limite");
  return made;
});

/** The most that each column may show, by the weights in force. @returns {(Exact | null)[]} */
function tops() {
  const outcome = state.outcome;
  return data.columns.map((column) => {
    const place = policy && outcome ? policy.nodes.findIndex((node) => node.id === column.id) : -1;
    return column.most === null || place < 0 || !outcome ? column.most : plain(outcome.weights[place]);
  });
}

/** The last candidature with a place, where the list is in the order of ranks. @returns {Line | null} */
function lastSelected() {
  if (state.column !== "rank" || state.reversed) return null;
  for (let i = state.shown.length - 1; i >= 0; i--) if (state.shown[i].status === statusPlaces.selected) return state.shown[i];
  return null;
}

/** @returns {Filters} */
function filters() {
  const value = (/** @type {string} */ id) => {
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById(id));
    return field ? field.value : "";
  };
  return { text: value("cherche"), wave: value("vague"), department: value("departement"), zone: value("zone"), status: value("statut") };
}

/** Say over each column the most that it may show, by the weights in force. */
function headings() {
  const outcome = state.outcome;
  const whole = (/** @type {Ratio} */ most) => said(words.outOf, { most: rounded(most, most.d === 1n ? 0 : data.decimals) });
  const write = (/** @type {string} */ column, /** @type {string} */ text) => {
    const small = document.querySelector(`th[data-tri="${column}"] small`);
    if (small) small.textContent = text;
  };
  state.tops.forEach((most, i) => most !== null && write(`c.${i}`, whole(number(most))));
  if (data.total !== null) write("total", whole(policy && outcome ? announced(policy, outcome.weights) : number(data.total)));
}

/** Add up the weights that count in the total. @param {Policy} policy @param {Ratio[]} weights */
const announced = (policy, weights) => weights.filter((_, i) => policy.nodes[i].parent < 0 && policy.nodes[i].counts).reduce(plus, NOTHING);

function redraw() {
  const found = filtered(data, state.lines, filters());
  if (state.column !== "rank") sortBy(found, state.column);
  if (state.reversed) found.reverse();
  state.shown = found;
  state.tops = tops();
  state.last = lastSelected();
  headings();
  byId("compte").textContent = said(found.length === state.lines.length ? words.all : words.some, { count: found.length, all: state.lines.length });
  const table = byId("classement");
  if (drawn.isLong) table.setAttribute("aria-rowcount", String(found.length + 1));
  table.classList.toggle("essai", !!state.outcome);
  drawn.reset(found.length);
}

function sortable() {
  for (const head of byId("classement").querySelectorAll("th[data-tri]")) {
    const column = head.getAttribute("data-tri") || "";
    const button = head.querySelector("button");
    if (button) button.addEventListener("click", () => {
      state.reversed = state.column === column && !state.reversed;
      state.column = column;
      for (const other of byId("classement").querySelectorAll("th[data-tri]")) other.removeAttribute("aria-sort");
      const falls = column === "total" || column === "granted" || column.startsWith("c.");
      head.setAttribute("aria-sort", falls !== state.reversed ? "descending" : "ascending");
      redraw();
    });
  }
}

// The trial

function tryAgain() {
  if (!policy || !state.settings) return;
  const on = isTrial(policy, state.settings);
  state.outcome = on ? tried(data, state.settings) : null;
  state.lines = state.outcome ? asTried(policy, state.outcome) : before;
  document.body.classList.toggle("en-essai", on);
  byId("bandeau").textContent = on && state.outcome ? trialWords(policy, state.outcome) : words.evaluated;
  byId("lignes").textContent = on ? policyLines(policy, state.settings) : words.noLines;
  const link = /** @type {HTMLAnchorElement} */ (byId("adresse"));
  link.href = addressOf(policy, state.settings);
  redraw();
}

/** @param {Policy} policy @param {Outcome} outcome */
function trialWords(policy, outcome) {
  const parts = [words.trial, said(policy.places === null ? words.given : words.cut, { places: outcome.places, selected: outcome.selected })];
  if (outcome.contested) parts.push(said(outcome.stake ? words.contested : words.contestedRest, { stake: outcome.stake, equals: outcome.contested }));
  if (!outcome.isExact) parts.push(words.again);
  const total = announced(policy, outcome.weights);
  if (compared(total, announced(policy, policy.nodes.map((node) => exact(node.weight))))) {
    parts.push(said(words.weightsOff, { total: rounded(total, total.d === 1n ? 0 : 2), announced: rounded(exact(policy.total), exact(policy.total).d === 1n ? 0 : 2) }));
  }
  return parts.join(" ");
}

/** Write the settings in the fields. */
function fill() {
  if (!policy || !state.settings) return;
  const { weights, places, reserve, minimum } = state.settings;
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (byId("reglages").querySelectorAll("input"))) {
    const name = field.name;
    const node = policy.nodes.find((each) => `w.${each.id}` === name);
    const value = node ? weights.get(node.id) || exact(node.weight) : name === "places" ? places : name === "reserve" ? reserve : minimum;
    const text = value === null ? "" : typeof value === "number" ? String(value) : plain(value);
    field.value = field.type === "range" ? String(typeof value === "object" && value ? Number(value.n) / Number(value.d) : value || 0) : text.replace(".", ",");
    valid(field, true);
  }
}

/** @param {HTMLInputElement} field @param {boolean} isValid */
function valid(field, isValid) {
  if (isValid) field.removeAttribute("aria-invalid");
  else field.setAttribute("aria-invalid", "true");
  byId("refus").textContent = byId("reglages").querySelector("[aria-invalid]") ? words.invalid : "";
}

/** @param {HTMLInputElement} field */
function changed(field) {
  if (!policy || !state.settings) return;
  const good = change(policy, state.settings, field.name, field.value);
  valid(field, good);
  if (!good) return;
  for (const other of /** @type {NodeListOf<HTMLInputElement>} */ (byId("reglages").querySelectorAll("input"))) {
    if (other !== field && other.name === field.name) {
      other.value = other.type === "range" ? String(Number(field.value.replace(",", ".")) || 0) : field.value.replace(".", ",");
      valid(other, true);
    }
  }
  tryAgain();
}

function readyTrial() {
  if (!policy) return;
  byId("reglages").addEventListener("input", (event) => changed(/** @type {HTMLInputElement} */ (event.target)));
  byId("revenir").addEventListener("click", () => {
    location.hash = "#";
    state.settings = evaluated(policy);
    fill();
    tryAgain();
  });
  for (const button of document.querySelectorAll("button[data-copie]")) {
    button.addEventListener("click", () => copy(/** @type {HTMLButtonElement} */ (button)));
  }
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const source = byId(button.getAttribute("data-copie") || "");
  const text = source instanceof HTMLAnchorElement ? source.href : source.textContent || "";
  try {
    await navigator.clipboard.writeText(text);
    byId("copie").textContent = words.copied;
  } catch {
    const range = document.createRange();
    range.selectNodeContents(source);
    const selection = getSelection();
    if (selection) {
      selection.removeAllRanges();
      selection.addRange(range);
    }
    byId("copie").textContent = words.selectedText;
  }
}

// One candidature

/** @param {number[]} told @returns {HTMLElement} */
function story(told) {
  const made = element("div", { class: "recit" });
  let apart = false;
  for (let i = 0; i < told.length; i += 2) {
    const text = data.texts[told[i]];
    const [indent, form] = [told[i + 1] >> 2, told[i + 1] & 3];
    if (!text) {
      apart = true;
      continue;
    }
    const classes = [`i${Math.min(indent, 12)}`, apart ? "apart" : "", form === 2 ? "discret" : ""].filter(Boolean).join(" ");
    made.append(element(form === 1 ? "h3" : "p", { class: classes }, text));
    apart = false;
  }
  return made;
}

/** @param {Row} row */
function profile(row) {
  const line = state.lines.find((each) => each.row === row);
  if (!line || !line.roots.length) return "";
  const table = element("table", { class: "profil" }, element("caption", {}, state.outcome ? words.profileTrial : words.profile));
  const head = element("tr", {}, element("th", { scope: "col" }, words.criterion), element("th", { scope: "col", class: "nombre" }, words.points), element("th", { scope: "col", class: "nombre" }, words.most));
  table.append(element("thead", {}, head));
  const most = tops();
  const lines = line.roots.map((value, i) => element("tr", {}, element("th", { scope: "row" }, data.columns[i].full), pointsCell(data, line, value, most[i], "critere"), element("td", { class: "nombre" }, most[i] === null ? "" : rounded(number(/** @type {Exact} */ (most[i])), number(/** @type {Exact} */ (most[i])).d === 1n ? 0 : data.decimals))));
  table.append(element("tbody", {}, ...lines));
  return table;
}

/** @param {Row} row */
function open(row) {
  state.opened = row;
  const line = state.lines.find((each) => each.row === row) || new Evaluated(row);
  const title = element("h2", { tabindex: "-1", id: "titre-dossier" }, row.r);
  const who = [row.n, row.c && `${row.c} (${row.d})`, data.waves[row.w]].filter(Boolean).join(" · ");
  const firmness = firmnessText(line) ? `, ${firmnessText(line)}` : "";
  const status = [data.statuses[line.status] + firmness];
  if (line.rank !== null) status.unshift(said(words.rank, { rank: line.shown }) + (line.tied ? words.equal : ""));
  if (line.total) status.unshift(said(words.totalOf, { total: pointsText(line.total, data.decimals) }));
  if (ranksText(line)) status.push(said(words.possible, { ranks: ranksText(line) }));
  const was = beforeOf.get(row);
  const parts = [
    title,
    element("p", { class: "qui" }, who),
    element("p", { class: `etat s${line.status}` }, element("span", { class: "pastille", "aria-hidden": "true" }), status.join(" · ")),
  ];
  if (state.outcome && was) parts.push(element("p", { class: "avant change" }, said(words.was, { rank: rankText(was), status: data.statuses[was.status], total: was.total ? pointsText(was.total, data.decimals) : "" }), " ", words.storyIsEvaluated));
  const shape = profile(row);
  byId("dossier-corps").replaceChildren(...parts, shape, story(row.x || []));
  const around = state.shown.findIndex((each) => each.row === row);
  neighbour("precedent", state.shown[around - 1]);
  neighbour("suivant", around < 0 ? undefined : state.shown[around + 1]);
  document.body.classList.add("ouvert");
  document.title = `${row.r} · ${words.title}`;
  scrollTo(0, 0);
  title.focus();
}

/** @param {string} id @param {Line | undefined} line */
function neighbour(id, line) {
  const link = byId(id);
  link.hidden = !line;
  if (line) link.setAttribute("href", "#" + encodeURIComponent(line.row.r));
}

function close() {
  if (!state.opened) return;
  const row = state.opened;
  state.opened = null;
  document.body.classList.remove("ouvert");
  document.title = words.title;
  const place = state.shown.findIndex((line) => line.row === row);
  if (place >= 0 && frame.classList.contains("longue")) {
    frame.scrollTop = Math.max(0, place * drawn.height - frame.clientHeight / 2);
    drawn.show();
  }
  const line = document.getElementById(`l-${row.r}`);
  const link = line && line.querySelector("a");
  if (link) link.focus();
}

/** Show what the address names. */
function follow() {
  const hash = location.hash;
  const row = everyRow.get(decoded(hash.slice(1)));
  if (row && data.texts.length) {
    open(row);
    return;
  }
  if (policy && hash.startsWith(TRIAL)) {
    state.settings = settingsFrom(policy, hash);
    fill();
    tryAgain();
    /** @type {HTMLDetailsElement} */ (byId("essai")).open = true;
  }
  close();
}

sortable();
for (const id of ["cherche", "vague", "departement", "zone", "statut"]) {
  const field = document.getElementById(id);
  if (field) field.addEventListener("input", redraw);
}
byId("filtres").addEventListener("submit", (event) => event.preventDefault());
byId("filtres").addEventListener("reset", () => setTimeout(redraw));
byId("retour").addEventListener("click", (event) => {
  event.preventDefault();
  history.pushState(null, "", policy && state.settings ? addressOf(policy, state.settings) : "#");
  close();
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && state.opened) byId("retour").click();
});
addEventListener("hashchange", follow);
/** @type {HTMLDetailsElement[]} */
let unfolded = [];
addEventListener("beforeprint", () => {
  drawn.whole = true;
  drawn.show(true);
  unfolded = [...document.querySelectorAll("details")].filter((each) => !each.open);
  for (const each of unfolded) each.open = true;
});
addEventListener("afterprint", () => {
  drawn.whole = false;
  drawn.show(true);
  for (const each of unfolded) each.open = false;
});
document.body.classList.add("vivant");
readyTrial();
fill();
if (policy) tryAgain();
else redraw();
follow();
