import { Alert, Flex } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { OrderDialog } from '../../orders/order-dialog.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { useAddress } from './address.ts';
import { RequestJobDocument, type RequestJobMutationVariables } from './generated/request-job.ts';
import { texts } from './job-texts.ts';

type Input = RequestJobMutationVariables['input'];

type Props = { question: Pick<Input, 'scope' | 'by' | 'filter'>; isPast: boolean };

/** Says that no table is kept for what was chosen, and asks for it as a job, which then stands in the address. */
export const JobOrder = ({ question, isPast }: Props) => {
  const t = useTexts(texts);
  const { change } = useAddress();
  const order = useOrder(RequestJobDocument, {
    findingsOf: ({ requestStatistics }) => requestStatistics.findings,
  });
  const send = async (filled: Pick<Input, 'purpose'>): Promise<boolean> => {
    const job = (await order.give({ ...filled, ...question }))?.requestStatistics.job;
    if (job) change({ job: job.id, asOf: null });
    return Boolean(job);
  };
  return (
    <Flex vertical gap="middle" align="start">
      <Alert type="info" showIcon title={t.beyond} description={t.why} />
      {isPast && <Alert type="warning" showIcon title={t.nowOnly} />}
      <OrderDialog<Pick<Input, 'purpose'>>
        text={t.ask}
        kind="primary"
        order={order}
        send={send}
        reload={() => undefined}
      >
        <WordsField name="purpose" label={t.purpose} required />
      </OrderDialog>
    </Flex>
  );
};
