// Who gets a place: floors, quotas, a budget, the reserve list. The sentences that go with it stay in Python.

/** @param {Policy} policy @param {Settings} settings @param {Placed[]} placed @param {Floors} floors */
function select(policy, settings, placed, floors) {
  const words = statusPlaces;
  /** @type {Placed[][]} */
  const groups = [];
  for (const one of placed) {
    if (one.rank === null) continue;
    const last = groups[groups.length - 1];
    if (last && last[0].rank === one.rank) last.push(one);
    else groups.push([one]);
  }
  const fit = groups.map((group) => group.filter((one) => policy.enough || !floors.refuses(one)));
  const doubtful = new Set(placed.filter((one) => !policy.enough && floors.isDoubtful(one)));
  const done = allocate(policy, settings, fit, (one) => floors.decides(one), doubtful);
  for (const one of placed) {
    const verdict = done.verdicts.get(one);
    one.status = one.rank === null ? (one.row.W ?? words.toComplete) : verdict ? verdict.status : words.notSelected;
    one.granted = one.rank !== null && verdict && verdict.status === words.selected ? verdict.granted : null;
  }
  const ties = new Set([...done.claims.values()].filter((claim) => ["tie", "guarantee", "money"].includes(claim.kind)));
  const contested = new Set([...ties].flatMap((claim) => claim.rows));
  const selected = placed.filter((one) => one.status === words.selected).length;
  const stake = [...ties].reduce((sum, claim) => sum + (claim.kind === "money" ? 0 : claim.seats), 0);
  const waiting = new Set(done.claims.keys());
  return { selected, places: settings.places === null ? selected : settings.places, contested: contested.size, stake, waiting };
}

/** `short` have a place, and part of what they ask for: they wait for the rest of it alone.
 * @typedef {{kind: string, rows: Placed[], seats: number, kept: Kept, short: Placed[], spare: number}} Claim */
/** @typedef {{status: number, granted: Ratio | null}} Verdict */

/** @param {Policy} policy @param {Settings} settings @param {Placed[][]} groups @param {(one: Placed) => boolean} decides
 * @param {Set<Placed>} doubtful those below a floor that may concern them */
function allocate(policy, settings, groups, decides, doubtful) {
  const done = new Allocation(policy, settings, doubtful);
  const deciding = groups.map((group) => group.filter(decides));
  if (policy.budget && policy.budget.levels) {
    shareLevels(deciding, policy.budget, done);
  } else {
    policy.quotas.forEach((quota, place) => guarantee(deciding, place, quota, done));
    serve(deciding, done);
    if (done.purses.spill()) serveInTurn(deciding, done);
  }
  wait(groups, done, decides);
  return done;
}

class Allocation {
  /** @param {Policy} policy @param {Settings} settings @param {Set<Placed>} doubtful */
  constructor(policy, settings, doubtful) {
    this.doubtful = doubtful;
    /** Who would be served under a guarantee if it turned out to be of the category. @type {Set<Placed>} */
    this.chances = new Set();
    this.quotas = policy.quotas;
    this.places = settings.places;
    this.reserve = settings.reserve;
    this.purses = new Purses(policy.budget);
    /** @type {Map<Placed, Verdict>} */
    this.verdicts = new Map();
    /** @type {Map<Placed, Claim>} */
    this.claims = new Map();
    this.spare = 0;
    /** What keeps places that may yet go to others. @type {Set<Claim>} */
    this.spares = new Set();
    /** What keeps more places of some category than may be given to it. @type {Set<Claim>} */
    this.loose = new Set();
    this.free = settings.places;
    this.pledged = policy.quotas.map(() => 0);
  }

  /** @param {Placed} row */
  serves(row) {
    const verdict = this.verdicts.get(row);
    return !!verdict && verdict.status === statusPlaces.selected;
  }

  /** @param {Placed[]} rows */
  take(rows) {
    for (const row of rows) {
      if (!this.verdicts.has(row)) this.count(1, (place) => +concerns(place, row));
      this.verdicts.set(row, { status: statusPlaces.selected, granted: this.purses.pay(row) });
    }
  }

  /** Give one its place and all that it asks for, whatever is left. @param {Placed} row */
  admit(row) {
    this.count(1, (place) => +concerns(place, row));
    this.verdicts.set(row, { status: statusPlaces.selected, granted: this.purses.asked(row) });
  }

  /** @param {string} kind @param {Placed[]} rows @param {number} seats @param {object} cause */
  claim(kind, rows, seats, cause = {}) {
    const short = rows.filter((row) => this.serves(row));
    const isSure = this.purses.paysEach(rows);
    const kept = this.purses.keep(rows, seats + short.length, cause);
    let spare = seats - +(kind === "money" && isSure);
    if (isTie(kind)) spare = kept.lacking.size ? seats : 0;
    else if (!seats) spare = isSure && !kept.lacking.size ? short.length - rows.length : 0;
    const claim = { kind, rows, seats, kept, short, spare };
    for (const row of rows) this.claims.set(row, claim);
    this.count(seats, (place) => seatsOf(claim, place));
    this.spare += spare;
    if (spare > 0) this.spares.add(claim);
    if (this.quotas.some((_, place) => leastOf(claim, place) < seatsOf(claim, place))) this.loose.add(claim);
  }

  /** Keep anew, for some of those for whom it was, what has been given back. @param {Claim} claim @param {Placed[]} rows */
  renew(claim, rows) {
    this.claim(claim.kind, rows, Math.min(claim.seats, rows.length), claim.kept.cause);
  }

  /** Give what those wait for who might get a place that is kept; null where none may come free for them. */
  spared() {
    return this.spare > 0 ? [...this.spares][0]?.kept.cause || null : null;
  }

  /** @param {number} place @returns {object | null} */
  sparedOf(place) {
    const claim = [...this.loose].find((each) => leastOf(each, place) < seatsOf(each, place));
    return claim ? claim.kept.cause : null;
  }

  /** @param {Placed[]} rows */
  release(rows) {
    for (const claim of this.claimsOf(rows)) {
      for (const row of claim.rows) this.claims.delete(row);
      this.count(-claim.seats, (place) => -seatsOf(claim, place));
      this.spare -= claim.spare;
      this.spares.delete(claim);
      this.loose.delete(claim);
      this.purses.giveBack(claim.kept);
    }
  }

  /** @param {Placed[]} rows @returns {Claim[]} */
  claimsOf(rows) {
    return [...new Set(rows.flatMap((row) => this.claims.get(row) || []))];
  }

  /** @param {Placed[]} rows */
  contestedBy(rows) {
    return this.claimsOf(rows).reduce((sum, claim) => sum + (isTie(claim.kind) ? claim.seats : 0), 0);
  }

  /** @param {number} seats @param {(place: number) => number} more */
  count(seats, more) {
    if (this.free !== null) this.free -= seats;
    this.pledged = this.pledged.map((pledged, place) => pledged + more(place));
  }
}

/** @param {number} place @param {Placed} row */
const concerns = (place, row) => (row.row.q || []).includes(place);

/** @param {Claim} claim @param {number} place */
const seatsOf = (claim, place) => Math.min(claim.seats, without(claim.rows, claim.short).filter((row) => concerns(place, row)).length);

/** Count the places that surely go to a category: none of those that may not be paid. @param {Claim} claim @param {number} place */
const leastOf = (claim, place) =>
  isTie(claim.kind) && !claim.kept.lacking.size ? Math.max(0, claim.seats - claim.rows.filter((row) => !concerns(place, row)).length) : 0;

/** @param {string} kind */
const isTie = (kind) => ["tie", "guarantee"].includes(kind);

/** @param {Placed[]} rows @param {Placed[]} others */
const without = (rows, others) => (others.length ? rows.filter((row) => !others.includes(row)) : rows);

/** @param {Placed[][]} groups @param {number} place @param {Quota} quota @param {Allocation} done */
function guarantee(groups, place, quota, done) {
  for (const group of groups) {
    const wanted = quota.atLeast - done.pledged[place];
    const room = done.free === null ? wanted : Math.min(wanted, done.free);
    const open = group.filter((row) => !done.verdicts.has(row) && !done.claims.has(row));
    if (room <= 0) {
      const cause = done.sparedOf(place);
      if (!cause) return;
      const mine = open.filter((row) => concerns(place, row) && !done.purses.neverPays(row, false));
      if (mine.length) done.claim("wait", mine, 0, cause);
      continue;
    }
    const rows = holdForGuarantee(open, place, done).filter((row) => !done.purses.neverPays(row, false));
    const within = withinQuotas(rows, done);
    if (within.rows.length > room || within.ends.length) {
      done.claim("guarantee", within.everyone, Math.min(room, within.seats));
      continue; // what a full quota keeps from them is left to those who come after
    }
    for (const mine of done.purses.apart(within.rows)) settle(mine, done, false);
  }
}

/** @param {Placed[][]} groups @param {Allocation} done */
function serve(groups, done) {
  for (const group of groups) {
    const apart = contestingApart(group, done);
    const short = group.filter((row) => done.serves(row) && done.purses.stillAsked([row]).n > 0n);
    const held = withoutHeld(group.filter((row) => !done.verdicts.has(row) && !apart.includes(row)), done, false);
    // Those before whom the sharing stopped for good, and for whom nothing is kept, contest nothing.
    const rows = held.filter((row) => done.claims.has(row) || !done.purses.isOverFor(row));
    const before = new Map(rows.flatMap((row) => (done.claims.has(row) ? [[row, /** @type {Claim} */ (done.claims.get(row))]] : [])));
    const own = new Set([...before.values()].filter((claim) => claim.kind !== "wait").map((claim) => claim.kept.cause));
    const within = withinQuotas(rows, done);
    const everyone = new Set(within.everyone);
    for (const row of rows) if (!everyone.has(row)) waitForQuota(row, done);
    for (const mine of done.purses.apart([...seated(within, done), ...short])) {
      if (done.purses.isClosed(mine[0])) leaveKept(mine, before, done);
      else settle(mine, done, true, own);
    }
  }
}

/** Have one that full quotas stop wait, where those for whom their places are kept may not all have one.
 * @param {Placed} row @param {Allocation} done */
function waitForQuota(row, done) {
  if (done.claims.has(row) || done.purses.neverPays(row, true)) return;
  const full = done.quotas.flatMap(({ atMost }, place) =>
    atMost !== null && concerns(place, row) && done.pledged[place] >= atMost ? [done.sparedOf(place)] : [],
  );
  if (full.length && full[0] && !full.includes(null)) done.claim("wait", [row], 0, full[0]);
}

/** Leave to those before whom the sharing stopped what was kept for them, which is nobody's above them.
 * @param {Placed[]} rows @param {Map<Placed, Claim>} before @param {Allocation} done */
function leaveKept(rows, before, done) {
  const claims = new Set(rows.flatMap((row) => before.get(row) || []));
  for (const claim of claims) done.renew(claim, rows.filter((row) => before.get(row) === claim));
}

/** Find those who contest, or wait for, what their own envelope keeps, and keep what they may ask of the rest.
 * @param {Placed[]} group @param {Allocation} done */
function contestingApart(group, done) {
  const found = group.filter((row) => {
    const claim = done.purses.isApart(row) && done.claims.get(row);
    return claim && (claim.kind === "money" || (claim.kind === "wait" && claim.seats > 0));
  });
  if (found.length) done.purses.keep(found, found.length, {});
  return found;
}

/** Share what envelopes left, in the order that the policy states; equals who contest places are never parted.
 * @param {Placed[][]} groups @param {Allocation} done */
function serveInTurn(groups, done) {
  const claims = [...done.claims].filter(([, claim]) => ["tie", "guarantee"].includes(claim.kind));
  const together = new Set(claims.map(([row]) => row));
  for (const turn of done.purses.turns()) {
    const apart = groups.map((group) => group.filter((row) => (together.has(row) ? null : done.purses.turnOf(row)) === turn));
    serve(apart.filter((group) => group.length), done);
  }
}

/** @param {Placed[]} rows @param {number} place @param {Allocation} done */
function holdForGuarantee(rows, place, done) {
  for (const row of rows) if (!concerns(place, row) && (row.row.Q || []).includes(place)) done.chances.add(row);
  return withoutHeld(rows.filter((row) => concerns(place, row)), done, true);
}

/** Hold those whose fate depends on a category, a floor or an envelope that nobody knows: a blank decides nothing.
 * @param {Placed[]} rows @param {Allocation} done @param {boolean} guaranteed @returns {Placed[]} */
function withoutHeld(rows, done, guaranteed) {
  let kept = rows;
  while (kept.some((row) => done.doubtful.has(row) || row.row.Q || row.row.V)) {
    const within = withinQuotas(kept, done);
    const equals = kept;
    const held = kept.filter((row) => isHeld(row, equals, within, done, guaranteed));
    if (!held.length) break;
    for (const row of held) done.verdicts.set(row, { status: statusPlaces.toComplete, granted: null });
    kept = kept.filter((row) => !held.includes(row));
  }
  return kept;
}

/** @param {Placed} row @param {Placed[]} rows @param {Within} within @param {Allocation} done @param {boolean} guaranteed */
function isHeld(row, rows, within, done, guaranteed) {
  const own = done.claimsOf(rows).reduce((sum, claim) => sum + claim.seats, 0);
  const paid = row.row.V ? done.purses.canPayFrom(row, row.row.V) : new Set([done.purses.canPay([row]) || done.purses.paysInPart(row)]);
  const hasSeat = within.everyone.includes(row) && (done.free === null || done.free + own > 0);
  if (hasSeat && row.row.V && paid.has(false)) return true;
  const mayBeServed = hasSeat && paid.has(true);
  if (mayBeServed) {
    if (done.doubtful.has(row)) return true;
    if ((row.row.Q || []).some((place) => wouldStop(place, rows, done))) return true;
  }
  const isServed = mayBeServed && within.rows.includes(row) && (done.free === null || within.seats <= done.free + own);
  return !guaranteed && !isServed && done.chances.has(row);
}

/** @param {number} place @param {Placed[]} rows @param {Allocation} done */
function wouldStop(place, rows, done) {
  const { atMost } = done.quotas[place];
  if (atMost === null) return false;
  const own = done.claimsOf(rows).reduce((sum, claim) => sum + seatsOf(claim, place), 0);
  return done.pledged[place] - own + rows.filter((row) => concerns(place, row)).length + 1 > atMost;
}

/** @typedef {{rows: Placed[], ends: {rows: Placed[], seats: number}[], everyone: Placed[], seats: number}} Within */

/** @param {Within} within @param {Allocation} done @returns {Placed[]} */
function seated(within, done) {
  const [rows, free] = [within.everyone, done.free];
  const own = done.claimsOf(rows).reduce((sum, claim) => sum + claim.seats, 0);
  if (free === null || within.seats <= free + own) {
    done.release(rows);
    for (const end of within.ends) done.claim("tie", end.rows, end.seats);
    return within.rows;
  }
  if (free > 0) {
    done.release(rows);
    done.claim("tie", rows, free + own);
  } else {
    const cause = done.spared();
    const rest = rows.filter((row) => !done.claims.has(row) && !done.purses.neverPays(row, true));
    if (cause && rest.length) done.claim("wait", rest, 0, cause);
  }
  return [];
}

/** @param {Placed[]} equals of one purse that is open @param {Allocation} done @param {boolean} closes
 * @param {Set<object>} own what waits for themselves */
function settle(equals, done, closes, own = new Set()) {
  const purses = done.purses;
  for (const row of equals) if (purses.asked(row) === null) done.claim("demand", [row], 1);
  const rows = equals.filter((row) => purses.asked(row) !== null);
  if (!rows.length) return;
  if (purses.canPay(rows) || (rows.length === 1 && purses.paysInPart(rows[0]))) done.take(rows);
  else leaveUnpaid(rows, done, closes, own);
}

/** Those that have a place may wait for the rest of what they ask for, or contest it.
 * @param {Placed[]} rows @param {Allocation} done @param {boolean} closes @param {Set<object>} own */
function leaveUnpaid(rows, done, closes, own) {
  const purses = done.purses;
  const fresh = rows.filter((row) => !done.verdicts.has(row));
  const isContested = purses.isContested(rows);
  const asked = isContested ? purses.stillAsked(rows) : purses.leastAsked(rows);
  const mayBePaid = purses.cause(rows, asked, new Set());
  const cause = purses.cause(rows, asked, own) || (isContested ? null : mayBePaid);
  if (cause) {
    done.claim("wait", rows, fresh.length, cause);
    return;
  }
  if (isContested) done.claim("money", rows, fresh.length);
  if (closes && (isContested || fresh.length) && !mayBePaid) purses.fallShort(rows);
}

/** @param {Placed[]} rows @param {Allocation} done @returns {Within} */
function withinQuotas(rows, done) {
  let kept = [...rows];
  /** @type {{rows: Placed[], seats: number}[]} */
  const ends = [];
  for (const isFull of [true, false]) {
    done.quotas.forEach((quota, place) => {
      const rivals = kept.filter((row) => concerns(place, row));
      const own = done.claimsOf(rivals).reduce((sum, claim) => sum + seatsOf(claim, place), 0);
      const seats = quota.atMost === null ? rivals.length : Math.max(0, quota.atMost - done.pledged[place] + own);
      if (rivals.length > seats && (seats === 0) === isFull) {
        kept = kept.filter((row) => !rivals.includes(row));
        if (!isFull) ends.push({ rows: rivals, seats });
      }
    });
  }
  const everyone = [...kept, ...ends.flatMap((end) => end.rows)];
  return { rows: kept, ends, everyone, seats: kept.length + ends.reduce((sum, end) => sum + end.seats, 0) };
}

/** @param {Placed[][]} groups @param {Allocation} done @param {(one: Placed) => boolean} decides */
function wait(groups, done, decides) {
  let waiting = done.reserve;
  const { reserve, notSelected, toComplete, toDeliberate } = statusPlaces;
  for (const group of groups) {
    const rows = group.filter((row) => !done.verdicts.has(row));
    for (const row of rows) {
      const claim = done.claims.get(row);
      let status = waiting > 0 ? reserve : notSelected;
      if (!decides(row)) status = toDeliberate;
      else if (claim) status = claim.kind === "demand" ? toComplete : reserve;
      if (done.doubtful.has(row) && (status === reserve || status === toDeliberate)) status = toComplete;
      done.verdicts.set(row, { status, granted: null });
    }
    // Equals share their fate: the list is shortened once they all have theirs.
    waiting -= rows.filter((row) => [reserve, notSelected].includes(/** @type {Verdict} */ (done.verdicts.get(row)).status)).length;
    waiting += done.contestedBy(rows);
  }
}
