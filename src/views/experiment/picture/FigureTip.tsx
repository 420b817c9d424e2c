/** What a tip says: its name and its figures. */
export interface Figures {
  readonly title: string;
  readonly rows: readonly (readonly [name: string, value: string])[];
}

interface Props {
  readonly id: string;
  readonly figures: Figures;
  /** What is pointed at, in the coordinates of the picture. */
  readonly at: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** The picture's own size. */
  readonly width: number;
}

const WIDTH = 240;
const GAP = 10;

/** All figures of what is pointed at, beside it: never over it, never out of the picture. */
export function FigureTip({ id, figures, at, width }: Props) {
  const boxWidth = Math.min(WIDTH, width);
  const right = at.x + at.width + GAP;
  const left = at.x - GAP - boxWidth;
  const beside = right + boxWidth <= width ? right : left >= 0 ? left : null;
  const place =
    beside === null
      ? {
          left: Math.max(0, Math.min(at.x + at.width / 2 - boxWidth / 2, width - boxWidth)),
          top: at.y + at.height + GAP,
        }
      : { left: beside, top: Math.max(0, at.y - 20) };
  return (
    <div id={id} className="sweep-tip numbers" style={{ ...place, width: boxWidth }}>
      <div className="sweep-tip-title">{figures.title}</div>
      {figures.rows.map(([name, value]) => (
        <div key={name} className="sweep-tip-row">
          <span>{name}</span>
          <span className="sweep-tip-value">{value}</span>
        </div>
      ))}
    </div>
  );
}
