import type { Candidate } from './candidate.ts';
import type { Ground } from './ground.ts';
import { giftsIn, paidIn, type Run, runOf } from './run.ts';

/**
 * The best way for the shopper to have these promotions, by the contract in model.ts.
 *
 * @param candidates by priority
 */
export function bestRun(ground: Ground, candidates: readonly Candidate[]): Run {
  const together = runOf(ground, combination(ground, candidates));
  return candidates
    .filter(({ promotion }) => promotion.stacking.isExclusive)
    .map((alone) => runOf(ground, [alone]))
    .reduce(better, together);
}

/** All that may be combined, with one of each group. By priority. */
function combination(ground: Ground, candidates: readonly Candidate[]): Candidate[] {
  const combinable = candidates.filter(({ promotion }) => !promotion.stacking.isExclusive);
  const groups = Map.groupBy(combinable, ({ promotion }) => promotion.stacking.group);
  const settled = new Set(groups.get(null));
  const names = [...groups.keys()].filter((name) => name !== null).sort();
  for (const name of names) {
    const members = groups.get(name) ?? [];
    const [first, ...others] = members;
    if (first === undefined) continue;
    const runWith = (member: Candidate) =>
      runOf(
        ground,
        combinable.filter((candidate) => candidate === member || settled.has(candidate)),
      );
    let best = { member: first, run: others.length > 0 ? runWith(first) : null };
    for (const member of others) {
      const run = runWith(member);
      if (best.run === null || better(best.run, run) === run) best = { member, run };
    }
    settled.add(best.member);
  }
  return combinable.filter((candidate) => settled.has(candidate));
}

/** Of two ways the one that suits the shopper better; of equals the first. */
function better(first: Run, second: Run): Run {
  const merits = (run: Run) => [-paidIn(run), giftsIn(run), codesIn(run)];
  const ours = merits(first);
  const theirs = merits(second);
  const differing = ours.findIndex((merit, index) => merit !== theirs[index]);
  if (differing < 0) return first;
  return (theirs[differing] ?? 0) > (ours[differing] ?? 0) ? second : first;
}

function codesIn(run: Run): number {
  return run.applied.filter(({ candidate }) => candidate.code !== null).length;
}
