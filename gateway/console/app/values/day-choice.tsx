import { Input } from 'antd';
import { type Texts, useTexts } from '../language/language.tsx';
import { todayInBeijing } from '../language/today.ts';

const texts = { day: ['统计日期', 'Day'], now: ['现在', 'Now'] } satisfies Texts;

type Props = { asOf: string | null; choose(day: string | null): void };

/** Which day the figures are of; now where none is chosen. */
export const DayChoice = ({ asOf, choose }: Props) => {
  const t = useTexts(texts);
  return (
    <Input
      type="date"
      allowClear
      aria-label={t.day}
      prefix={asOf === null ? t.now : undefined}
      max={todayInBeijing()}
      value={asOf ?? ''}
      onChange={({ target }) => choose(target.value === '' ? null : target.value)}
      className="day-choice"
    />
  );
};
