import { Flex, Typography } from 'antd';
import { type ReactNode, useEffect } from 'react';

type Props = { title: string; above?: ReactNode; extra?: ReactNode };

/** Head of a page: where it stands, what it is called; names the tab of the browser as well. */
export const PageHead = ({ title, above, extra }: Props) => {
  useEffect(() => {
    document.title = `${title} · 学籍`;
  }, [title]);
  return (
    <header className="page-head">
      {above}
      <Flex justify="space-between" align="center" gap="small" wrap>
        <Typography.Title level={1} className="page-title">
          {title}
        </Typography.Title>
        {extra}
      </Flex>
    </header>
  );
};
