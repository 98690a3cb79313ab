// The list: one line a candidature, sorted, searched and filtered; a long one is drawn as it is scrolled.

const LONG = 200;
const BESIDE = 6;

/** @typedef {{points: Ratio | null, low: Ratio, high: Ratio}} Shown */
/** @typedef {{row: Row, rank: number | null, best: number, worst: number, tied: boolean, status: number, total: Shown | null, roots: Shown[], granted: Ratio | null}} Line */

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
  const [points, low, high] = opened(open);
  return { points: points === null ? null : number(points), low: number(low), high: number(high) };
}

/** @param {Row} row @returns {Line} */
const asEvaluated = (row) => ({
  row,
  rank: row.k ?? null,
  best: row.b || 0,
  worst: row.h || 0,
  tied: !!row.e,
  status: row.s,
  total: row.T === undefined ? null : shownOf(row.T),
  roots: (row.o || []).map(shownOf),
  granted: row.g === undefined ? null : number(row.g),
});

/** @param {Policy} policy @param {Outcome} outcome @returns {Line[]} */
function asTried(policy, outcome) {
  const over = (/** @type {bigint} */ points) => ({ n: points, d: outcome.scale });
  const shown = (/** @type {Points} */ each) => ({ points: each.points === null ? null : over(each.points), low: over(each.low), high: over(each.high) });
  const roots = policy.nodes.map((_, i) => i).filter((i) => policy.nodes[i].parent < 0);
  return outcome.placed.map((one) => ({
    ...one,
    best: policy.several ? 0 : one.best, // other versions may count, which are not here: no range is said
    total: shown({ points: one.total, low: one.low, high: one.high }),
    roots: roots.map((i) => shown(one.nodes[i])),
  }));
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
const rankText = (line) => (line.rank === null ? "–" : line.rank + (line.tied ? "\u00a0=" : ""));

/** @param {Line} line */
const ranksText = (line) => (line.best && (line.rank === null || line.best !== line.worst) ? said(words.range, { low: line.best, high: line.worst }) : "");

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
  line.roots.forEach((value, i) => made.append(pointsCell(data, line, value, tops[i], "critere large")));
  if (line.total) made.append(pointsCell(data, line, line.total, null, "total"));
  if (data.granted) made.append(element("td", { class: "nombre moyen" }, line.granted ? rounded(line.granted, line.granted.d === 1n ? 0 : data.decimals) : ""));
  const status = element("td", { class: "statut" }, element("span", { class: "pastille", "aria-hidden": "true" }), data.statuses[line.status]);
  if (!before && row.i !== undefined) status.append(element("small", {}, data.firmness[row.i]));
  made.append(status);
  if (before) {
    const same = before.status === line.status && before.rank === line.rank;
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

/** Compare by one column; equals stay in the order of ranks. @param {string} column @returns {(a: Line, b: Line) => number} */
function byColumn(column) {
  const points = (/** @type {Shown | null | undefined} */ a, /** @type {Shown | null | undefined} */ b) =>
    a && b ? compared(b.points || b.low, a.points || a.low) : 0;
  if (column === "total") return (a, b) => points(a.total, b.total);
  if (column.startsWith("c.")) return (a, b) => points(a.roots[+column.slice(2)], b.roots[+column.slice(2)]);
  if (column === "status") return (a, b) => a.status - b.status;
  if (column === "wave") return (a, b) => a.row.w - b.row.w;
  if (column === "granted") return (a, b) => compared(b.granted || NOTHING, a.granted || NOTHING);
  const texts = { reference: "r", applicant: "n", department: "d", zone: "z" };
  const key = /** @type {"r" | "n" | "d" | "z" | undefined} */ (texts[/** @type {keyof typeof texts} */ (column)]);
  return key ? (a, b) => collator.compare(a.row[key] || "", b.row[key] || "") : () => 0;
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
