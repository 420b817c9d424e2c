import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Message } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
import './messages.css';

const text = strings.messages;

/** Milliseconds that a status stays: long enough to be found, and to be read twice. What it offers is undo, which stays in the header. */
export function timeToRead({ text: words, action }: Pick<Message, 'text' | 'action'>): number {
  return 5000 + 60 * words.length + (action ? 2000 : 0);
}

/**
 * One message: an alert or a status, with its way on. The buttons stand outside what is read out. A status leaves by itself,
 * but not from under the pointer or the focus; an error stays until it is dismissed.
 */
function Toast({ message }: { message: Message }) {
  const { dismiss } = useActions();
  const { action, id, kind } = message;
  const [held, setHeld] = useState(false);
  const passing = kind === 'status' && message.stays !== true && !held;
  const time = timeToRead(message);
  useEffect(() => {
    if (!passing) return;
    const timer = setTimeout(() => dismiss(id), time);
    return () => clearTimeout(timer);
  }, [passing, dismiss, id, time]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only looks whether somebody is about to use what stands in it
    <div
      className={message.kind === 'error' ? 'message error' : 'message'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p className="message-text" role={message.kind === 'error' ? 'alert' : 'status'}>
        {message.text}
      </p>
      <div className="message-actions">
        {action && (
          <button
            type="button"
            className="button primary"
            onClick={() => {
              action.run();
              dismiss(message.id);
            }}
          >
            {action.label}
          </button>
        )}
        <button type="button" className="button" onClick={() => dismiss(message.id)}>
          {strings.common.dismiss}
        </button>
      </div>
    </div>
  );
}

/** A long task: what it is and how far it got. Without a share the bar says that it goes on. */
function Busy({ label, share }: { label: string; share: number | null }) {
  return (
    <div className="message">
      <div className="message-busy-line small">
        <span>{label}</span>
        {share !== null && <span className="numbers muted">{text.percent(share)}</span>}
      </div>
      <div
        className="message-bar"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      >
        <div
          className={share === null ? 'message-bar-done unknown' : 'message-bar-done'}
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}

/** Tells the page how much of its lower end messages cover, so that what is below them can be scrolled clear of them. */
function useRoomBelow(region: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = region;
    if (current === null) return;
    const root = document.documentElement;
    const observer = new ResizeObserver(() =>
      root.style.setProperty('--messages-room', `${Math.ceil(current.offsetHeight)}px`),
    );
    observer.observe(current);
    return () => {
      observer.disconnect();
      root.style.removeProperty('--messages-room');
    };
  }, [region]);
}

/**
 * Messages lie over the page at a fixed place: they move nothing and never cover the playback bar. Where they have no button, a
 * click goes through them to what is below.
 */
export function Messages() {
  const region = useRef<HTMLElement>(null);
  useRoomBelow(region);
  const messages = useApp((state) => state.messages);
  const busy = useApp((state) => state.busy);
  return (
    <section ref={region} className="messages" aria-label={text.region}>
      {busy && <Busy label={busy.label} share={busy.share} />}
      {messages.map((message) => (
        <Toast key={message.id} message={message} />
      ))}
    </section>
  );
}
