import { Breadcrumb, Button, Empty, Flex, Form, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { dayOf } from '../../clocks/days-left.ts';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { useWordOptions } from '../../orders/word-options.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { StatusTag } from '../../values/status-tag.tsx';
import { DecideRegistrationsDocument } from './generated/decide.ts';
import { ResubmitRegistrationDocument } from './generated/resubmit.ts';
import { RegistrationsToDecideDocument, type RegistrationsToDecideQuery } from './generated/to-decide.ts';
import { texts } from './texts.ts';

type Row = NonNullable<RegistrationsToDecideQuery['enrollments']>['edges'][number]['node'];

const useColumns = (): TableColumnsType<Row> => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const today = dayOf(new Date());
  return [
    {
      key: 'student',
      title: t.student,
      render: (_, { student }) => <Link to={`/students/${student.id}`}>{student.name ?? '***'}</Link>,
    },
    { key: 'school', title: t.school, render: (_, { school }) => school.name },
    {
      key: 'grade',
      title: t.grade,
      render: (_, { stage, grade }) => `${words('Stage', stage)} ${gradeName(grade)}`,
    },
    {
      key: 'status',
      title: t.status,
      render: (_, { status, decisionReason }) => (
        <>
          <StatusTag status={status} /> {status === 'RETURNED_TO_SCHOOL' && decisionReason}
        </>
      ),
    },
    {
      key: 'due',
      title: t.due,
      render: (_, { decisionDueOn: due }) => due && <Clock due={due} overdue={due < today} />,
    },
  ];
};

const decisions = [
  ['APPROVE', 'approve', 'primary'],
  ['RETURN', 'back', 'default'],
  ['REFUSE', 'refuse', 'danger'],
] as const;

/** A registration that was sent back goes to the authority again: with its form corrected, or with what the school says to it. */
const Resubmission = ({ registration }: { registration: Row }) => {
  const { id, version, allowedActions, student } = registration;
  const t = useTexts(texts);
  if (!allowedActions.includes('RESUBMIT')) return null;
  return (
    <>
      <Link to={`/students/${student.id}/registration`}>{t.correct}</Link>
      <CaseOrder
        document={ResubmitRegistrationDocument}
        text={t.resubmit}
        kind="primary"
        seen={{ enrollment: id, expectedVersion: version }}
        page="RegistrationsToDecide"
        answerOf={({ resubmitRegistration: { enrollment: object, findings } }) => ({ object, findings })}
      >
        <WordsField name="note" label={t.correction} required />
      </CaseOrder>
    </>
  );
};

/** Decisions that the graph allows on every chosen registration. */
const Decisions = ({ chosen }: { chosen: readonly Row[] }) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  const registrations = chosen.map(({ id, version }) => ({ enrollment: id, expectedVersion: version }));
  return (
    <Flex gap="small" wrap align="center">
      <span role="status">
        {t.chosen} {chosen.length}
      </span>
      {decisions
        .filter(
          ([decision]) => chosen.length > 0 && chosen.every((row) => row.allowedActions.includes(decision)),
        )
        .map(([decision, text, kind]) => (
          <CaseOrder
            key={decision}
            document={DecideRegistrationsDocument}
            text={t[text]}
            kind={kind}
            seen={{ decision, registrations }}
            page="RegistrationsToDecide"
            answerOf={({ decideRegistrations: { refused, results, findings } }) => ({
              object: refused === 0 && findings.every(({ outcome }) => outcome !== 'REJECT') ? results : null,
              findings: [...findings, ...results.flatMap((result) => result.findings)],
            })}
          >
            {decision === 'REFUSE' && (
              <Form.Item name="ground" label={t.ground} rules={[{ required: true }]}>
                <Select options={optionsOf('RefusalGround')} />
              </Form.Item>
            )}
            <WordsField name="reason" label={t.reason} required={decision !== 'APPROVE'} />
          </CaseOrder>
        ))}
      {chosen[0] && chosen.length === 1 && <Resubmission registration={chosen[0]} />}
    </Flex>
  );
};

const Deciding = ({ rows }: { rows: readonly Row[] }) => {
  const columns = useColumns();
  const [ids, setIds] = useState<readonly string[]>([]);
  const chosen = rows.filter(({ id }) => ids.includes(id));
  return (
    <Flex vertical gap="middle">
      <Decisions chosen={chosen} />
      <div className="wide-table">
        <Table
          size="middle"
          columns={columns}
          dataSource={[...rows]}
          rowKey={({ id }) => id}
          rowSelection={{ selectedRowKeys: [...ids], onChange: (keys) => setIds(keys.map(String)) }}
          expandable={{
            rowExpandable: ({ blockers }) => blockers.length > 0,
            expandedRowRender: ({ blockers }) => <FindingList findings={blockers} />,
          }}
          pagination={false}
        />
      </div>
    </Flex>
  );
};

/** Registrations that wait for the viewer's unit, decided one by one or many at once. */
export default function RegistrationsPage() {
  const t = useTexts(texts);
  const [after, setAfter] = useState<string | null>(null);
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      <Panel title={t.waiting}>
        <Answer
          document={RegistrationsToDecideDocument}
          variables={{ after }}
          select={({ enrollments }) => enrollments?.edges}
          empty={<Empty description={t.none} />}
        >
          {({ enrollments }) => (
            <Flex vertical gap="middle">
              <Deciding rows={enrollments?.edges.map(({ node }) => node) ?? []} />
              <Flex gap="small" justify="end">
                <Button disabled={after === null} onClick={() => setAfter(null)}>
                  {t.first}
                </Button>
                <Button
                  disabled={!enrollments?.pageInfo.hasNextPage}
                  onClick={() => setAfter(enrollments?.pageInfo.endCursor ?? null)}
                >
                  {t.more}
                </Button>
              </Flex>
            </Flex>
          )}
        </Answer>
      </Panel>
    </>
  );
}
