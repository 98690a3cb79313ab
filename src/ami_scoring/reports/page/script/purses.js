// The money of a budget, as scoring/places/purses.py keeps it.

const COMMON = -1;
const NOTHING = ratio(0n);

/** Money kept for some candidatures until something is settled, and how much more they may ask for, null without end:
 * by purse. Then what those wait for who might be paid with it, and whether envelopes had spilt.
 * @typedef {{money: Map<number, Ratio>, lacking: Map<number, Ratio | null>, cause: object, isPoured: boolean}} Kept */

class Purses {
  /** @param {Budget | null} budget */
  constructor(budget) {
    this.budget = budget;
    /** @type {Map<number, Ratio>} */
    this.left = new Map();
    /** @type {Map<number, Ratio>} */
    this.kept = new Map();
    /** What is waited for, and for how many. @type {Map<number, Map<object, number>>} */
    this.pending = new Map();
    /** @type {Set<number>} */
    this.closed = new Set();
    /** What may not be enough, and would stop the sharing then. @type {Map<number, Set<Kept>>} */
    this.doubtful = new Map();
    /** What those lack for whom not all is kept. @type {Map<number, Ratio>} */
    this.lacking = new Map();
    /** How many of them may ask for more without end. @type {Map<number, number>} */
    this.endless = new Map();
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
    return !this.budget || this.pays(this.purse(rows[0]), this.stillAsked(rows));
  }

  /** Say whether some are paid where they come first: one at least is, unless the sharing stops. @param {Placed[]} rows */
  paysEach(rows) {
    return !this.stops || rows.every((row) => this.canPay([row]));
  }

  /** @param {number} purse */
  isOpen(purse) {
    return !this.closed.has(purse) && !this.doubtful.get(purse)?.size;
  }

  /** Say whether a purse surely holds an amount, beside all that is kept of it or lacking.
   * @param {number} purse @param {Ratio} asked */
  pays(purse, asked) {
    if (!this.isOpen(purse)) return false;
    if (asked.n > 0n && this.endless.get(purse)) return false;
    const wanted = asked.n > 0n ? plus(asked, this.lacking.get(purse) || NOTHING) : asked;
    return compared(wanted, minus(this.left.get(purse) || NOTHING, this.kept.get(purse) || NOTHING)) <= 0;
  }

  /** Say whether a purse surely holds too little for one, even with all that is kept of it, or later is poured.
   * @param {Placed} row @param {boolean} later */
  neverPays(row, later) {
    const [asked, own] = [this.asked(row), this.purse(row)];
    if (asked === null) return false;
    const poured = this.open.length > 0 && (later || this.spilt);
    const places = new Set(poured ? [COMMON, own, ...this.open] : [own]);
    const left = [...places].reduce((sum, place) => plus(sum, this.left.get(place) || NOTHING), NOTHING);
    return compared(this.stillAsked([row]), left) > 0 && !(this.isPartial && left.n > 0n);
  }

  /** Say whether its envelope keeps what it has while the common rest is shared. @param {Placed} row */
  isApart(row) {
    return this.spilt && ![COMMON, ...this.open].includes(this.home(row));
  }

  /** Say of each part of the budget whether it would surely pay one. @param {Placed} row @param {number[]} places */
  canPayFrom(row, places) {
    const asked = this.stillAsked([row]);
    const parts = this.spilt ? [COMMON] : places;
    return new Set(parts.map((place) => this.pays(place, asked)));
  }

  /** Give what some wait for, if `asked` might be paid once it is settled; null if not. `own` waits for themselves.
   * @param {Placed[]} rows @param {Ratio} asked @param {Set<object>} own @returns {object | null} */
  cause(rows, asked, own) {
    const purse = this.purse(rows[0]);
    let left = this.left.get(purse) || NOTHING;
    if (this.spilt) for (const place of this.open) left = plus(left, this.left.get(place) || NOTHING);
    const within = compared(asked, left) <= 0 || (this.isPartial && left.n > 0n);
    if (!within || this.closed.has(purse)) return null;
    return [...(this.pending.get(purse)?.keys() || [])].find((cause) => !own.has(cause)) || null;
  }

  /** @param {Placed[]} rows */
  leastAsked(rows) {
    return rows.map((row) => this.stillAsked([row])).reduce(lesser);
  }

  /** @param {Placed[]} rows */
  isContested(rows) {
    const free = this.free(rows[0]);
    const within = compared(this.leastAsked(rows), free) <= 0 || (this.isPartial && free.n > 0n);
    return rows.length > 1 && !this.isClosed(rows[0]) && within;
  }

  /** @param {Placed[]} rows @param {number} seats @param {object} cause @returns {Kept} */
  keep(rows, seats, cause) {
    /** @type {Map<number, Ratio>} */
    const money = new Map();
    /** @type {Map<number, Ratio | null>} */
    const lacking = new Map();
    for (const mine of this.budget ? this.apart(rows) : []) {
      const [purse, free] = [this.purse(mine[0]), this.free(mine[0])];
      const most = mine.map((row) => this.most(row));
      const bounded = most.flatMap((each) => (each ? [each] : [])).sort(compared);
      const last = seats ? bounded.slice(-seats) : bounded;
      const wanted = bounded.length === most.length ? last.reduce(plus, NOTHING) : null;
      if (!wanted || compared(wanted, free) > 0) lacking.set(purse, wanted && minus(wanted, free));
      const part = wanted ? lesser(free, wanted) : free;
      money.set(purse, part);
      this.kept.set(purse, plus(this.kept.get(purse) || NOTHING, part));
    }
    const kept = { money, lacking, cause, isPoured: this.spilt };
    for (const purse of money.keys()) {
      const pending = this.pending.get(purse) || new Map();
      this.pending.set(purse, pending.set(cause, (pending.get(cause) || 0) + 1));
    }
    for (const [purse, wanted] of lacking) {
      this.lack(purse, wanted, 1);
      if (this.stops) this.doubtful.set(purse, (this.doubtful.get(purse) || new Set()).add(kept));
    }
    return kept;
  }

  /** @param {Kept} kept */
  giveBack(kept) {
    for (const [purse, amount] of kept.money) {
      this.kept.set(purse, minus(this.kept.get(purse) || NOTHING, amount));
      if (this.spilt && this.open.includes(purse)) {
        this.left.set(purse, minus(this.left.get(purse) || NOTHING, amount));
        this.left.set(COMMON, plus(this.left.get(COMMON) || NOTHING, amount));
      }
      const pending = this.pending.get(this.spilt ? COMMON : purse) || new Map();
      const count = pending.get(kept.cause) - 1;
      if (count) pending.set(kept.cause, count);
      else pending.delete(kept.cause);
      this.doubtful.get(purse)?.delete(kept);
      const wanted = kept.lacking.get(purse);
      if (wanted !== undefined && kept.isPoured === this.spilt) this.lack(purse, wanted, -1);
    }
  }

  /** @param {number} purse @param {Ratio | null} wanted @param {1 | -1} sign */
  lack(purse, wanted, sign) {
    const before = this.lacking.get(purse) || NOTHING;
    if (wanted === null) this.endless.set(purse, (this.endless.get(purse) || 0) + sign);
    else this.lacking.set(purse, sign > 0 ? plus(before, wanted) : minus(before, wanted));
  }

  /** @param {Placed[]} rows */
  fallShort(rows) {
    if (this.stops) this.closed.add(this.purse(rows[0]));
  }

  /** @param {Placed} row */
  isClosed(row) {
    return this.closed.has(this.purse(row));
  }

  /** Say whether the sharing that concerns one stopped, and nothing that is poured begins it again.
   * @param {Placed} row */
  isOverFor(row) {
    return this.isClosed(row) && (this.spilt || !this.open.length);
  }

  /** @param {Placed} row */
  paysInPart(row) {
    const purse = this.purse(row);
    return this.isPartial && !this.closed.has(purse) && !this.pending.get(purse)?.size && this.free(row).n > 0n;
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
    /** @type {Map<object, number>} */
    const poured = new Map();
    for (const pending of this.pending.values())
      for (const [cause, count] of pending) poured.set(cause, (poured.get(cause) || 0) + count);
    this.pending = new Map([[COMMON, poured]]);
    this.lacking.clear();
    this.endless.clear();
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
