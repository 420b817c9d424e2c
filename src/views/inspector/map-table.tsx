import { memo, useId, useState } from 'react';
import type { MapMark } from '../../charts/map-marks.ts';
import { map as text } from '../../strings/map.ts';
import { formatPrediction } from '../../strings/numbers.ts';
import { useApp, useHandle } from '../context.ts';
import { useCalm } from './known-model.ts';

interface Picking {
  readonly picked: ReadonlySet<string>;
  readonly pick: (ids: ReadonlySet<string>) => void;
}

/** Chooses a user or an item; the other half of the chosen cell stays. */
function useChoose(): (kind: MapMark['kind'], index: number) => void {
  const { pointer } = useHandle();
  return (kind, index) => {
    const { selected, select } = pointer.getState();
    select(kind === 'user' ? index : selected.user, kind === 'item' ? index : selected.item);
  };
}

/** Who stands in the list: by a line around them on the map, or by the boxes of the table. */
export function MapPicked({ marks, picked, pick }: Picking & { marks: readonly MapMark[] }) {
  const choose = useChoose();
  const listed = marks.filter(({ id }) => picked.has(id));
  if (listed.length === 0) return null;
  const count = (kind: MapMark['kind']) => listed.filter((mark) => mark.kind === kind).length;
  return (
    <section className="map-picked small" aria-label={text.pickedName}>
      <p role="status">{text.picked(count('user'), count('item'))}</p>
      <ul>
        {listed.map(({ id, kind, index, name }) => (
          <li key={id}>
            <button type="button" className="inspector-link" onClick={() => choose(kind, index)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button small" onClick={() => pick(new Set())}>
        {text.clear}
      </button>
    </section>
  );
}

const Row = memo(function Row(props: {
  kind: MapMark['kind'];
  index: number;
  name: string;
  across: string;
  up: string | null;
  known: boolean;
  picked: boolean;
  choose: (kind: MapMark['kind'], index: number) => void;
  toggle: (id: string) => void;
}) {
  const { kind, index, name, across, up, known, picked, choose, toggle } = props;
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={text.pick(name)}
          checked={picked}
          onChange={() => toggle(`${kind}-${index}`)}
        />
      </td>
      <th scope="row">
        <button type="button" className="inspector-link" onClick={() => choose(kind, index)}>
          {name}
        </button>
      </th>
      <td>{known ? text[kind] : `${text[kind]}, ${text.noData}`}</td>
      <td>{across}</td>
      {up !== null && <td>{up}</td>}
    </tr>
  );
});

/** The map in words and numbers; all that the pointer can do there, keys can do here. */
export function MapTable(props: Picking & { marks: readonly MapMark[]; names: readonly string[] }) {
  const { names, picked, pick } = props;
  const [open, setOpen] = useState(false);
  const body = useId();
  return (
    <>
      <button
        type="button"
        className="inspector-disclosure small"
        aria-expanded={open}
        aria-controls={body}
        onClick={() => setOpen(!open)}
      >
        {text.table}
      </button>
      <div id={body}>{open && <Table marks={props.marks} names={names} picked={picked} pick={pick} />}</div>
    </>
  );
}

function Table(props: Picking & { marks: readonly MapMark[]; names: readonly string[] }) {
  const { names, picked, pick } = props;
  const training = useApp((state) => state.run.status === 'training');
  const marks = useCalm(props.marks, training, props.marks.length, 500);
  const choose = useChoose();
  const toggle = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    pick(next);
  };
  return (
    <section className="map-table small numbers" aria-label={text.tableName}>
      <table>
        <caption className="visually-hidden">{text.tableName}</caption>
        <thead>
          <tr>
            <th scope="col">{text.list}</th>
            <th scope="col">{text.name}</th>
            <th scope="col">{text.kind}</th>
            {names.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {marks.map(({ id, kind, index, name, across, up, known }) => (
            <Row
              key={id}
              kind={kind}
              index={index}
              name={name}
              across={formatPrediction(across)}
              up={names.length > 1 ? formatPrediction(up) : null}
              known={known}
              picked={picked.has(id)}
              choose={choose}
              toggle={toggle}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}
