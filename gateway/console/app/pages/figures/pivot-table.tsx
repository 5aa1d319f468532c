import { Table, type TableColumnsType, Tooltip } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { ALL } from './groups.ts';
import { type LeadsTo, pagesOf, tableProps, useLineColumns } from './line-cells.tsx';
import { type Cell, type Line, type Pivot, shareOf } from './pivot.ts';
import { texts } from './texts.ts';
import { useDimensionName, useValueName } from './value-name.ts';
import './figures.css';

const YES = 'true';

const Count = ({ cell }: { cell: Cell | undefined }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  if (!cell) return '–';
  if (cell.count === null) return <Tooltip title={t.hidden}>{cell.display}</Tooltip>;
  return cell.roundedTo === null ? (
    formats.number(cell.count)
  ) : (
    <Tooltip title={t.rounded}>{`≈${formats.number(cell.count)}`}</Tooltip>
  );
};

type Props = {
  pivot: Pivot;
  /** Where values lead to; units to their own table where nothing is said. */
  leadsTo?: LeadsTo;
};

/** A table of counts with its sums, and shares where they are of exact counts. */
export const PivotTable = ({ pivot, leadsTo }: Props) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const dimensionName = useDimensionName();
  const valueName = useValueName();
  const lineColumns = useLineColumns();
  const { down, across, columns, lines, labels } = pivot;
  const whole = lines[0]?.cells.get(ALL);
  const countColumn = (value: string, title: string) => ({
    key: value || 'sum',
    title,
    align: 'right' as const,
    render: (_: unknown, { cells }: Line) => <Count cell={cells.get(value)} />,
  });
  /** A column of shares; none where every one of them is of hidden or rounded counts. */
  const shareColumn = (title: string, share: (line: Line) => number | undefined): TableColumnsType<Line> => {
    if (lines.every((line) => share(line) === undefined)) return [];
    const render = (_: unknown, line: Line) => {
      const told = share(line);
      return told === undefined ? '' : formats.percent(told);
    };
    return [{ key: title, title, align: 'right', render }];
  };
  const spread: TableColumnsType<Line> =
    across === undefined
      ? []
      : [
          {
            key: 'across',
            title: dimensionName(across),
            align: 'center',
            children: columns.map((value) =>
              countColumn(value, valueName(across, value, labels.get(`${across} ${value}`))),
            ),
          },
        ];
  const all: TableColumnsType<Line> = [
    ...lineColumns<Line>(down, labels, leadsTo),
    ...spread,
    countColumn(ALL, t.sum),
    ...shareColumn(t.shareYes, ({ cells }) => shareOf(cells.get(YES), cells.get(ALL))),
    ...shareColumn(t.share, ({ cells }) => shareOf(cells.get(ALL), whole)),
  ];
  return (
    <Table
      {...tableProps}
      columns={all}
      dataSource={[...lines]}
      pagination={pagesOf(lines)}
      locale={{ emptyText: t.none }}
    />
  );
};
