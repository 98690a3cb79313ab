// What a candidature must reach to have a place: as it stands, at the lowest that it may be and at the highest.

/** @typedef {{least: Whole, isWhole: boolean}} Bound the lowest whole number that reaches it, and whether it is reached exactly */

class Floors {
  /** @param {Policy} policy @param {Settings} settings @param {Scale} scale @param {Ratio[]} weights */
  constructor(policy, settings, scale, weights) {
    const bound = (/** @type {Ratio} */ { n, d }) => {
      const over = n * scale.size;
      const down = over / d - (over % d < 0n ? 1n : 0n);
      return { least: scale.whole(over % d ? down + 1n : down), isWhole: over % d === 0n };
    };
    const read = (/** @type {Exact | null} */ text) => (text === null ? null : bound(exact(text)));
    this.policy = policy;
    this.scale = scale;
    this.minimum = settings.minimum && bound(settings.minimum);
    this.floors = policy.floors.map((each) => ({ ...bound(exact(each.atLeast)), strict: each.strict }));
    this.never = policy.decidesFrom === "never";
    this.from = this.never ? null : read(policy.decidesFrom);
    this.minimumMark = read(policy.minimumMark);
    this.thresholds = policy.thresholds.map((each) => ({ ...each, bound: bound(thresholdOf(policy, each, weights)) }));
    this.roots = policy.nodes.flatMap((node, i) => (node.parent < 0 ? [i] : []));
  }

  /** @param {Whole} points */
  isUnderMinimum(points) {
    return !!this.minimum && (points < this.minimum.least || (this.policy.minimumStrict && this.minimum.isWhole && points === this.minimum.least));
  }

  /** Say whether points are too low for the minimum of a category. @param {number} place @param {Whole} points */
  isUnder(place, points) {
    const floor = this.floors[place];
    return points < floor.least || (floor.strict && floor.isWhole && points === floor.least);
  }

  /** Say whether one as it stands is refused. @param {Placed} one */
  refuses(one) {
    const { total } = one;
    if (total !== null && (this.isUnderMinimum(total) || (one.row.f || []).some((place) => this.isUnder(place, total)))) return true;
    return !this.reaches((node, isRaw) => (isRaw ? this.raw(one, node, "points") : one.points[node]));
  }

  /** @param {Placed} one */
  decides(one) {
    return !this.never && (!this.from || (one.total !== null && one.total >= this.from.least));
  }

  /** Say whether one lies below a floor that may concern it. @param {Placed} one */
  isDoubtful(one) {
    const { total } = one;
    return total !== null && (one.row.F || []).some((place) => this.isUnder(place, total));
  }

  /** Say whether one passes every floor with all that is open at that end. @param {Placed} one @param {"low" | "high"} side */
  fits(one, side) {
    const total = side === "high" ? one.most : one.least;
    return !(this.from && total < this.from.least) && this.passes(one, side);
  }

  /** Say whether one may pass every floor with a total on which the committee deliberates. @param {Placed} one */
  mayBeHeard(one) {
    return !!this.from && one.least < this.from.least && this.passes(one, "high");
  }

  /** The same, but for the total from which the score decides. @param {Placed} one @param {"low" | "high"} side */
  passes(one, side) {
    const total = side === "high" ? one.most : one.least;
    const concerned = side === "high" ? one.row.f || [] : [...(one.row.f || []), ...(one.row.F || [])];
    if (this.isUnderMinimum(total)) return false;
    if (concerned.some((place) => this.isUnder(place, total))) return false;
    return this.reaches((node, isRaw) => (isRaw ? this.raw(one, node, side) : one[side][node]));
  }

  /** Say whether points and marks reach their thresholds; one on hold stops nobody.
   * @param {(node: number, isRaw: boolean) => Whole | null} of */
  reaches(of) {
    if (this.minimumMark) {
      const marks = this.roots.map((node) => of(node, true));
      if (!marks.includes(null) && marks.reduce((/** @type {Whole} */ sum, each) => sum + /** @type {Whole} */ (each), this.scale.zero) < this.minimumMark.least) return false;
    }
    return this.thresholds.every(({ node, on, strict, bound }) => {
      const points = of(node, on !== "points");
      return points === null || (points >= bound.least && !(strict && bound.isWhole && points === bound.least));
    });
  }

  /** Give a mark on its rule's own scale, or the points of a criterion made of others. @param {Placed} one
   * @param {number} node @param {"points" | "low" | "high"} side */
  raw(one, node, side) {
    if (!this.policy.nodes[node].leaf) return one[side][node];
    const mark = one.marks[side][this.scale.leaves.indexOf(node)];
    return mark === null ? null : mark * this.scale.raws[node];
  }
}

/** @param {Policy} policy @param {Threshold} threshold @param {Ratio[]} weights @returns {Ratio} */
function thresholdOf(policy, threshold, weights) {
  if (threshold.atLeast !== null) return exact(threshold.atLeast);
  const node = policy.nodes[threshold.node];
  const whole = threshold.on === "points" || !node.leaf ? weights[threshold.node] : exact(node.top);
  return threshold.share === null ? ratio(0n) : times(exact(threshold.share), whole);
}
