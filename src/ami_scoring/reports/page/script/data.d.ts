// What the page carries, made in Python (rows.py, trial.py, document.py). For the checker of types alone: not in the page.

/** An exact number as `plain` writes it: "12", "-1.5", "2/3". */
type Exact = string;

/** One value, or the value (null on hold), the lowest and the highest. */
type Open = Exact | [Exact | null, Exact, Exact];

interface Row {
  r: string; // reference
  n: string; // who applies
  c: string; // main commune
  d: string; // département
  w: number; // wave, by place; -1 for none
  s: number; // status, by place
  k?: number | null; // rank, null on hold; absent for what is set aside
  b?: number; // best rank
  h?: number; // worst rank
  i?: number; // how firm its status is, by place; absent where nothing can change it
  e?: number; // shares its rank
  z?: string; // zone
  g?: Exact; // granted
  T?: Open; // total
  o?: Open[]; // points of each first-level criterion
  x?: number[]; // explanation: text and form, in turn
  y?: number[]; // reasons of the status, by text
  m?: (Mark | [Mark | null, Mark, Mark])[]; // raw mark of each leaf, in parts of a point of its rule
  W?: number; // the status that it has while it has no rank, by place
  L?: number; // may leave: something missing may make it ineligible
  N?: number; // has no total as it stands
  j?: number; // where what it lacks and criteria share is told, by place
  H?: number; // nothing but the total reads what is on hold: a total that is the same in every way is known
  U?: (number | [number, number])[]; // what tells equals apart, among the versions that may count
  p?: number; // waits for something that no mark shows
  t?: (number | [number, number])[]; // what tells equals apart, by place; a pair where it is missing
  q?: number[]; // quotas that concern it
  f?: number[]; // floors that concern it
  Q?: number[]; // quotas that may concern it
  F?: number[]; // floors that may concern it
  V?: number[]; // the purses that may pay it, where that is in doubt
  v?: number; // envelope, -1 for the common purse
  a?: Exact; // what it asks for
  u?: Exact | null; // the most that it may ask for, where it does not say
  l?: Exact; // the least
}

/** Digits as a text where they are beyond 2^53. */
type Mark = number | string;

/** The criteria that wait for the same facts; for each choice, by place, of those of no weight, which move together. */
interface Sharing { leaves: number[]; without: Record<string, { leaves: number[]; worlds: Mark[][] }[]>; }

interface TreeNode {
  id: string;
  parts: number;
  parent: number;
  label: string;
  leaf: boolean;
  capped: boolean;
  counts: boolean;
  open: boolean;
  weight: Exact;
  top: Exact;
  input: boolean;
}

interface Threshold { node: number; on: string; atLeast: Exact | null; share: Exact | null; strict: boolean; }
interface Quota { atLeast: number; atMost: number | null; }
interface Budget { amount: Exact; times: Exact; leastTimes: Exact | null; levels: boolean; partial: boolean; stops: boolean; envelopes: { amount: Exact; spill: boolean }[]; spillsTo: number[]; }

interface Policy {
  nodes: TreeNode[];
  total: Exact;
  places: number | null;
  reserve: number;
  ownPlaces: string | null;
  ownReserve: string | null;
  unread: number;
  toVerify: boolean;
  others: Row[]; // versions that are not listed and may count
  versions: { rows: number[]; present: number }[]; // by place among the ranked, then among the others
  keepsBest: boolean; // the version that has the highest total counts, not the last
  together: Sharing[];
  ties: (number | null)[];
  minimum: Exact | null;
  minimumStrict: boolean;
  floors: { atLeast: Exact; strict: boolean }[];
  minimumMark: Exact | null;
  thresholds: Threshold[];
  quotas: Quota[];
  budget: Budget | null;
  enough: boolean | null; // whether the budget is enough for all, where all are then retained: no weight changes it
  decidesFrom: Exact | "never" | null;
}

interface Data {
  decimals: number;
  ranks?: "dense" | "average"; // how ranks are numbered, where it is not 1, 2, 2, 4
  statuses: string[];
  firmness: string[];
  waves: string[];
  columns: { id: string; label: string; full: string; most: Exact | null }[];
  total: Exact | null;
  hasZone: boolean;
  granted: string | null;
  cut: { places: number | null; selected: number; minimum: Exact | null };
  ranked: Row[];
  aside: Row[];
  texts: string[];
  words: Record<string, string>;
  policy: Policy | null;
}

/** What a trial changes: weights by criterion, places, reserve, minimum. */
interface Settings {
  weights: Map<string, Ratio>;
  places: number | null;
  reserve: number;
  minimum: Ratio | null;
}

interface Ratio { n: bigint; d: bigint; }

/** A whole number over one scale: big where it may pass 2^53. The checker sees a plain one: what is done with it is the same. */
type Whole = number;

interface Scale {
  size: bigint;
  isSmall: boolean;
  whole: (each: bigint) => Whole;
  zero: Whole;
  leaves: number[]; // the criteria that carry rules, by place in the tree
  turns: boolean[] | null; // those whose marks take points away
  steps: Whole[]; // what a part of a mark is worth in points, by criterion
  raws: Whole[]; // the same on the rule's own scale
  ceilings: Whole[]; // the most that a capped criterion gives
}

interface Placed {
  row: Row;
  marks: { points: (Whole | null)[]; low: Whole[]; high: Whole[] };
  points: (Whole | null)[]; // by criterion, then the total
  low: Whole[];
  high: Whole[];
  total: Whole | null;
  least: Whole;
  most: Whole;
  isWide: boolean; // its bounds are not worked out for these weights
  keys: { low: Whole[]; high: Whole[]; firm: Whole[] | null } | null;
  firm: boolean; // can hold a rank
  rank: number | null;
  best: number;
  worst: number;
  tied: boolean;
  status: number;
  granted: Ratio | null;
  firmness: number; // by place
}

interface Outcome {
  placed: Placed[];
  scale: bigint;
  selected: number;
  places: number;
  contested: number;
  stake: number;
  weights: Ratio[];
  isExact: boolean; // whether ranges and firmness are those of the engine
}
