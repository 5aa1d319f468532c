import { Flex, Form } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { proofsOf } from '../../uploads/papers.ts';
import { PapersField } from '../../uploads/papers-field.tsx';
import { DecideUpdateDocument } from './generated/decide-update.ts';
import { HandleUpdateDocument } from './generated/handle-update.ts';
import { TakeBackUpdateDocument } from './generated/take-back-update.ts';
import type { InformationUpdatePageQuery } from './generated/update.ts';
import { texts } from './texts.ts';

type Update = NonNullable<InformationUpdatePageQuery['informationUpdate']>;

const page = 'InformationUpdatePage';

const decisions = [
  ['CONFIRM', 'confirm', 'primary'],
  ['REJECT', 'refuse', 'danger'],
] as const;

/** What the viewer may do with an update now, as the graph says. */
export const UpdateOrders = ({ update: { id, version, allowedActions } }: { update: Update }) => {
  const t = useTexts(texts);
  const seen = { update: id, expectedVersion: version };
  return (
    <Flex gap="small" wrap>
      {allowedActions.includes('HANDLE') && (
        <CaseOrder
          document={HandleUpdateDocument}
          text={t.handle}
          kind="primary"
          seen={seen}
          page={page}
          papers={{ item: 'evidence', as: proofsOf }}
          answerOf={({ handleInformationUpdate: { update: object, findings } }) => ({ object, findings })}
        >
          <WordsField name="opinion" label={t.opinion} />
          <Form.Item name="evidence" label={t.evidence}>
            <PapersField kinds="InformationPaperKind" />
          </Form.Item>
        </CaseOrder>
      )}
      {decisions
        .filter(([decision]) => allowedActions.includes(decision))
        .map(([decision, text, kind]) => (
          <CaseOrder
            key={decision}
            document={DecideUpdateDocument}
            text={t[text]}
            kind={kind}
            seen={{ ...seen, decision }}
            page={page}
            answerOf={({ decideInformationUpdate: { update: object, findings } }) => ({ object, findings })}
          >
            <WordsField name="reason" label={t.reason} required={decision === 'REJECT'} />
          </CaseOrder>
        ))}
      {allowedActions.includes('WITHDRAW') && (
        <CaseOrder
          document={TakeBackUpdateDocument}
          text={t.withdraw}
          kind="danger"
          seen={seen}
          page={page}
          answerOf={({ withdrawInformationUpdate: { update: object, findings } }) => ({ object, findings })}
        >
          {t.sure}
        </CaseOrder>
      )}
    </Flex>
  );
};
