import { fail, ok, type Result } from '../core/problem.ts';

/** Bytes that are looked at to tell text from pictures and archives. */
const PROBE = 65_536;

/** UTF-8 where the bytes are; else UTF-16 by its mark; else Windows-1252, what older spreadsheets write. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface TextBytes {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark at the beginning. */
  readonly mark: number;
}

function isUtf8(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length && (bytes[at] ?? 0) < 0x80) at += 1;
  if (at === bytes.length) return true;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(at));
    return true;
  } catch {
    return false;
  }
}

/** How these bytes are text, or 'file-empty', or 'file-not-text' when control characters say that they are none. */
export function inspectBytes(bytes: Uint8Array): Result<TextBytes> {
  if (bytes.length === 0) return fail({ code: 'file-empty' });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ok({ encoding: 'utf-16le', mark: 2 });
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ok({ encoding: 'utf-16be', mark: 2 });
  const end = Math.min(bytes.length, PROBE);
  for (let at = 0; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    const isControl = byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13;
    if (isControl || byte === 127) return fail({ code: 'file-not-text' });
  }
  if (bytes.includes(0)) return fail({ code: 'file-not-text' });
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return ok({ encoding: isUtf8(bytes) ? 'utf-8' : 'windows-1252', mark });
}
