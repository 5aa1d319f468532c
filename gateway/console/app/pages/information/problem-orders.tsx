import { Flex, Form, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { CheckField } from '../../orders/check-field.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { uploadsOf } from '../../uploads/papers.ts';
import { PapersField } from '../../uploads/papers-field.tsx';
import { HandleProblemDocument } from './generated/handle-problem.ts';
import type { ProblemPageQuery } from './generated/problem.ts';
import { ResolveProblemDocument } from './generated/resolve-problem.ts';
import { texts } from './texts.ts';

type Problem = NonNullable<ProblemPageQuery['problemRecord']>;

const page = 'ProblemPage';

const handlings = [
  ['VERIFY', 'verify', 'primary'],
  ['FAULT_FOUND', 'faultFound', 'default'],
  ['NO_FAULT', 'noFault', 'default'],
  ['REFER', 'refer', 'default'],
] as const;

const MergerFields = ({ student, other }: Pick<Problem, 'student' | 'other'>) => {
  const t = useTexts(texts);
  const records = [student, ...(other ? [other] : [])];
  return (
    <>
      <Form.Item name="standing" label={t.standingRecord}>
        <Select
          allowClear
          options={records.map(({ id, name }) => ({ value: id, label: `${name ?? '***'} (${id})` }))}
        />
      </Form.Item>
      <CheckField name="endsRegistration" label={t.endsRegistration} />
    </>
  );
};

/** What the viewer may do with a problem record now, as the graph says; it is resolved on proofs. */
export const ProblemOrders = ({ problem }: { problem: Problem }) => {
  const t = useTexts(texts);
  const { id, version, allowedActions, student, other } = problem;
  const seen = { problem: id, expectedVersion: version };
  return (
    <Flex gap="small" wrap>
      {handlings
        .filter(([action]) => allowedActions.includes(action))
        .map(([action, text, kind]) => (
          <CaseOrder
            key={action}
            document={HandleProblemDocument}
            text={t[text]}
            kind={kind}
            seen={{ ...seen, action }}
            page={page}
            papers={{ item: 'evidence', as: uploadsOf }}
            answerOf={({ handleProblemRecord: { problem: object, findings } }) => ({ object, findings })}
          >
            <WordsField name="note" label={t.note} required={action !== 'VERIFY'} />
            {action === 'REFER' && (
              <Form.Item name="evidence" label={t.evidence}>
                <PapersField />
              </Form.Item>
            )}
          </CaseOrder>
        ))}
      {allowedActions.includes('RESOLVE') && (
        <CaseOrder
          document={ResolveProblemDocument}
          text={t.resolve}
          kind="primary"
          seen={seen}
          page={page}
          papers={{ item: 'evidence', as: uploadsOf }}
          answerOf={({ resolveProblemRecord: { problem: object, findings } }) => ({ object, findings })}
        >
          <ChoiceField name="resolution" label={t.resolution} of="ProblemResolution" required />
          <WordsField name="note" label={t.note} required />
          <Form.Item name="evidence" label={t.proofs}>
            <PapersField />
          </Form.Item>
          {other && <MergerFields student={student} other={other} />}
        </CaseOrder>
      )}
    </Flex>
  );
};
