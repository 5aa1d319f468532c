import { Breadcrumb, Button, Empty, Flex, Select, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { dayOf } from '../../clocks/days-left.ts';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { OrderDialog } from '../../orders/order-dialog.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useWordOptions } from '../../orders/word-options.ts';
import { useViewer } from '../../shell/viewer.tsx';
import { reportsBy } from './admission-list.ts';
import { AdmitForm } from './admit-form.tsx';
import { AdmissionsDocument, type AdmissionsQuery } from './generated/admissions.ts';
import { ReportAdmittedDocument } from './generated/report-admitted.ts';
import { SchoolStagesDocument } from './generated/school-stages.ts';
import { texts } from './going-on-texts.ts';
import { type Result, ResultPanel } from './result-panel.tsx';

type Row = NonNullable<AdmissionsQuery['admissions']>['edges'][number]['node'];

/** The end of an admission's id, by which a clerk tells one from another before names are open. */
const shortly = (id: string): string => id.slice(-12);

const useColumns = (): TableColumnsType<Row> => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const today = dayOf(new Date());
  const clock = (due: string | null) => due && <Clock due={due} overdue={due < today} />;
  return [
    { key: 'id', title: t.admission, render: (_, { id }) => shortly(id) },
    {
      key: 'student',
      title: t.student,
      render: (_, { student, state }) =>
        state === 'REPORTED' ? (
          <Link to={`/students/${student.id}`}>{student.name ?? '***'}</Link>
        ) : (
          (student.name ?? '***')
        ),
    },
    { key: 'stage', title: t.stage, render: (_, { stage }) => words('Stage', stage) },
    { key: 'year', title: t.entryYear, render: (_, { entryYear }) => entryYear },
    { key: 'state', title: t.state, render: (_, { state }) => <Tag>{words('AdmissionState', state)}</Tag> },
    {
      key: 'admitted',
      title: t.admittedAt,
      render: (_, { admittedAt }) => formats.instant(admittedAt),
    },
    {
      key: 'report',
      title: t.reportBy,
      render: (_, { state, course, reportedOn }) =>
        state === 'ADMITTED' ? clock(reportsBy(course)) : reportedOn && formats.day(reportedOn),
    },
    { key: 'link', title: t.linkBy, render: (_, { state, dueOn }) => state === 'REPORTED' && clock(dueOn) },
  ];
};

type ReportProps = { school: string; chosen: readonly Row[]; onDone(result: Result): void };

const ReportOrder = ({ school, chosen, onDone }: ReportProps) => {
  const t = useTexts(texts);
  const order = useOrder(ReportAdmittedDocument, { findingsOf: () => [], refetch: ['Admissions'] });
  const send = async ({ reportedOn }: { reportedOn: string }): Promise<boolean> => {
    const answered = await order.give({ school, reportedOn, admissions: chosen.map(({ id }) => id) });
    if (!answered) return false;
    const { reported, refused, results, findings } = answered.reportAdmitted;
    const told = results.flatMap((each, at) => {
      const id = each.admission?.id ?? chosen[at]?.id ?? '';
      return each.findings.length > 0 ? [{ key: id, name: shortly(id), findings: each.findings }] : [];
    });
    onDone({ done: reported, refused, told, findings });
    return true;
  };
  return (
    <OrderDialog<{ reportedOn: string }>
      text={t.report}
      kind="primary"
      order={order}
      send={send}
      reload={() => undefined}
    >
      <DayField name="reportedOn" label={t.reportedOn} required />
    </OrderDialog>
  );
};

const AdmissionTable = ({ school, rows }: { school: string; rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const columns = useColumns();
  const [ids, setIds] = useState<readonly string[]>([]);
  const [result, setResult] = useState<Result>();
  const chosen = rows.filter(({ id, state }) => ids.includes(id) && state === 'ADMITTED');
  const done = (came: Result): void => {
    setResult(came);
    setIds([]);
  };
  return (
    <Flex vertical gap="middle">
      <Flex gap="small" wrap align="center">
        <span role="status">
          {t.chosen} {formats.number(chosen.length)}
        </span>
        {chosen.length > 0 && <ReportOrder school={school} chosen={chosen} onDone={done} />}
      </Flex>
      {result && <ResultPanel result={result} doneText={t.reported} />}
      {rows.length === 0 ? (
        <Empty description={t.noAdmissions} />
      ) : (
        <div className="wide-table">
          <Table
            size="small"
            columns={columns}
            dataSource={[...rows]}
            rowKey={({ id }) => id}
            rowSelection={{
              selectedRowKeys: [...ids],
              onChange: (keys) => setIds(keys.map(String)),
              getCheckboxProps: ({ state }) => ({ disabled: state !== 'ADMITTED' }),
            }}
            pagination={false}
          />
        </div>
      )}
    </Flex>
  );
};

const AdmissionList = ({ school }: { school: string }) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  const [search, setSearch] = useSearchParams();
  const [after, setAfter] = useState<string | null>(null);
  const states = optionsOf('AdmissionState');
  const state = states.find(({ value }) => value === search.get('state'))?.value;
  const choice = (
    <Select
      aria-label={t.state}
      placeholder={t.allStates}
      allowClear
      className="work-filter"
      value={state}
      options={states}
      onChange={(value) => {
        setAfter(null);
        setSearch(value ? { state: value } : {}, { replace: true });
      }}
    />
  );
  return (
    <Panel title={t.admissionList} extra={choice}>
      <Answer
        document={AdmissionsDocument}
        variables={{ school, state: state ?? null, after }}
        select={({ admissions }) => admissions}
      >
        {({ admissions }) => (
          <Flex vertical gap="middle">
            <AdmissionTable school={school} rows={admissions?.edges.map(({ node }) => node) ?? []} />
            <Flex gap="small" justify="end">
              <Button disabled={after === null} onClick={() => setAfter(null)}>
                {t.first}
              </Button>
              <Button
                disabled={!admissions?.pageInfo.hasNextPage}
                onClick={() => setAfter(admissions?.pageInfo.endCursor ?? null)}
              >
                {t.more}
              </Button>
            </Flex>
          </Flex>
        )}
      </Answer>
    </Panel>
  );
};

/** Whom the school has admitted of the stage before, by when they are to report, and that they have (ENR-25 to ENR-27). */
export default function AdmissionsPage() {
  const t = useTexts(texts);
  const { school, allowedActions } = useViewer();
  const above = [{ title: <Link to="/classes">{t.classes}</Link> }, { title: t.admissions }];
  return (
    <>
      <PageHead title={t.admissions} above={<Breadcrumb items={above} />} />
      {school ? (
        <div className="panels">
          <AdmissionList school={school.id} />
          {allowedActions.includes('admission.enter') && (
            <Panel title={t.admit}>
              <Answer
                document={SchoolStagesDocument}
                variables={{ school: school.id }}
                select={({ school: found }) => found}
              >
                {({ school: found }) => found && <AdmitForm school={school.id} stages={found.stages} />}
              </Answer>
            </Panel>
          )}
        </div>
      ) : (
        <Empty description={t.onlySchools} />
      )}
    </>
  );
}
