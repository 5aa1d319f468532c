import { Button, Empty, Flex, InputNumber, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { StatusTag } from '../../values/status-tag.tsx';
import { PupilsToEndDocument, type PupilsToEndQuery } from './generated/to-end.ts';
import { texts } from './outcome-texts.ts';

type Row = NonNullable<PupilsToEndQuery['enrollments']>['edges'][number]['node'];

const lastGrades = { PRIMARY: 6, JUNIOR: 3, SENIOR: 3 } as const;
type Stage = keyof typeof lastGrades;
const stages = Object.keys(lastGrades) as Stage[];

/** Stage and grade that are looked at, from the address: the last grade of the primary stage where it names none. */
export const useGradeInAddress = (): { stage: Stage; grade: number } => {
  const [search] = useSearchParams();
  const stage = stages.find((each) => each === search.get('stage')) ?? 'PRIMARY';
  const grade = Number(search.get('grade'));
  return { stage, grade: Number.isInteger(grade) && grade > 0 ? grade : lastGrades[stage] };
};

const GradeBar = ({ onChange }: { onChange(): void }) => {
  const t = useTexts(texts);
  const words = useWords();
  const { stage, grade } = useGradeInAddress();
  const [, setSearch] = useSearchParams();
  const look = (at: Stage, of: number): void => {
    setSearch({ stage: at, grade: String(of) }, { replace: true });
    onChange();
  };
  return (
    <Flex gap="small" wrap align="center">
      <Select
        aria-label={t.stage}
        value={stage}
        options={stages.map((value) => ({ value, label: words('Stage', value) }))}
        onChange={(value) => look(value, lastGrades[value])}
      />
      <InputNumber
        aria-label={t.grade}
        min={1}
        max={6}
        precision={0}
        value={grade}
        onChange={(value) => value && look(stage, value)}
      />
    </Flex>
  );
};

type Props = { school: string; chosen: readonly string[]; onChoose(students: readonly string[]): void };

const Pupils = ({
  rows,
  chosen,
  onChoose,
}: Pick<Props, 'chosen' | 'onChoose'> & { rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const columns: TableColumnsType<Row> = [
    {
      key: 'student',
      title: t.student,
      render: (_, { student }) => <Link to={`/students/${student.id}`}>{student.name ?? '***'}</Link>,
    },
    { key: 'class', title: t.class, render: (_, { schoolClass }) => schoolClass?.name },
    { key: 'status', title: t.status, render: (_, { status }) => <StatusTag status={status} /> },
  ];
  return (
    <div className="wide-table">
      <Table
        size="small"
        columns={columns}
        dataSource={[...rows]}
        rowKey={({ student }) => student.id}
        rowSelection={{ selectedRowKeys: [...chosen], onChange: (keys) => onChoose(keys.map(String)) }}
        pagination={rows.length > 20 && { pageSize: 20, showSizeChanger: false }}
      />
    </div>
  );
};

/** Pupils of the own school in one grade, of whom some are chosen. */
export const PupilChoice = ({ school, chosen, onChoose }: Props) => {
  const t = useTexts(texts);
  const { stage, grade } = useGradeInAddress();
  const [after, setAfter] = useState<string | null>(null);
  const restart = (): void => {
    setAfter(null);
    onChoose([]);
  };
  return (
    <Panel title={t.pupils} extra={<GradeBar onChange={restart} />}>
      <Answer
        document={PupilsToEndDocument}
        variables={{ school, stage, grade, after }}
        select={({ enrollments }) => enrollments?.edges}
        empty={<Empty description={t.noPupils} />}
      >
        {({ enrollments }) => (
          <Flex vertical gap="small">
            <span role="status">
              {t.chosen} {chosen.length}
            </span>
            <Pupils
              rows={enrollments?.edges.map(({ node }) => node) ?? []}
              chosen={chosen}
              onChoose={onChoose}
            />
            {enrollments?.pageInfo.hasNextPage && (
              <Button onClick={() => setAfter(enrollments.pageInfo.endCursor)}>{t.next}</Button>
            )}
          </Flex>
        )}
      </Answer>
    </Panel>
  );
};
