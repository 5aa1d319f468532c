import type { TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { useAddress } from './address.ts';
import { ALL, isSum } from './groups.ts';
import { useDimensionName, useValueName } from './value-name.ts';

type Line = { values: readonly string[] };

/** Which cells of a line say what it is of: its values down to the first that stands for all. */
const shownIn = ({ values }: Line, at: number): boolean => at === 0 || values[at - 1] !== ALL;

/** The address to which a value leads; undefined where there is none. */
export type LeadsTo = (dimension: string, value: string) => string | undefined;

const places = ['UNIT', 'ORIGIN'];

/** Columns that say what a line is of: a unit leads to its own table. */
export const useLineColumns = () => {
  const dimensionName = useDimensionName();
  const valueName = useValueName();
  const { addressOf } = useAddress();
  return <Each extends Line>(
    down: readonly string[],
    labels: ReadonlyMap<string, string>,
    leadsTo: LeadsTo = (dimension, value) => (dimension === 'UNIT' ? addressOf(value) : undefined),
  ): TableColumnsType<Each> => {
    if (down.length === 0) return [{ key: 'whole', title: '', render: () => valueName('', ALL) }];
    return down.map((dimension, at) => ({
      key: dimension,
      title: dimensionName(dimension),
      ...(at === 0 && { fixed: places.includes(dimension) }),
      render: (_: unknown, line: Each) => {
        if (!shownIn(line, at)) return null;
        const value = line.values[at] ?? ALL;
        const name = valueName(dimension, value, labels.get(`${dimension} ${value}`));
        const address = value === ALL ? undefined : leadsTo(dimension, value);
        return address === undefined ? name : <Link to={address}>{name}</Link>;
      },
    }));
  };
};

/** What every table of this page has in common. */
export const tableProps = {
  size: 'small',
  scroll: { x: 'max-content' },
  className: 'figures-table',
  rowKey: ({ values }: Line) => values.join(' '),
  rowClassName: (line: Line) => (isSum(line) || line.values.length === 0 ? 'figures-sum' : ''),
} as const;

/** Long tables are leafed through. */
export const pagesOf = (lines: readonly unknown[]) =>
  lines.length > 100 && { pageSize: 100, showSizeChanger: false };
