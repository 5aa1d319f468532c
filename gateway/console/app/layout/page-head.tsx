import { Flex, Typography } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { useLocation } from 'react-router';
import { focusHeading } from './focus.ts';

type Props = { title: string; above?: ReactNode; extra?: ReactNode };

/** The page that was shown last; none when the console has just been loaded, where the browser itself puts the focus. */
let shown: string | undefined;

/** Whoever comes from another page goes on from the heading, by keyboard or by ear. */
const useArrival = (): void => {
  const { pathname } = useLocation();
  useEffect(() => {
    if (shown !== undefined && shown !== pathname) focusHeading();
    shown = pathname;
  }, [pathname]);
};

/** Head of a page: where it stands, what it is called; names the tab of the browser as well, and takes the focus. */
export const PageHead = ({ title, above, extra }: Props) => {
  useArrival();
  useEffect(() => {
    document.title = `${title} · 学籍`;
  }, [title]);
  return (
    <header className="page-head">
      {above}
      <Flex justify="space-between" align="center" gap="small" wrap>
        <Typography.Title level={1} className="page-title" tabIndex={-1}>
          {title}
        </Typography.Title>
        {extra}
      </Flex>
    </header>
  );
};
