import { type RefObject, useEffect, useRef } from 'react';
import type { Focus } from '../../lessons/lesson.ts';
import { learn } from '../../strings/learn.ts';
import { useHandle } from '../context.ts';
import { focusTargets } from './focus-target.ts';

interface Props {
  readonly focus: Focus;
  /** The page part that the ring lies over; positioned. */
  readonly root: RefObject<HTMLElement | null>;
}

/** The stage lays itself out by its own rules: the ring looks so often where its target is (milliseconds). */
const LOOK_EVERY = 200;
/** Between target and ring (CSS pixels). */
const GAP = 3;
/** What the mark takes above the ring. */
const MARK = 12;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function around(targets: readonly HTMLElement[]): Box | null {
  let box: Box | null = null;
  for (const target of targets) {
    const { left, top, right, bottom } = target.getBoundingClientRect();
    if (right <= left) continue;
    box = box
      ? {
          left: Math.min(box.left, left),
          top: Math.min(box.top, top),
          right: Math.max(box.right, right),
          bottom: Math.max(box.bottom, bottom),
        }
      : { left, top, right, bottom };
  }
  return box;
}

/** What can be seen of it: a column that scrolls by itself hides what is scrolled out of it. `cut`: nothing is seen above it. */
function seen(target: HTMLElement, box: Box): (Box & { readonly cut: boolean }) | null {
  const scroller = target.closest('.learn-scroll, .learn-stage, .learn-panel');
  if (!scroller || target.closest('.playback') || window.matchMedia('(max-width: 719px)').matches)
    return { ...box, cut: false };
  const { top, bottom } = scroller.getBoundingClientRect();
  if (box.bottom < top || box.top > bottom) return null;
  const cut = box.top - GAP - MARK < top;
  return { ...box, top: Math.max(box.top, top + GAP), bottom: Math.min(box.bottom, bottom - GAP), cut };
}

/** A ring around the one thing that a step points at, with a small mark. Pictures only: the text says where to look. */
export function Here({ focus, root }: Props) {
  const { store } = useHandle();
  const ring = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      const frame = root.current;
      const mark = ring.current;
      if (!frame || !mark) return;
      const targets = focusTargets(focus, frame, store.getState().window);
      const whole = around(targets);
      const [first] = targets;
      const box = whole && first ? seen(first, whole) : null;
      if (!box || !first) {
        mark.hidden = true;
        return;
      }
      const base = frame.getBoundingClientRect();
      mark.hidden = false;
      mark.toggleAttribute('data-cut', box.cut);
      mark.style.left = `${box.left - base.left - GAP}px`;
      mark.style.top = `${box.top - base.top - GAP}px`;
      mark.style.width = `${box.right - box.left + 2 * GAP}px`;
      mark.style.height = `${box.bottom - box.top + 2 * GAP}px`;
      // The playback bar of narrow screens stays at the bottom edge; so does what points into it.
      mark.style.zIndex = first.closest('.playback') ? '21' : '';
    };
    place();
    const again = setInterval(place, LOOK_EVERY);
    window.addEventListener('scroll', place, { capture: true, passive: true });
    window.addEventListener('resize', place);
    return () => {
      clearInterval(again);
      window.removeEventListener('scroll', place, { capture: true });
      window.removeEventListener('resize', place);
    };
  }, [focus, root, store]);
  return (
    <div ref={ring} className="learn-ring" aria-hidden="true" hidden>
      <span className="learn-here">{learn.here}</span>
    </div>
  );
}
