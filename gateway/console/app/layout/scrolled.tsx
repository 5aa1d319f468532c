import { Flex } from 'antd';
import type { ReactNode } from 'react';

/** A table without links or buttons that may be wider than its place: it is reached, and scrolled, by keyboard as well. */
export const Scrolled = ({ label, children }: { label: string; children: ReactNode }) => (
  <Flex vertical className="wide-table" role="region" aria-label={label} tabIndex={0}>
    {children}
  </Flex>
);
