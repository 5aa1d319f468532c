import { useApolloClient } from '@apollo/client/react';
import { Alert, Flex, Progress } from 'antd';
import { useMemo } from 'react';
import { Answer } from '../../graph/answer.tsx';
import { useEvery } from '../../graph/use-every.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Values } from '../../layout/values.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { AsOf } from './as-of.tsx';
import { ExportOrder } from './export-order.tsx';
import { CancelJobDocument } from './generated/cancel-job.ts';
import { LongQuestionDocument, type LongQuestionQuery } from './generated/statistics-job.ts';
import { isOver, percentOf } from './job-standing.ts';
import { texts } from './job-texts.ts';
import { exactPivot } from './pivot.ts';
import { PivotTable } from './pivot-table.tsx';

type Job = NonNullable<LongQuestionQuery['statisticsJob']>;
type Counted = NonNullable<Job['result']>;

/** Milliseconds until the page looks again whether it is done. */
const again = 2_000;

/** Looks again and again as long as it is shown. */
const Following = () => {
  const client = useApolloClient();
  useEvery(again, () => void client.refetchQueries({ include: [LongQuestionDocument] }));
  return null;
};

const Result = ({ id, result: { asOf, dimensions, rows } }: { id: string; result: Counted }) => {
  const pivot = useMemo(() => exactPivot(dimensions, rows), [dimensions, rows]);
  return (
    <>
      <AsOf instant={asOf} />
      <PivotTable pivot={pivot} />
      <ExportOrder key={id} table={{ job: id }} />
    </>
  );
};

const Shown = ({ job }: { job: Job }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { id, state, counted, requestedAt, finishedAt, purpose, unit, version, result } = job;
  const isRunning = !isOver(state);
  return (
    <Flex vertical gap="middle">
      <Values
        items={[
          [
            t.state,
            <span role="status" key="state">
              {words('StatisticsJobState', state)}
            </span>,
          ],
          [t.counted, formats.number(counted)],
          [t.asked, purpose],
          [t.unit, unit],
          [t.requestedAt, formats.instant(requestedAt)],
          ...(finishedAt ? [[t.finishedAt, formats.instant(finishedAt)] as const] : []),
        ]}
      />
      {isRunning && <Following />}
      {isRunning && <Progress percent={percentOf(job)} aria-label={t.progress} />}
      {state === 'FAILED' && <Alert type="error" showIcon title={t.failed} description={job.failure} />}
      {state === 'CANCELLED' && <Alert type="info" showIcon title={t.ended} />}
      {job.agrees === false && <Alert type="warning" showIcon title={t.differs} />}
      {job.allowedActions.includes('CANCEL') && (
        <Flex>
          <CaseOrder
            document={CancelJobDocument}
            text={t.cancel}
            seen={{ job: id, expectedVersion: version }}
            answerOf={({ cancelStatistics: { job: object, findings } }) => ({ object, findings })}
            page="LongQuestion"
          />
        </Flex>
      )}
      {result && <Result id={id} result={result} />}
    </Flex>
  );
};

/** A question that is counted pupil by pupil: how far it is, and what came of it. */
export const JobPanel = ({ id }: { id: string }) => (
  <Answer document={LongQuestionDocument} variables={{ id }} select={({ statisticsJob }) => statisticsJob}>
    {({ statisticsJob: job }) => job && <Shown job={job} />}
  </Answer>
);
