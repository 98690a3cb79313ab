// The money of a budget, as scoring/places/purses.py keeps it.

const COMMON = -1;
const NOTHING = ratio(0n);

class Purses {
  /** @param {Budget | null} budget */
  constructor(budget) {
    this.budget = budget;
    /** @type {Map<number, Ratio>} */
    this.left = new Map();
    /** @type {Map<number, Ratio>} */
    this.kept = new Map();
    /** @type {Set<number>} */
    this.causes = new Set();
    /** @type {Set<number>} */
    this.closed = new Set();
    /** @type {Set<number>} */
    this.doubtful = new Set();
    /** @type {Map<Placed, Ratio>} */
    this.given = new Map();
    /** @type {number[]} */
    this.open = [];
    this.spilt = false;
    this.order = budget ? budget.spillsTo : [];
    if (!budget) return;
    let rest = times(exact(budget.amount), exact(budget.times));
    budget.envelopes.forEach((envelope, place) => {
      const part = times(exact(envelope.amount), exact(budget.times));
      this.left.set(place, part);
      rest = minus(rest, part);
      if (envelope.spill) this.open.push(place);
    });
    this.left.set(COMMON, rest);
    for (const place of this.left.keys()) this.kept.set(place, NOTHING);
  }

  /** @param {Placed[]} rows @returns {Placed[][]} */
  apart(rows) {
    /** @type {Map<number, Placed[]>} */
    const parted = new Map();
    for (const row of rows) parted.set(this.purse(row), [...(parted.get(this.purse(row)) || []), row]);
    return [...parted.values()];
  }

  /** @param {Placed} row @returns {Ratio | null} */
  asked(row) {
    if (!this.budget) return NOTHING;
    return row.row.a === undefined ? null : exact(row.row.a);
  }

  /** @param {Placed[]} rows */
  stillAsked(rows) {
    return rows.reduce((sum, row) => plus(sum, minus(this.asked(row) || NOTHING, this.given.get(row) || NOTHING)), NOTHING);
  }

  /** @param {Placed} row */
  free(row) {
    const purse = this.purse(row);
    return minus(this.left.get(purse) || NOTHING, this.kept.get(purse) || NOTHING);
  }

  /** @param {Placed[]} rows */
  canPay(rows) {
    if (!this.budget) return true;
    const purse = this.purse(rows[0]);
    const isOpen = !this.closed.has(purse) && !this.doubtful.has(purse);
    return isOpen && compared(this.stillAsked(rows), this.free(rows[0])) <= 0;
  }

  /** Say whether its envelope keeps what it has while the common rest is shared. @param {Placed} row */
  isApart(row) {
    return this.spilt && ![COMMON, ...this.open].includes(this.home(row));
  }

  /** Say of each part of the budget whether it would surely pay one. @param {Placed} row @param {number[]} places */
  canPayFrom(row, places) {
    const asked = this.stillAsked([row]);
    const parts = this.spilt ? [COMMON] : places;
    const left = (/** @type {number} */ place) => minus(this.left.get(place) || NOTHING, this.kept.get(place) || NOTHING);
    return new Set(parts.map((place) => !this.closed.has(place) && !this.doubtful.has(place) && compared(asked, left(place)) <= 0));
  }

  /** @param {Placed[]} rows */
  mayBePaid(rows) {
    const purse = this.purse(rows[0]);
    let left = this.left.get(purse) || NOTHING;
    if (this.spilt) for (const place of this.open) left = plus(left, this.left.get(place) || NOTHING);
    const within = compared(this.stillAsked(rows), left) <= 0 || (this.isPartial && left.n > 0n);
    return within && !this.closed.has(purse) && this.causes.has(purse);
  }

  /** @param {Placed[]} rows */
  isContested(rows) {
    const free = this.free(rows[0]);
    const least = rows.map((row) => this.stillAsked([row])).reduce(lesser);
    return rows.length > 1 && !this.isClosed(rows[0]) && (compared(least, free) <= 0 || (this.isPartial && free.n > 0n));
  }

  /** @param {Placed[]} rows @param {number} seats @returns {{kept: Map<number, Ratio>, whole: boolean}} */
  keep(rows, seats) {
    /** @type {Map<number, Ratio>} */
    const kept = new Map();
    let whole = true;
    for (const mine of this.budget ? this.apart(rows) : []) {
      const [purse, free] = [this.purse(mine[0]), this.free(mine[0])];
      const most = mine.map((row) => this.most(row));
      const bounded = most.flatMap((each) => (each ? [each] : [])).sort(compared);
      const last = seats ? bounded.slice(-seats) : bounded;
      const wanted = bounded.length === most.length ? last.reduce(plus, NOTHING) : null;
      if (!wanted || compared(wanted, free) > 0) {
        whole = false;
        if (this.stops) this.doubtful.add(purse);
      }
      const part = wanted ? lesser(free, wanted) : free;
      kept.set(purse, part);
      this.kept.set(purse, plus(this.kept.get(purse) || NOTHING, part));
      this.causes.add(purse);
    }
    return { kept, whole };
  }

  /** @param {Map<number, Ratio>} kept */
  giveBack(kept) {
    for (const [purse, amount] of kept) {
      this.kept.set(purse, minus(this.kept.get(purse) || NOTHING, amount));
      if (this.spilt && this.open.includes(purse)) {
        this.left.set(purse, minus(this.left.get(purse) || NOTHING, amount));
        this.left.set(COMMON, plus(this.left.get(COMMON) || NOTHING, amount));
      }
    }
  }

  /** @param {Placed[]} rows */
  fallShort(rows) {
    if (this.stops) this.closed.add(this.purse(rows[0]));
  }

  /** @param {Placed} row */
  isClosed(row) {
    return this.closed.has(this.purse(row));
  }

  /** @param {Placed} row */
  paysInPart(row) {
    const purse = this.purse(row);
    return this.isPartial && !this.closed.has(purse) && !this.causes.has(purse) && this.free(row).n > 0n;
  }

  /** @param {Placed} row @returns {Ratio | null} */
  pay(row) {
    if (!this.budget) return null;
    const granted = lesser(this.stillAsked([row]), this.free(row));
    const purse = this.purse(row);
    this.left.set(purse, minus(this.left.get(purse) || NOTHING, granted));
    this.given.set(row, plus(this.given.get(row) || NOTHING, granted));
    return this.given.get(row) || null;
  }

  spill() {
    for (const place of this.open) {
      const [left, kept] = [this.left.get(place) || NOTHING, this.kept.get(place) || NOTHING];
      this.left.set(COMMON, plus(this.left.get(COMMON) || NOTHING, minus(left, kept)));
      this.left.set(place, kept);
    }
    this.causes = new Set(this.causes.size ? [COMMON] : []);
    this.spilt = true;
    return this.open.length > 0;
  }

  /** Give those whom what was spilt pays, in turn: each envelope that the policy names, then null, all the others. */
  *turns() {
    for (const turn of [...this.order, null]) {
      this.closed.clear();
      this.doubtful.clear();
      yield turn;
    }
  }

  /** @param {Placed} row @returns {number | null} */
  turnOf(row) {
    return this.order.includes(this.home(row)) ? this.home(row) : null;
  }

  get stops() {
    return !!this.budget && this.budget.stops;
  }

  get isPartial() {
    return !!this.budget && this.budget.partial;
  }

  /** @param {Placed} row @returns {Ratio | null} */
  most(row) {
    if (row.row.a !== undefined || !this.budget) return this.stillAsked([row]);
    return row.row.u ? exact(row.row.u) : null;
  }

  /** @param {Placed} row */
  purse(row) {
    return this.spilt ? COMMON : this.home(row);
  }

  /** @param {Placed} row */
  home(row) {
    return this.budget ? (row.row.v ?? COMMON) : COMMON;
  }
}
