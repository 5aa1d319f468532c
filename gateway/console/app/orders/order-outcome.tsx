import { Flex } from 'antd';
import { FindingList } from '../findings/finding-list.tsx';
import { ProblemList } from '../graph/problem-list.tsx';
import type { Outcome } from './use-order.ts';

/** What came of an order, read out when it comes. */
export const OrderOutcome = ({ outcome: { problems, findings } }: { outcome: Outcome }) => (
  <Flex vertical gap="small" role="status">
    <ProblemList problems={problems} />
    <FindingList findings={findings} />
  </Flex>
);
