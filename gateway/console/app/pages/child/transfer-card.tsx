import { Flex, Steps, Tag } from 'antd';
import { Clock } from '../../clocks/clock.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { useFollowed } from '../../graph/use-stream.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { ConfirmedButton } from './confirmed-button.tsx';
import type { ChildCasesQuery } from './generated/child-cases.ts';
import { TransferFollowedDocument } from './generated/transfer-updated.ts';
import { WithdrawTransferDocument } from './generated/withdraw-transfer.ts';
import { texts } from './texts.ts';

type Transfer = NonNullable<NonNullable<ChildCasesQuery['student']>['transfers']>[number];
type Step = Transfer['steps'][number];

const ended: readonly string[] = [
  ...['HANDED_OVER', 'REJECTED', 'WITHDRAWN'],
  ...['PURGED', 'AUTO_CANCELLED', 'DISCARDED'],
];

const standing = ({ decision }: Step): 'finish' | 'error' | 'process' =>
  decision === null ? 'process' : decision === 'APPROVE' ? 'finish' : 'error';

const Course = ({ steps, isOver }: { steps: readonly Step[]; isOver: boolean }) => {
  const words = useWords();
  return (
    <Steps
      orientation="vertical"
      size="small"
      items={steps.map((step) => ({
        title: words('TransferParty', step.party),
        status: isOver && step.decision === null ? 'wait' : standing(step),
        content: (
          <>
            {step.progress}
            {!isOver && step.decision === null && (
              <Clock due={step.deadline} provisional={step.provisional} overdue={step.overdue} />
            )}
          </>
        ),
      }))}
    />
  );
};

/** A transfer of the child, step by step, followed live while it runs. */
export const TransferCard = ({ transfer }: { transfer: Transfer }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { id, kind, state, source, target, appliedOn, steps, version, allowedActions, findings } = transfer;
  const isOver = ended.includes(state);
  useFollowed(TransferFollowedDocument, { transfer: id }, isOver);
  const withdrawal = useOrder(WithdrawTransferDocument, {
    findingsOf: ({ withdrawTransfer }) => withdrawTransfer.findings,
    refetch: ['ChildCases'],
  });
  return (
    <Flex component="article" vertical gap="small" align="start" aria-label={t.transfer}>
      <Flex gap="small" wrap align="center">
        <strong>{words('TransferKind', kind)}</strong>
        <Tag>{words('TransferState', state)}</Tag>
      </Flex>
      <span>
        {source.name} → {target.name} · {t.appliedOn} {formats.day(appliedOn)}
      </span>
      <Course steps={steps} isOver={isOver} />
      <FindingList findings={findings} />
      {allowedActions.includes('WITHDRAW') && (
        <ConfirmedButton
          text={t.withdraw}
          question={t.withdrawSure}
          loading={withdrawal.underWay}
          onConfirm={() => void withdrawal.give({ transfer: id, expectedVersion: version })}
        />
      )}
      <OrderOutcome outcome={withdrawal.outcome} />
    </Flex>
  );
};
