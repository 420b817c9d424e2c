import { type RefObject, useLayoutEffect, useState } from 'react';

/** An element's content box in whole CSS pixels, kept up to date; 0 × 0 until it is laid out. */
export function useSize(ref: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const take = (width: number, height: number): void => {
      const next = { width: Math.floor(width), height: Math.floor(height) };
      setSize((old) => (old.width === next.width && old.height === next.height ? old : next));
    };
    take(element.clientWidth, element.clientHeight);
    const observer = new ResizeObserver((entries) => {
      for (const { contentRect } of entries) take(contentRect.width, contentRect.height);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}
