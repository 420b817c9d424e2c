/** The buffers of all typed arrays inside a value, each once: what a message may hand over instead of copying. */
export function transferables(value: unknown, found: Set<ArrayBuffer> = new Set()): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (Array.isArray(value)) {
    // Names and the like hold no buffers; lists of objects do.
    if (typeof value[0] === 'object') for (const entry of value) transferables(entry, found);
  } else if (typeof value === 'object' && value !== null) {
    for (const entry of Object.values(value)) transferables(entry, found);
  }
  return [...found];
}
