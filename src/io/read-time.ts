const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?Z?)?$/;

/** Seconds since 1970 from a number, or from a date such as 2015-03-09 or 2015-03-09 22:52:09 (taken as UTC); else NaN. */
export function readTime(text: string): number {
  const bare = text.trim();
  if (/^-?\d+(?:\.\d+)?$/.test(bare)) return Number(bare);
  const parts = ISO.exec(bare);
  if (!parts) return Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}
