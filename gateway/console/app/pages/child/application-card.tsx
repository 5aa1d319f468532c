import { Flex, Tag } from 'antd';
import { Clock } from '../../clocks/clock.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { useFollowed } from '../../graph/use-stream.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Values } from '../../layout/values.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { ConfirmedButton } from './confirmed-button.tsx';
import { ApplicationUpdatedDocument } from './generated/application-updated.ts';
import { AskCountyDocument } from './generated/ask-county.ts';
import type { ChildCasesQuery } from './generated/child-cases.ts';
import { WithdrawApplicationDocument } from './generated/withdraw-application.ts';
import { texts } from './texts.ts';

type Application = NonNullable<NonNullable<ChildCasesQuery['student']>['transferApplications']>[number];

/** States in which somebody is still to answer. */
const waiting: readonly string[] = ['APPLIED', 'ARRANGING', 'TAKEN_UP'];
const clocked: readonly string[] = ['APPLIED', 'ARRANGING'];

const Orders = ({ application: { id, version, allowedActions } }: { application: Application }) => {
  const t = useTexts(texts);
  const refetch = ['ChildCases'];
  const withdrawal = useOrder(WithdrawApplicationDocument, {
    findingsOf: ({ withdrawTransferApplication }) => withdrawTransferApplication.findings,
    refetch,
  });
  const county = useOrder(AskCountyDocument, {
    findingsOf: ({ requestCountyArrangement }) => requestCountyArrangement.findings,
    refetch,
  });
  const order = { application: id, expectedVersion: version };
  return (
    <Flex vertical gap="small">
      <Flex gap="small" wrap>
        {allowedActions.includes('REQUEST_COUNTY_ARRANGEMENT') && (
          <ConfirmedButton
            text={t.askCounty}
            question={t.askCounty}
            loading={county.underWay}
            onConfirm={() => void county.give(order)}
          />
        )}
        {allowedActions.includes('WITHDRAW') && (
          <ConfirmedButton
            text={t.withdraw}
            question={t.withdrawSure}
            loading={withdrawal.underWay}
            onConfirm={() => void withdrawal.give(order)}
          />
        )}
      </Flex>
      <OrderOutcome outcome={withdrawal.outcome} />
      <OrderOutcome outcome={county.outcome} />
    </Flex>
  );
};

/** A family's application for a transfer: who has it, until when, what is asked for. */
export const ApplicationCard = ({ application }: { application: Application }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { id, state, school, appliedOn, deadline, provisional, overdue, progress } = application;
  const { papersAsked, reasons, note, blockers } = application;
  useFollowed(ApplicationUpdatedDocument, { application: id }, !waiting.includes(state));
  return (
    <Flex component="article" vertical gap="small" align="start" aria-label={t.application}>
      <Flex gap="small" wrap align="center">
        <strong>{t.application}</strong>
        <Tag>{words('TransferApplicationState', state)}</Tag>
        {clocked.includes(state) && <Clock due={deadline} provisional={provisional} overdue={overdue} />}
      </Flex>
      <span>{progress}</span>
      <Values
        items={[
          [t.transfer, school?.name ?? t.toBeNamed],
          [t.appliedOn, formats.day(appliedOn)],
          ...(papersAsked.length > 0
            ? [
                [
                  t.papersAsked,
                  papersAsked.map((each) => words('TransferPaperKind', each)).join('；'),
                ] as const,
              ]
            : []),
          ...(reasons.length > 0
            ? [
                [
                  t.refusedFor,
                  reasons.map((each) => words('TransferRejectionReason', each)).join('；'),
                ] as const,
              ]
            : []),
        ]}
      />
      {note && <p>{note}</p>}
      <FindingList findings={blockers.map(({ finding }) => finding)} />
      <Orders application={application} />
    </Flex>
  );
};
