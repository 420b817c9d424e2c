interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

function isTraceEvent(event: unknown): event is TraceEvent {
  return typeof event === 'object' && event !== null && 'name' in event && 'pid' in event && 'tid' in event;
}

/** The tasks of any page's main thread in a trace, each in milliseconds of processor time. */
export function mainThreadTasks(trace: unknown): number[] {
  const listed = typeof trace === 'object' && trace !== null && 'traceEvents' in trace ? trace.traceEvents : [];
  const events = Array.isArray(listed) ? listed.filter(isTraceEvent) : [];
  const threads = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const main = new Set(threads.map(({ pid, tid }) => `${pid}/${tid}`));
  return events
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && main.has(`${pid}/${tid}`))
    .map(({ tdur = 0 }) => tdur / 1_000);
}
