import { Breadcrumb, Button, Empty, Flex, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { OrderDialog } from '../../orders/order-dialog.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useViewer } from '../../shell/viewer.tsx';
import { StatusTag } from '../../values/status-tag.tsx';
import { gradesOf } from './class-list.ts';
import { GraduateDocument, type GraduateMutationVariables } from './generated/graduate.ts';
import { GraduatingDocument, type GraduatingQuery } from './generated/graduating.ts';
import { SchoolStagesDocument, type SchoolStagesQuery } from './generated/school-stages.ts';
import { texts } from './going-on-texts.ts';
import { type Result, ResultPanel } from './result-panel.tsx';

type Stages = NonNullable<SchoolStagesQuery['school']>['stages'];
type Row = NonNullable<GraduatingQuery['enrollments']>['edges'][number]['node'];
type Input = GraduateMutationVariables['input'];

type OrderProps = {
  school: string;
  /** Who is chosen; everybody of the graduating grade where undefined. */
  chosen?: readonly Row[];
  rows: readonly Row[];
  onDone(result: Result): void;
};

const GraduateOrder = ({ school, chosen, rows, onDone }: OrderProps) => {
  const t = useTexts(texts);
  const order = useOrder(GraduateDocument, { findingsOf: () => [], refetch: ['Graduating'] });
  const send = async ({ outcome }: Pick<Input, 'outcome'>): Promise<boolean> => {
    const who = chosen
      ? { registrations: chosen.map(({ id, version }) => ({ enrollment: id, expectedVersion: version })) }
      : { allOfGraduatingGrade: true };
    const answered = await order.give({ school, outcome, ...who });
    if (!answered) return false;
    const { done, refused, results, findings } = answered.graduate;
    const nameOf = (id: string): string => rows.find((row) => row.id === id)?.student.name ?? t.other;
    const told = results
      .filter((each) => each.findings.length > 0)
      .map((each) => ({ key: each.id, name: nameOf(each.id), findings: each.findings }));
    onDone({ done, refused, told, findings });
    return true;
  };
  return (
    <OrderDialog<Pick<Input, 'outcome'>>
      text={chosen ? t.graduateChosen : t.graduateAll}
      {...(chosen && { kind: 'primary' as const })}
      initial={{ outcome: 'GRADUATE' }}
      order={order}
      send={send}
      reload={() => undefined}
    >
      <ChoiceField name="outcome" label={t.outcome} of="GraduationOutcome" required />
      <p>{t.graduateSure}</p>
    </OrderDialog>
  );
};

const Pupils = ({ school, rows }: { school: string; rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const [ids, setIds] = useState<readonly string[]>([]);
  const [result, setResult] = useState<Result>();
  const chosen = rows.filter(({ id }) => ids.includes(id));
  const done = (came: Result): void => {
    setResult(came);
    setIds([]);
  };
  const columns: TableColumnsType<Row> = [
    {
      key: 'student',
      title: t.student,
      render: (_, { student }) => <Link to={`/students/${student.id}`}>{student.name ?? '***'}</Link>,
    },
    { key: 'class', title: t.schoolClass, render: (_, { schoolClass }) => schoolClass?.name },
    { key: 'status', title: t.status, render: (_, { status }) => <StatusTag status={status} /> },
  ];
  return (
    <Flex vertical gap="middle">
      <Flex gap="small" wrap align="center">
        <span role="status">
          {t.chosen} {formats.number(chosen.length)}
        </span>
        {chosen.length > 0 && <GraduateOrder school={school} chosen={chosen} rows={rows} onDone={done} />}
        <GraduateOrder school={school} rows={rows} onDone={done} />
      </Flex>
      {result && <ResultPanel result={result} doneText={t.done} />}
      {rows.length === 0 ? (
        <Empty description={t.noPupils} />
      ) : (
        <div className="wide-table">
          <Table
            size="small"
            columns={columns}
            dataSource={[...rows]}
            rowKey={({ id }) => id}
            rowSelection={{ selectedRowKeys: [...ids], onChange: (keys) => setIds(keys.map(String)) }}
            pagination={rows.length > 20 && { pageSize: 20, showSizeChanger: false }}
          />
        </div>
      )}
    </Flex>
  );
};

const LastGrade = ({ school, stages }: { school: string; stages: Stages }) => {
  const t = useTexts(texts);
  const words = useWords();
  const [search, setSearch] = useSearchParams();
  const [after, setAfter] = useState<string | null>(null);
  const at = stages.find(({ stage }) => stage === search.get('stage')) ?? stages.at(-1);
  if (!at) return <Empty description={t.noPupils} />;
  const choice = (
    <Select
      aria-label={t.stage}
      value={at.stage}
      options={stages.map(({ stage }) => ({ value: stage, label: words('Stage', stage) }))}
      onChange={(stage) => {
        setAfter(null);
        setSearch({ stage }, { replace: true });
      }}
    />
  );
  return (
    <Panel title={t.pupils} extra={choice}>
      <p className="quiet">{t.graduationMore}</p>
      <Answer
        document={GraduatingDocument}
        variables={{ school, stage: at.stage, grade: gradesOf(stages, at.stage), after }}
        select={({ enrollments }) => enrollments}
      >
        {({ enrollments }) => (
          <Flex vertical gap="middle">
            <Pupils school={school} rows={enrollments?.edges.map(({ node }) => node) ?? []} />
            {enrollments?.pageInfo.hasNextPage && (
              <Flex justify="end">
                <Button onClick={() => setAfter(enrollments.pageInfo.endCursor)}>{t.more}</Button>
              </Flex>
            )}
          </Flex>
        )}
      </Answer>
    </Panel>
  );
};

/** The school's graduation and completion operation (W-12): for those chosen or the whole grade, with every reason against it. */
export default function GraduationPage() {
  const t = useTexts(texts);
  const { school } = useViewer();
  const above = [{ title: <Link to="/classes">{t.classes}</Link> }, { title: t.graduation }];
  return (
    <>
      <PageHead title={t.graduation} above={<Breadcrumb items={above} />} />
      {school ? (
        <Answer
          document={SchoolStagesDocument}
          variables={{ school: school.id }}
          select={({ school: found }) => found}
        >
          {({ school: found }) => found && <LastGrade school={school.id} stages={found.stages} />}
        </Answer>
      ) : (
        <Empty description={t.onlySchools} />
      )}
    </>
  );
}
