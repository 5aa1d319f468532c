import { Flex, Tag } from 'antd';
import { Clock } from '../../clocks/clock.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { ConfirmedButton } from './confirmed-button.tsx';
import type { ChildCasesQuery } from './generated/child-cases.ts';
import { WithdrawUpdateDocument } from './generated/withdraw-update.ts';
import { texts } from './texts.ts';

type Update = NonNullable<NonNullable<ChildCasesQuery['student']>['informationUpdates']>[number];

/** An update of the child's information that was proposed, and who looks at it. */
export const UpdateCard = ({ update }: { update: Update }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { id, state, openedAt, steps, version, allowedActions, blockers } = update;
  const withdrawal = useOrder(WithdrawUpdateDocument, {
    findingsOf: ({ withdrawInformationUpdate }) => withdrawInformationUpdate.findings,
    refetch: ['ChildCases'],
  });
  const open = steps.filter(({ decidedAt }) => decidedAt === null);
  const reasons = steps.flatMap(({ reason }) => (reason ? [reason] : []));
  return (
    <Flex component="article" vertical gap="small" align="start" aria-label={t.informationUpdate}>
      <Flex gap="small" wrap align="center">
        <strong>{t.informationUpdate}</strong>
        <Tag>{words('InformationUpdateState', state)}</Tag>
        {open.map(({ party, deadline, provisional, overdue }) => (
          <Clock key={party} due={deadline} provisional={provisional} overdue={overdue} />
        ))}
      </Flex>
      <span className="quiet">{formats.instant(openedAt)}</span>
      {reasons.map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      <FindingList findings={blockers} />
      {allowedActions.includes('WITHDRAW') && (
        <ConfirmedButton
          text={t.withdraw}
          question={t.withdrawSure}
          loading={withdrawal.underWay}
          onConfirm={() => void withdrawal.give({ update: id, expectedVersion: version })}
        />
      )}
      <OrderOutcome outcome={withdrawal.outcome} />
    </Flex>
  );
};
