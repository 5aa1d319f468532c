import { Flex, Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { isSchool } from '../../places/is-school.ts';
import { useAddress } from './address.ts';
import { AsOf } from './as-of.tsx';
import { ByChoice } from './choices.tsx';
import { type ClassSums, classSums } from './class-figures.ts';
import { ExportOrder } from './export-order.tsx';
import { ClassTableDocument, type ClassTableQuery } from './generated/class-table.ts';
import { groupsOf } from './groups.ts';
import { pagesOf, tableProps, useLineColumns } from './line-cells.tsx';
import { labelsOf } from './pivot.ts';
import { plainIn } from './question.ts';
import { texts } from './texts.ts';
import './figures.css';

type Sizes = NonNullable<ClassTableQuery['classSizes']>;
type Line = ClassSums & { values: readonly string[] };

const dimensions = ['UNIT', 'STAGE', 'GRADE'] as const;
const bandTexts = ['upTo25', 'from26', 'from36', 'from46', 'large', 'oversized'] as const;

const Shown = ({ sizes: { rows, dimensions: down } }: { sizes: Sizes }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const lineColumns = useLineColumns();
  const lines = useMemo<Line[]>(
    () =>
      groupsOf(rows, ({ keys }) => keys.map(({ value }) => value), down.length).map((group) => ({
        values: group.values,
        ...classSums(group.rows),
      })),
    [rows, down],
  );
  const figure = (key: string, title: string, of: (line: Line) => number | undefined) => ({
    ...{ key, title, align: 'right' as const },
    render: (_: unknown, line: Line) => formats.number(of(line) ?? 0),
  });
  const columns: TableColumnsType<Line> = [
    ...lineColumns<Line>(down, labelsOf(rows)),
    figure('classes', t.classes, ({ classes }) => classes),
    figure('pupils', t.seated, ({ pupils }) => pupils),
    {
      key: 'average',
      title: t.average,
      align: 'right',
      render: (_, { pupils, classes }) => (classes === 0 ? '–' : (pupils / classes).toFixed(1)),
    },
    ...bandTexts.map((band, at) => figure(band, t[band], ({ bands }) => bands[at])),
    {
      key: 'tooLarge',
      title: t.tooLarge,
      align: 'right',
      render: (_, { tooLarge, classes }) => (classes === 0 ? '–' : formats.percent(tooLarge / classes)),
    },
  ];
  return <Table {...tableProps} columns={columns} dataSource={lines} pagination={pagesOf(lines)} />;
};

/** How large classes are now, by unit, stage and grade (JY/T 1001). */
export const ClassPanel = ({ scope }: { scope: string }) => {
  const t = useTexts(texts);
  const { search, change } = useAddress();
  const by = plainIn(dimensions, search, isSchool(scope));
  return (
    <Panel title={t.classSizes}>
      <Flex gap="small" wrap align="center" className="filters" role="group" aria-label={t.choice}>
        <ByChoice
          known={dimensions.filter((dimension) => !isSchool(scope) || dimension !== 'UNIT')}
          by={by}
          choose={(values) => change({ by: values.join(',') })}
        />
        <span className="quiet">{t.nowOnly}</span>
      </Flex>
      <Answer document={ClassTableDocument} variables={{ scope, by }} select={({ classSizes }) => classSizes}>
        {({ classSizes }) =>
          classSizes && (
            <Flex vertical gap="middle">
              <AsOf instant={classSizes.asOf} />
              <Shown sizes={classSizes} />
              <ExportOrder key={`${scope} ${by}`} table={{ classes: { scope, by } }} />
            </Flex>
          )
        }
      </Answer>
    </Panel>
  );
};
