import { ClockCircleOutlined } from '@ant-design/icons';
import { Flex, Tag } from 'antd';
import { useFormats } from '../language/formats.ts';
import { type Language, type Texts, useLanguage, useTexts } from '../language/language.tsx';
import { dayOf, daysLeft } from './days-left.ts';

const texts = {
  overdue: ['已逾期', 'Overdue'],
  provisional: ['暂定', 'Provisional'],
  provisionalWhy: ['该年工作日历尚未公布', 'The working days of that year are not published yet'],
} satisfies Texts;

const spoken: Record<Language, (left: number) => string> = {
  zh: (left) => (left === 0 ? '今天到期' : left > 0 ? `还有${left}天` : `过期${-left}天`),
  en: (left) =>
    left === 0
      ? 'Due today'
      : left > 0
        ? `${left} day${left === 1 ? '' : 's'} left`
        : `${-left} day${left === -1 ? '' : 's'} past`,
};

/** From so many calendar days on a clock is shown as pressing. */
const pressing = 2;

type Props = { due: string; overdue: boolean; provisional?: boolean };

/** A running clock: its last day, and how far off that is. Whether it is overdue the graph says. */
export const Clock = ({ due, overdue, provisional = false }: Props) => {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const formats = useFormats();
  const left = daysLeft(due, dayOf(new Date()));
  return (
    <Flex gap={4} align="center" wrap component="span">
      <time dateTime={due}>{formats.day(due)}</time>
      <Tag
        icon={<ClockCircleOutlined aria-hidden />}
        color={overdue ? 'error' : left <= pressing ? 'warning' : 'default'}
      >
        {overdue && `${t.overdue} · `}
        {spoken[language](left)}
      </Tag>
      {provisional && (
        <Tag title={t.provisionalWhy} color="default">
          {t.provisional}
        </Tag>
      )}
    </Flex>
  );
};
