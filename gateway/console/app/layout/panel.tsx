import { Flex, Typography } from 'antd';
import { type ReactNode, useId } from 'react';

type Props = { title: string; extra?: ReactNode; children: ReactNode };

/** A part of a page with a heading of its own. */
export const Panel = ({ title, extra, children }: Props) => {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <Flex className="panel-head" justify="space-between" align="center" gap="small" wrap>
        <Typography.Title level={2} id={id} className="panel-title">
          {title}
        </Typography.Title>
        {extra}
      </Flex>
      {children}
    </section>
  );
};
