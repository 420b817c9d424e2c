import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { strings } from '../strings/index.ts';
import './fetched.css';

type Load<Props extends object> = () => Promise<{ readonly default: ComponentType<Props> }>;

interface Options<Props extends object> {
  /** What stands there until it is here. */
  readonly waiting: ReactNode;
  /** What was kept, when it can't be fetched. */
  readonly kept?: string;
  /** What stands around the message then: for a part that brings its own way out. */
  readonly frame?: ComponentType<Props & { readonly children: ReactNode }>;
}

/** Whatever comes later than the first screen, in the order in which it was named. */
const later: (() => Promise<unknown>)[] = [];

/** What is fetched while nobody waits for it: see `app/prefetch.ts`. */
export function partsForLater(): readonly (() => Promise<unknown>)[] {
  return later;
}

/** A style sheet that did not come is not asked for again by the loader of its part. */
function fetchStylesAgain(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    if (link.sheet === null) link.replaceWith(link.cloneNode());
  }
}

/**
 * A part of the page that is fetched when it is first shown, or before when the page is idle. Once it is there it is drawn at
 * once. When it can't be fetched, a message stands in its place, with what was kept; the button tries again, and so does the
 * network when it comes back. A browser may remember for as long as the page is open that a script did not come, and answer every
 * further try with that: after the second one the message offers to load the whole page again.
 */
export function fetched<Props extends object>(
  load: Load<Props>,
  { waiting, kept = strings.app.partKept, frame: Frame }: Options<Props>,
): ComponentType<Props> {
  let Part: ComponentType<Props> | null = null;
  let underWay: Promise<void> | null = null;
  let failures = 0;
  const bring = (): Promise<void> => {
    underWay ??= load()
      .then((part) => {
        Part = part.default;
      })
      .finally(() => {
        underWay = null;
      });
    return underWay;
  };
  later.push(bring);

  return function Fetched(props: Props) {
    const [failed, setFailed] = useState(false);
    const [tries, setTries] = useState(0);
    const [, setHere] = useState(Part !== null);
    // biome-ignore lint/correctness/useExhaustiveDependencies: every try is a new one
    useEffect(() => {
      if (Part !== null) return;
      let gone = false;
      bring().then(
        () => gone || setHere(true),
        () => {
          failures += 1;
          if (!gone) setFailed(true);
        },
      );
      return () => {
        gone = true;
      };
    }, [tries]);
    useEffect(() => {
      if (!failed) return;
      const again = () => {
        setFailed(false);
        setTries((before) => before + 1);
      };
      window.addEventListener('online', again);
      return () => window.removeEventListener('online', again);
    }, [failed]);
    if (Part !== null) return <Part {...props} />;
    if (!failed) return waiting;
    const message = (
      <div className="fetched-lost" role="alert">
        <p>
          {strings.app.partLost} {kept}
        </p>
        <button
          type="button"
          className="button"
          onClick={() => {
            fetchStylesAgain();
            setFailed(false);
            setTries(tries + 1);
          }}
        >
          {strings.app.tryAgain}
        </button>
        {failures > 1 && navigator.onLine && (
          <button type="button" className="button" onClick={() => location.reload()}>
            {strings.app.reload}
          </button>
        )}
      </div>
    );
    return Frame ? <Frame {...props}>{message}</Frame> : message;
  };
}
