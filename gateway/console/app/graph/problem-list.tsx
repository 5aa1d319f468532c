import { Alert, Button, Flex } from 'antd';
import { useTexts } from '../language/language.tsx';
import type { Problem } from './problems.ts';
import { texts } from './texts.ts';

/** What to read into a code: the graph's own message is for details of it. */
export const useReasons = (): ((code: string) => string) => {
  const t = useTexts(texts);
  const reasons: Readonly<Record<string, string>> = t;
  return (code) => reasons[code] ?? t.INTERNAL;
};

/** Why an answer did not come, each reason once, and a way to ask again where that may help. */
export const ProblemList = ({ problems, again }: { problems: readonly Problem[]; again?: () => void }) => {
  const t = useTexts(texts);
  const reasonOf = useReasons();
  const once = [...new Map(problems.map((problem) => [problem.code, problem])).values()];
  return (
    <Flex vertical gap="small">
      {once.map(({ code, message }) => (
        <Alert
          key={code}
          data-problem={code}
          type={code === 'SERVICE_UNAVAILABLE' || code === 'INTERNAL' ? 'error' : 'warning'}
          showIcon
          title={reasonOf(code)}
          description={message || undefined}
          action={again && <Button onClick={again}>{t.again}</Button>}
        />
      ))}
    </Flex>
  );
};
