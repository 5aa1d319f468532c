import { Flex, Form, Input } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { YesNoField } from '../../orders/yes-no-field.tsx';
import { ClearDropoutClueDocument } from './generated/clear.ts';
import { ConfirmDropoutDocument } from './generated/confirm.ts';
import type { DropoutPageQuery } from './generated/entry.ts';
import { LogPersuasionDocument } from './generated/persuade.ts';
import { ReportDropoutDocument } from './generated/report.ts';
import { RequestReturnOrderDocument } from './generated/request-order.ts';
import { MarkDropoutReturnedDocument } from './generated/returned.ts';
import { SettleDropoutReturnDocument } from './generated/settle.ts';
import { texts } from './texts.ts';

export type Entry = NonNullable<DropoutPageQuery['dropoutEntry']>;

const page = 'DropoutPage';

const ReportFields = () => {
  const t = useTexts(texts);
  return (
    <>
      <Form.Item name="township" label={t.township} rules={[{ required: true }]}>
        <Input inputMode="numeric" maxLength={9} />
      </Form.Item>
      <WordsField name="content" label={t.content} required />
    </>
  );
};

/** Finding out, and telling all who are to be told (ENR-56, ENR-57, ENR-61). */
const Pursuing = ({ entry: { id, version, since, householdCounty, allowedActions } }: { entry: Entry }) => {
  const t = useTexts(texts);
  const seen = { entry: id, expectedVersion: version };
  return (
    <>
      {allowedActions.includes('CONFIRM') && (
        <CaseOrder
          document={ConfirmDropoutDocument}
          text={t.confirm}
          kind="primary"
          seen={seen}
          initial={{ since, householdCounty }}
          page={page}
          answerOf={({ confirmDropout: { entry: object, findings } }) => ({ object, findings })}
        >
          <DayField name="since" label={t.since} />
          <Form.Item name="householdCounty" label={t.household}>
            <Input inputMode="numeric" maxLength={6} />
          </Form.Item>
          <WordsField name="note" label={t.note} />
        </CaseOrder>
      )}
      {allowedActions.includes('REPORT') && (
        <CaseOrder
          document={ReportDropoutDocument}
          text={t.report}
          kind="primary"
          seen={seen}
          page={page}
          answerOf={({ reportDropout: { entry: object, findings } }) => ({ object, findings })}
        >
          <ReportFields />
        </CaseOrder>
      )}
      {allowedActions.includes('ORDER') && (
        <CaseOrder
          document={RequestReturnOrderDocument}
          text={t.order}
          seen={seen}
          page={page}
          answerOf={({ requestReturnOrder: { entry: object, findings } }) => ({ object, findings })}
        >
          <ReportFields />
        </CaseOrder>
      )}
      {allowedActions.includes('PERSUADE') && (
        <CaseOrder
          document={LogPersuasionDocument}
          text={t.persuade}
          seen={seen}
          page={page}
          answerOf={({ logPersuasion: { entry: object, findings } }) => ({ object, findings })}
        >
          <ChoiceField name="measure" label={t.measure} of="DropoutMeasure" required />
          <DayField name="actedOn" label={t.actedOn} required />
          <YesNoField name="reached" label={t.wasReached} required />
          <WordsField name="note" label={t.note} />
          <DayField name="nextActionOn" label={t.nextOn} />
        </CaseOrder>
      )}
    </>
  );
};

/** How an entry ends: the child is back, the return has lasted, or the clue was none. */
const Ending = ({ entry: { id, version, allowedActions } }: { entry: Entry }) => {
  const t = useTexts(texts);
  const seen = { entry: id, expectedVersion: version };
  return (
    <>
      {allowedActions.includes('RETURN') && (
        <CaseOrder
          document={MarkDropoutReturnedDocument}
          text={t.back}
          seen={seen}
          page={page}
          answerOf={({ markDropoutReturned: { entry: object, findings } }) => ({ object, findings })}
        >
          <DayField name="returnedOn" label={t.returnedOn} required />
          <WordsField name="note" label={t.note} />
        </CaseOrder>
      )}
      {allowedActions.includes('SETTLE') && (
        <CaseOrder
          document={SettleDropoutReturnDocument}
          text={t.settle}
          kind="primary"
          seen={seen}
          page={page}
          answerOf={({ settleDropoutReturn: { entry: object, findings } }) => ({ object, findings })}
        >
          <WordsField name="note" label={t.note} required />
        </CaseOrder>
      )}
      {allowedActions.includes('CLEAR') && (
        <CaseOrder
          document={ClearDropoutClueDocument}
          text={t.clear}
          kind="danger"
          seen={seen}
          page={page}
          answerOf={({ clearDropoutClue: { entry: object, findings } }) => ({ object, findings })}
        >
          <WordsField name="note" label={t.note} required />
        </CaseOrder>
      )}
    </>
  );
};

/** What the viewer may do with an entry of the ledger now, as the graph says. */
export const EntryOrders = ({ entry }: { entry: Entry }) => (
  <Flex gap="small" wrap>
    <Pursuing entry={entry} />
    <Ending entry={entry} />
  </Flex>
);
