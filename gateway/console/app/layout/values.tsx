import type { ReactNode } from 'react';

/** Named values of one thing, side by side as there is room. */
export const Values = ({ items }: { items: readonly (readonly [name: string, value: ReactNode])[] }) => (
  <dl className="values">
    {items.map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
