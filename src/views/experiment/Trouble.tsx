import type { Problem } from '../../core/problem.ts';
import { describeProblem } from '../../strings/problems.ts';

/** What is wrong with the fields above it, in words. */
export function Trouble({ id, problems }: { readonly id: string; readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <p id={id} className="plan-trouble small" role="alert">
      {problems.map((problem) => describeProblem({ ...problem, where: '' })).join(' ')}
    </p>
  );
}
