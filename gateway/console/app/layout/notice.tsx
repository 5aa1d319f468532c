import { Flex, Typography } from 'antd';
import type { ReactNode } from 'react';

type Props = { title: string; more?: string; children?: ReactNode };

/** Stands in a page's place: what is the matter, and what can be done. */
export const Notice = ({ title, more, children }: Props) => (
  <Flex vertical align="center" gap="middle" className="notice">
    <Typography.Title level={1} className="page-title">
      {title}
    </Typography.Title>
    {more && <Typography.Text>{more}</Typography.Text>}
    {children}
  </Flex>
);
