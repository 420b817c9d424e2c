import type { Parameters, Velocity } from '../core/parameters.ts';
import type { MomentumTrace } from '../core/trace-momentum.ts';

/** Whether every number that the visit would write is one. */
export function isFiniteMomentum({ userBias, itemBias, factors }: MomentumTrace): boolean {
  return [userBias, itemBias, ...factors.flatMap(({ p, q }) => [p, q])].every(
    (trace) => trace === null || Number.isFinite(trace.newVelocity + trace.after),
  );
}

/** Writes what was spelled out: the rows of this user and item, and their velocities. */
export function writeMomentum(
  { userBias, itemBias, factors }: MomentumTrace,
  { k, P, Q, bu, bi }: Parameters,
  velocity: Velocity,
  user: number,
  item: number,
): void {
  if (bu && velocity.bu && userBias) {
    bu[user] = userBias.after;
    velocity.bu[user] = userBias.newVelocity;
  }
  if (bi && velocity.bi && itemBias) {
    bi[item] = itemBias.after;
    velocity.bi[item] = itemBias.newVelocity;
  }
  factors.forEach(({ p, q }, f) => {
    P[user * k + f] = p.after;
    velocity.P[user * k + f] = p.newVelocity;
    Q[item * k + f] = q.after;
    velocity.Q[item * k + f] = q.newVelocity;
  });
}
