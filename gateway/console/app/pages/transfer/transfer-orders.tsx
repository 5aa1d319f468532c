import { Checkbox, Flex, Form, Input, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { OrderDialog } from '../../orders/order-dialog.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useWordOptions } from '../../orders/word-options.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { proofsOf } from '../../uploads/papers.ts';
import { PapersField } from '../../uploads/papers-field.tsx';
import { CallUpFileDocument, type CallUpFileMutationVariables } from './generated/call-up.ts';
import {
  DecideTransferStepDocument,
  type DecideTransferStepMutationVariables,
} from './generated/decide-step.ts';
import { DiscardTransferDraftDocument } from './generated/discard.ts';
import { HandInTransferPapersDocument } from './generated/hand-in.ts';
import {
  HandleTransferStepDocument,
  type HandleTransferStepMutationVariables,
} from './generated/handle-step.ts';
import { PrefileTransferDocument, type PrefileTransferMutationVariables } from './generated/prefile.ts';
import type { TransferCasePageQuery } from './generated/transfer-case.ts';
import { WithdrawCaseDocument } from './generated/withdraw.ts';
import { texts } from './texts.ts';

type Transfer = NonNullable<TransferCasePageQuery['transferCase']>;
type Props = { transfer: Transfer; reload(): void };

const refetch = ['TransferCasePage'];
const seenOf = ({ id, version }: Transfer) => ({ transfer: id, expectedVersion: version });

const Handle = ({ transfer, reload }: Props) => {
  const t = useTexts(texts);
  const order = useOrder(HandleTransferStepDocument, {
    findingsOf: ({ handleTransferStep }) => handleTransferStep.findings,
    refetch,
  });
  type Values = Pick<HandleTransferStepMutationVariables['input'], 'opinion'>;
  const send = async (values: Values): Promise<boolean> =>
    (await order.give({ ...seenOf(transfer), ...values }))?.handleTransferStep.transfer != null;
  return (
    <OrderDialog text={t.handle} kind="primary" order={order} send={send} reload={reload}>
      <WordsField name="opinion" label={t.opinion} />
    </OrderDialog>
  );
};

type Decision = DecideTransferStepMutationVariables['input'];

const useDecision = ({ transfer }: Pick<Props, 'transfer'>, decision: Decision['decision']) => {
  const order = useOrder(DecideTransferStepDocument, {
    findingsOf: ({ decideTransferStep }) => decideTransferStep.findings,
    refetch,
  });
  const send = async (values: Partial<Decision>): Promise<boolean> =>
    (await order.give({ ...seenOf(transfer), ...values, decision }))?.decideTransferStep.transfer != null;
  return { order, send };
};

/** What the law asks of who approves, by what kind of case it is. */
const approvalChecks = ({ kind, stage }: Transfer) =>
  [
    'gradeConsent',
    'conditionsChecked',
    ...(stage === 'SENIOR' ? (['comparableLevel'] as const) : []),
    ...(kind === 'CROSS_PROVINCE_STUDY' ? (['meetsPolicy', 'inPlan'] as const) : []),
  ] as const;

const Approve = ({ transfer, reload }: Props) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  const { order, send } = useDecision({ transfer }, 'APPROVE');
  const nameOf = (check: ReturnType<typeof approvalChecks>[number]) =>
    check === 'meetsPolicy' || check === 'inPlan' ? ['admission', check] : check;
  return (
    <OrderDialog<Partial<Decision>>
      text={t.approve}
      kind="primary"
      order={order}
      send={send}
      reload={reload}
      initial={
        transfer.kind === 'CROSS_PROVINCE_STUDY' ? { admission: { meetsPolicy: false, inPlan: false } } : {}
      }
    >
      {approvalChecks(transfer).map((check) => (
        <Form.Item key={check} name={nameOf(check)} valuePropName="checked">
          <Checkbox>{t[check]}</Checkbox>
        </Form.Item>
      ))}
      <Form.Item name="weighed" label={t.weighed}>
        <Select mode="multiple" allowClear options={optionsOf('PrivateSchoolPoint')} />
      </Form.Item>
      <WordsField name="note" label={t.note} />
    </OrderDialog>
  );
};

const Refuse = ({ transfer, reload }: Props) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  const { order, send } = useDecision({ transfer }, 'REFUSE');
  return (
    <OrderDialog<Partial<Decision>> text={t.refuse} kind="danger" order={order} send={send} reload={reload}>
      <Form.Item name="reasons" label={t.reasons} rules={[{ required: true }]}>
        <Select mode="multiple" optionFilterProp="label" options={optionsOf('TransferRejectionReason')} />
      </Form.Item>
      <WordsField name="note" label={t.note} />
    </OrderDialog>
  );
};

const CallUp = ({ transfer, reload }: Props) => {
  const t = useTexts(texts);
  const order = useOrder(CallUpFileDocument, {
    findingsOf: ({ callUpFile }) => callUpFile.findings,
    refetch,
  });
  type Values = Pick<CallUpFileMutationVariables['input'], 'reportedOn'>;
  const send = async (values: Values): Promise<boolean> =>
    (await order.give({ ...seenOf(transfer), ...values }))?.callUpFile.transfer != null;
  return (
    <OrderDialog text={t.call} kind="primary" order={order} send={send} reload={reload}>
      <Form.Item name="reportedOn" label={t.reportedOn} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
    </OrderDialog>
  );
};

const Prefile = ({ transfer, reload }: Props) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  const order = useOrder(PrefileTransferDocument, {
    findingsOf: ({ prefileTransfer }) => prefileTransfer.findings,
    refetch,
  });
  type Values = Pick<PrefileTransferMutationVariables['input'], 'nature' | 'dataChecked' | 'proofsChecked'>;
  const send = async (values: Values): Promise<boolean> =>
    (await order.give({ ...seenOf(transfer), ...values }))?.prefileTransfer.transfer != null;
  const initial = { dataChecked: false, proofsChecked: false };
  return (
    <OrderDialog text={t.prefile} kind="primary" order={order} send={send} reload={reload} initial={initial}>
      <Form.Item name="nature" label={t.nature} rules={[{ required: true }]}>
        <Select options={optionsOf('TransferNature')} />
      </Form.Item>
      {(['dataChecked', 'proofsChecked'] as const).map((check) => (
        <Form.Item key={check} name={check} valuePropName="checked">
          <Checkbox>{t[check]}</Checkbox>
        </Form.Item>
      ))}
    </OrderDialog>
  );
};

const Withdraw = ({ transfer, reload }: Props) => {
  const t = useTexts(texts);
  const order = useOrder(WithdrawCaseDocument, {
    findingsOf: ({ withdrawTransfer }) => withdrawTransfer.findings,
    refetch,
  });
  const send = async (): Promise<boolean> =>
    (await order.give(seenOf(transfer)))?.withdrawTransfer.transfer != null;
  return (
    <OrderDialog text={t.withdraw} kind="danger" order={order} send={send} reload={reload}>
      {t.sure}
    </OrderDialog>
  );
};

const Discard = ({ transfer, reload }: Props) => {
  const t = useTexts(texts);
  const order = useOrder(DiscardTransferDraftDocument, {
    findingsOf: ({ discardTransferDraft }) => discardTransferDraft.findings,
    refetch,
  });
  const send = async (): Promise<boolean> =>
    (await order.give(seenOf(transfer)))?.discardTransferDraft.transfer != null;
  return (
    <OrderDialog text={t.discard} kind="danger" order={order} send={send} reload={reload}>
      {t.sure}
    </OrderDialog>
  );
};

/** The receiving school hands in papers that were asked for, or that were missing. */
const HandIn = ({ transfer }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={HandInTransferPapersDocument}
      text={t.handIn}
      seen={seenOf(transfer)}
      page="TransferCasePage"
      papers={{ item: 'evidence', as: proofsOf }}
      answerOf={({ handInTransferPapers: { transfer: object, findings } }) => ({ object, findings })}
    >
      <Form.Item name="evidence" label={t.papers} rules={[{ required: true }]}>
        <PapersField kinds="TransferPaperKind" />
      </Form.Item>
    </CaseOrder>
  );
};

const orders = [
  ['HANDLE', Handle],
  ['PREFILE', Prefile],
  ['APPROVE', Approve],
  ['CALL_UP', CallUp],
  ['HAND_IN', HandIn],
  ['REFUSE', Refuse],
  ['WITHDRAW', Withdraw],
  ['DISCARD', Discard],
] as const;

/** What the viewer may do with a transfer now, as the graph says. */
export const TransferOrders = ({ transfer, reload }: Props) => (
  <Flex gap="small" wrap>
    {orders
      .filter(([action]) => transfer.allowedActions.includes(action))
      .map(([action, Order]) => (
        <Order key={action} transfer={transfer} reload={reload} />
      ))}
  </Flex>
);
