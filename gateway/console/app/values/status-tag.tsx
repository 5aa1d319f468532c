import { Tag } from 'antd';
import { useWords } from '../language/words.ts';

const colours: Readonly<Record<string, string>> = {
  IN_SCHOOL: 'success',
  PENDING_APPROVAL: 'processing',
  RETURNED_TO_SCHOOL: 'warning',
  SUSPENDED: 'warning',
  REFUSED: 'error',
};

/** State of a registration; the colour repeats what the word says. */
export const StatusTag = ({ status }: { status: string }) => (
  <Tag color={colours[status] ?? 'default'}>{useWords()('EnrollmentStatus', status)}</Tag>
);
