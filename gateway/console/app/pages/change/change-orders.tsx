import { Flex } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import type { ChangePageQuery } from './generated/change.ts';
import { DecideEnrollmentCaseDocument } from './generated/decide.ts';
import { HandleEnrollmentCaseDocument } from './generated/handle.ts';
import { WithdrawEnrollmentCaseDocument } from './generated/withdraw.ts';
import { texts } from './texts.ts';

type Change = NonNullable<ChangePageQuery['enrollmentCase']>;

const decisions = [
  ['APPROVE', 'approve', 'primary'],
  ['RETURN', 'back', 'default'],
  ['REFUSE', 'refuse', 'danger'],
] as const;

/** What the viewer may do with the case now, as the graph says; whoever does not agree gives a reason. */
export const ChangeOrders = ({ change: { id, version, allowedActions } }: { change: Change }) => {
  const t = useTexts(texts);
  const seen = { case: id, expectedVersion: version };
  const page = 'ChangePage';
  return (
    <Flex gap="small" wrap>
      {allowedActions.includes('HANDLE') && (
        <CaseOrder
          document={HandleEnrollmentCaseDocument}
          text={t.handle}
          kind="primary"
          seen={seen}
          page={page}
          answerOf={({ handleEnrollmentCase: { case: object, findings } }) => ({ object, findings })}
        >
          <WordsField name="opinion" label={t.opinion} />
        </CaseOrder>
      )}
      {decisions
        .filter(([decision]) => allowedActions.includes(decision))
        .map(([decision, text, kind]) => (
          <CaseOrder
            key={decision}
            document={DecideEnrollmentCaseDocument}
            text={t[text]}
            kind={kind}
            seen={{ ...seen, decision }}
            page={page}
            answerOf={({ decideEnrollmentCase: { case: object, findings } }) => ({ object, findings })}
          >
            <WordsField name="reason" label={t.reason} required={decision !== 'APPROVE'} />
          </CaseOrder>
        ))}
      {allowedActions.includes('WITHDRAW') && (
        <CaseOrder
          document={WithdrawEnrollmentCaseDocument}
          text={t.withdraw}
          kind="danger"
          seen={seen}
          page={page}
          answerOf={({ withdrawEnrollmentCase: { case: object, findings } }) => ({ object, findings })}
        >
          <WordsField name="reason" label={t.reason} required />
        </CaseOrder>
      )}
    </Flex>
  );
};
