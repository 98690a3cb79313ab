// The list: one line a candidature, sorted, searched and filtered; a long one is drawn as it is scrolled.

const LONG = 200;
const BESIDE = 6;

/** @typedef {{points: Ratio | null, low: Ratio, high: Ratio}} Shown */
/** @typedef {{row: Row, rank: number | null, shown: string, best: number, worst: number, tied: boolean, status: number, firmness: number, total: Shown | null, roots: Shown[], granted: Ratio | null}} Line */

/** Make an element; texts are only ever set as text. @param {string} tag @param {Record<string, string>} attributes
 * @param {(Node | string)[]} children @returns {HTMLElement} */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @param {string} template @param {Record<string, string | number>} values */
const said = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** @type {Map<string, Ratio>} */
const numbers = new Map();

/** @param {Exact} text @returns {Ratio} */
function number(text) {
  let found = numbers.get(text);
  if (!found) numbers.set(text, (found = exact(text)));
  return found;
}

/** @param {Open} open @returns {Shown} */
function shownOf(open) {
  const [points, low, high] = typeof open === "string" ? [open, open, open] : open;
  return { points: points === null ? null : number(points), low: number(low), high: number(high) };
}

/** A candidature as evaluated; its points are read when they are shown or compared. @implements {Line} */
class Evaluated {
  /** @param {Row} row */
  constructor(row) {
    this.row = row;
    this.rank = row.k ?? null;
    this.shown = "";
    this.best = row.b || 0;
    this.worst = row.h || 0;
    this.tied = !!row.e;
    this.status = row.s;
    this.firmness = row.i ?? -1;
  }

  get total() {
    return this.row.T === undefined ? null : shownOf(this.row.T);
  }

  get roots() {
    return (this.row.o || []).map(shownOf);
  }

  get granted() {
    return this.row.g === undefined ? null : number(this.row.g);
  }
}

/** A candidature in a trial. @implements {Line} */
class Tried {
  /** @param {Placed} one @param {Outcome} outcome @param {number[]} roots */
  constructor(one, outcome, roots) {
    this.one = one;
    this.size = outcome.scale;
    this.nodes = roots;
    this.row = one.row;
    this.rank = one.rank;
    this.shown = "";
    this.best = outcome.isExact ? one.best : 0; // no range is said that the engine might not say
    this.worst = one.worst;
    this.tied = one.tied;
    this.status = one.status;
    this.firmness = outcome.isExact && one.firmness !== firmnessPlaces.impossible ? one.firmness : -1;
    this.granted = one.granted;
  }

  /** @param {number} node */
  at(node) {
    const over = (/** @type {Whole} */ points) => ({ n: BigInt(points), d: this.size });
    const points = node === this.one.points.length - 1 ? this.one.total : this.one.points[node];
    const settled = points === null ? null : over(points);
    const [low, high] = [over(this.one.low[node]), over(this.one.high[node])];
    return this.one.isWide ? { points: settled, low: settled || low, high: settled || low } : { points: settled, low, high };
  }

  get total() {
    return this.at(this.one.points.length - 1);
  }

  get roots() {
    return this.nodes.map((node) => this.at(node));
  }
}

/** @param {Policy} policy @param {Outcome} outcome @returns {Line[]} */
function asTried(policy, outcome) {
  const roots = policy.nodes.flatMap((node, i) => (node.parent < 0 ? [i] : []));
  return numbered(data.ranks, outcome.placed.map((one) => new Tried(one, outcome, roots)));
}

/** Write the ranks that people read: 1, 2, 2, 4 unless the policy numbers them otherwise. @template {Line} T
 * @param {Data["ranks"]} how @param {T[]} lines @returns {T[]} */
function numbered(how, lines) {
  /** @type {Map<number, number>} */
  const sharing = new Map();
  for (const { rank } of lines) if (rank !== null) sharing.set(rank, (sharing.get(rank) || 0) + 1);
  const steps = new Map([...sharing.keys()].sort((a, b) => a - b).map((rank, i) => [rank, i + 1]));
  for (const line of lines) {
    const { rank } = line;
    if (rank === null) continue;
    const mean = rank + ((sharing.get(rank) || 1) - 1) / 2;
    line.shown = String(how === "dense" ? steps.get(rank) : how === "average" ? mean : rank).replace(".", ",");
  }
  return lines;
}

/** @param {Shown} value @param {number} decimals */
function pointsText(value, decimals) {
  return value.points === null ? "?" : rounded(value.points, decimals);
}

/** @param {Shown} value @param {number} decimals */
function rangeText(value, decimals) {
  return compared(value.low, value.high) ? said(words.range, { low: rounded(value.low, decimals), high: rounded(value.high, decimals) }) : "";
}

/** @param {Line} line */
const rankText = (line) => (line.rank === null ? "–" : line.shown + (line.tied ? "\u00a0=" : ""));

/** @param {Line} line */
const ranksText = (line) => (line.best && (line.rank === null || line.best !== line.worst) ? said(words.range, { low: line.best, high: line.worst }) : "");

/** @param {Line} line */
const firmnessText = (line) => (line.firmness < 0 ? "" : data.firmness[line.firmness]);

/** @param {Ratio} part @param {Ratio} whole @returns {string} */
function percent(part, whole) {
  if (whole.n <= 0n || part.n <= 0n) return "0%";
  const share = Number((part.n * whole.d * 10000n) / (part.d * whole.n)) / 100;
  return `${Math.min(100, share)}%`;
}

/** @param {Data} data @param {Line} line @param {Shown} value @param {Exact | null} most @param {string} kind */
function pointsCell(data, line, value, most, kind) {
  const cell = element("td", { class: `nombre ${kind}` }, element("span", {}, pointsText(value, data.decimals)));
  const range = rangeText(value, data.decimals);
  if (range) cell.append(element("small", {}, range));
  if (most !== null) {
    const bar = element("span", { class: "barre", "aria-hidden": "true" });
    bar.style.setProperty("--sur", percent(value.points === null ? value.low : value.points, number(most)));
    bar.style.setProperty("--possible", percent(value.high, number(most)));
    cell.append(bar);
  }
  return cell;
}

/** @param {Data} data @param {Line} line @param {Line | null} before @param {(Exact | null)[]} tops */
function lineOf(data, line, before, tops) {
  const { row } = line;
  const made = element("tr", { class: `s${line.status}`, id: `l-${row.r}` });
  const rank = element("td", { class: "nombre rang" }, element("span", {}, rankText(line)));
  if (ranksText(line)) rank.append(element("small", {}, ranksText(line)));
  made.append(rank);
  const link = data.texts.length ? element("a", { href: "#" + encodeURIComponent(row.r) }, row.r) : row.r;
  made.append(element("th", { scope: "row" }, link, element("small", {}, row.c)));
  made.append(element("td", { class: "porteur large" }, row.n));
  made.append(element("td", { class: "moyen" }, row.d));
  if (data.waves.length > 1) made.append(element("td", { class: "moyen" }, data.waves[row.w] || ""));
  if (data.hasZone) made.append(element("td", { class: "large zone" }, row.z || ""));
  if (data.columns.length) line.roots.forEach((value, i) => made.append(pointsCell(data, line, value, tops[i], "critere large")));
  const { total } = line;
  if (total) made.append(pointsCell(data, line, total, null, "total"));
  if (data.granted) made.append(element("td", { class: "nombre moyen" }, line.granted ? rounded(line.granted, line.granted.d === 1n ? 0 : data.decimals) : ""));
  const status = element("td", { class: "statut" }, element("span", { class: "pastille", "aria-hidden": "true" }), data.statuses[line.status]);
  if (firmnessText(line)) status.append(element("small", {}, firmnessText(line)));
  made.append(status);
  if (before) {
    const same = before.status === line.status && before.shown === line.shown;
    const was = said(words.was, { rank: rankText(before), status: data.statuses[before.status], total: before.total ? pointsText(before.total, data.decimals) : "" });
    made.append(element("td", { class: same ? "avant" : "avant change" }, was));
  }
  return made;
}

/** @param {string} text */
const folded = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

/** @type {WeakMap<Row, string>} */
const searched = new WeakMap();

/** @param {Row} row @returns {string} */
function searchable(row) {
  let text = searched.get(row);
  if (text === undefined) searched.set(row, (text = folded(`${row.r} ${row.c} ${row.n}`)));
  return text;
}

/** @typedef {{text: string, wave: string, department: string, zone: string, status: string}} Filters */

/** @param {Data} data @param {Line[]} lines @param {Filters} filters */
function filtered(data, lines, filters) {
  const parts = folded(filters.text).split(/\s+/).filter(Boolean);
  return lines.filter(
    ({ row, status }) =>
      (!filters.wave || data.waves[row.w] === filters.wave) &&
      (!filters.department || row.d === filters.department) &&
      (!filters.zone || row.z === filters.zone) &&
      (!filters.status || data.statuses[status] === filters.status) &&
      parts.every((part) => searchable(row).includes(part)),
  );
}

/** @type {Intl.Collator} */
const collator = new Intl.Collator("fr", { numeric: true });

/** Sort by one column; equals stay in the order of ranks. @param {Line[]} lines @param {string} column */
function sortBy(lines, column) {
  const points = (/** @type {(line: Line) => Shown | null | undefined} */ of) => {
    const values = new Map(lines.map((line) => [line, of(line)]));
    const value = (/** @type {Line} */ line) => {
      const shown = values.get(line);
      return shown ? shown.points || shown.low : NOTHING;
    };
    lines.sort((a, b) => compared(value(b), value(a)));
  };
  if (column === "total") points((line) => line.total);
  else if (column.startsWith("c.")) points((line) => line.roots[+column.slice(2)]);
  else if (column === "status") lines.sort((a, b) => a.status - b.status);
  else if (column === "wave") lines.sort((a, b) => a.row.w - b.row.w);
  else if (column === "granted") lines.sort((a, b) => compared(b.granted || NOTHING, a.granted || NOTHING));
  else {
    const texts = { reference: "r", applicant: "n", department: "d", zone: "z" };
    const key = /** @type {"r" | "n" | "d" | "z" | undefined} */ (texts[/** @type {keyof typeof texts} */ (column)]);
    if (key) lines.sort((a, b) => collator.compare(a.row[key] || "", b.row[key] || ""));
  }
}

/** Draws lines in a table, all of them or those in sight. */
class Drawn {
  /** @param {HTMLElement} frame @param {HTMLTableSectionElement} body @param {boolean} isLong whether the whole list
   * is: a search leaves it drawn as it was @param {(place: number) => HTMLElement} draw */
  constructor(frame, body, isLong, draw) {
    this.isLong = isLong;
    frame.classList.toggle("longue", isLong);
    this.frame = frame;
    this.body = body;
    this.draw = draw;
    this.size = 0;
    this.height = 0;
    this.whole = false;
    this.range = [-1, -1];
    this.waits = false;
    frame.addEventListener("scroll", () => {
      if (this.waits) return;
      this.waits = true;
      requestAnimationFrame(() => {
        this.waits = false;
        this.show();
      });
    }, { passive: true });
    addEventListener("resize", () => this.show(true));
  }

  /** @param {number} size */
  reset(size) {
    this.size = size;
    this.frame.scrollTop = 0;
    this.show(true);
  }

  /** @param {boolean} anew */
  show(anew = false) {
    const isLong = this.isLong && !this.whole && this.size > 0;
    let [from, to] = [0, this.size];
    if (isLong) {
      if (!this.height) this.measure();
      from = Math.max(0, Math.floor(this.frame.scrollTop / this.height) - BESIDE);
      to = Math.min(this.size, from + Math.ceil(this.frame.clientHeight / this.height) + 2 * BESIDE);
    }
    if (!anew && from === this.range[0] && to === this.range[1]) return;
    this.range = [from, to];
    const lines = [];
    if (isLong && from) lines.push(this.gap(from));
    for (let place = from; place < to; place++) {
      const line = this.draw(place);
      if (isLong) line.setAttribute("aria-rowindex", String(place + 2));
      lines.push(line);
    }
    if (isLong && to < this.size) lines.push(this.gap(this.size - to));
    this.body.replaceChildren(...lines);
  }

  measure() {
    this.body.replaceChildren(this.draw(0));
    this.height = Math.max(20, this.body.rows[0].getBoundingClientRect().height);
  }

  /** @param {number} count */
  gap(count) {
    const cell = element("td", { colspan: "99" });
    cell.style.height = `${count * this.height}px`;
    return element("tr", { class: "vide", "aria-hidden": "true" }, cell);
  }
}
