import { LockOutlined } from '@ant-design/icons';
import { Button, Popover } from 'antd';
import type { ReactNode } from 'react';
import { useReasons } from '../graph/problem-list.tsx';
import type { Problem } from '../graph/problems.ts';
import { type Texts, useTexts } from '../language/language.tsx';

const texts = {
  hidden: ['不可见', 'Not shown'],
  masked: ['部分隐藏', 'Masked'],
  why: ['为什么看不到？', 'Why can’t I see this?'],
  none: ['未填写', 'Not given'],
  needs: [
    '查看这类信息需要相应的数据权限；所在单位可为您的账号申请。',
    'This kind of data needs a right that your account does not have; your unit can apply for it.',
  ],
  fullFor: [
    '完整内容只供所在学校、其学籍主管部门和监护人办理业务时查看，每次查看均记录在案（PRV-14）。',
    'The full value is for the school, its registry authority and the guardian, and every look at it is recorded (PRV-14).',
  ],
} satisfies Texts;

const Why = ({ label, children }: { label: string; children: ReactNode }) => {
  const t = useTexts(texts);
  return (
    <Popover
      trigger={['click', 'hover', 'focus']}
      title={t.why}
      content={<div className="why">{children}</div>}
    >
      <Button
        type="text"
        size="small"
        className="why-button"
        icon={<LockOutlined aria-hidden />}
        aria-label={`${label} – ${t.why}`}
      >
        {label}
      </Button>
    </Popover>
  );
};

type Props = {
  value: string | null | undefined;
  /** Name of the field in its question, by which the graph says that it was kept back. */
  field: string;
  problems: readonly Problem[];
};

/** A value that may be kept back or masked: then it says so, and why. */
export const Guarded = ({ value, field, problems }: Props) => {
  const t = useTexts(texts);
  const reasonOf = useReasons();
  const problem = problems.find(({ path }) => path.includes(field));
  if (value === null || value === undefined || value === '') {
    if (!problem) return <span className="quiet">{t.none}</span>;
    return (
      <Why label={t.hidden}>
        {reasonOf(problem.code)}
        <br />
        {t.needs}
      </Why>
    );
  }
  if (!value.includes('*')) return value;
  return (
    <>
      {value} <Why label={t.masked}>{t.fullFor}</Why>
    </>
  );
};
