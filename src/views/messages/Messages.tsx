import type { Message } from '../../store/state.ts';
import { strings } from '../../strings/index.ts';
import { useActions, useApp } from '../context.ts';
import './messages.css';

const text = strings.messages;

/** One message: an alert or a status, with its way on. The buttons stand outside what is read out. */
function Toast({ message }: { message: Message }) {
  const { dismiss } = useActions();
  const { action } = message;
  return (
    <div className={message.kind === 'error' ? 'message error' : 'message'}>
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

/** Messages lie over the page at a fixed place: they move nothing and never cover the playback bar. */
export function Messages() {
  const messages = useApp((state) => state.messages);
  const busy = useApp((state) => state.busy);
  return (
    <section className="messages" aria-label={text.region}>
      {busy && <Busy label={busy.label} share={busy.share} />}
      {messages.map((message) => (
        <Toast key={message.id} message={message} />
      ))}
    </section>
  );
}
