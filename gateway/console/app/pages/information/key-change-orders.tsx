import { Flex, Form } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { proofsOf } from '../../uploads/papers.ts';
import { PapersField } from '../../uploads/papers-field.tsx';
import { DecideKeyChangeDocument } from './generated/decide-key-change.ts';
import { HandleKeyChangeDocument } from './generated/handle-key-change.ts';
import type { KeyChangePageQuery } from './generated/key-change.ts';
import { WithdrawKeyChangeDocument } from './generated/withdraw-key-change.ts';
import { texts } from './texts.ts';

type Change = NonNullable<KeyChangePageQuery['keyInformationChange']>;

const page = 'KeyChangePage';

const decisions = [
  ['APPROVE', 'approve', 'primary'],
  ['RETURN', 'back', 'default'],
  ['REFUSE', 'refuse', 'danger'],
] as const;

/** What the viewer may do with a change of key information now, as the graph says. */
export const KeyChangeOrders = ({ change: { id, version, allowedActions } }: { change: Change }) => {
  const t = useTexts(texts);
  const seen = { change: id, expectedVersion: version };
  return (
    <Flex gap="small" wrap>
      {allowedActions.includes('HANDLE') && (
        <CaseOrder
          document={HandleKeyChangeDocument}
          text={t.handle}
          kind="primary"
          seen={seen}
          page={page}
          papers={{ item: 'evidence', as: proofsOf }}
          answerOf={({ handleKeyInformationChange: { change: object, findings } }) => ({ object, findings })}
        >
          <WordsField name="opinion" label={t.opinion} />
          <Form.Item name="evidence" label={t.evidence}>
            <PapersField kinds="KeyProofKind" />
          </Form.Item>
        </CaseOrder>
      )}
      {decisions
        .filter(([decision]) => allowedActions.includes(decision))
        .map(([decision, text, kind]) => (
          <CaseOrder
            key={decision}
            document={DecideKeyChangeDocument}
            text={t[text]}
            kind={kind}
            seen={{ ...seen, decision }}
            page={page}
            answerOf={({ decideKeyInformationChange: { change: object, findings } }) => ({
              object,
              findings,
            })}
          >
            <WordsField name="reason" label={t.reason} required={decision !== 'APPROVE'} />
          </CaseOrder>
        ))}
      {allowedActions.includes('WITHDRAW') && (
        <CaseOrder
          document={WithdrawKeyChangeDocument}
          text={t.withdraw}
          kind="danger"
          seen={seen}
          page={page}
          answerOf={({ withdrawKeyInformationChange: { change: object, findings } }) => ({
            object,
            findings,
          })}
        >
          <WordsField name="reason" label={t.reason} required />
        </CaseOrder>
      )}
    </Flex>
  );
};
