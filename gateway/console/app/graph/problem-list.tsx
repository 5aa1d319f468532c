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

/** Which inputs are wrong, and how; where none is named, what the graph says of the whole. */
const More = ({ problem: { message, inputs } }: { problem: Problem }) => {
  if (inputs.length === 0) return message;
  return (
    <ul className="wrong-inputs">
      {inputs.map(({ path, message: why }) => (
        <li key={`${path.join('.')} ${why}`}>
          <code>{path.join('.')}</code> {why}
        </li>
      ))}
    </ul>
  );
};

/** Why an answer did not come, each reason once, and a way to ask again where that may help. */
export const ProblemList = ({ problems, again }: { problems: readonly Problem[]; again?: () => void }) => {
  const t = useTexts(texts);
  const reasonOf = useReasons();
  const once = [...new Map(problems.map((problem) => [problem.code, problem])).values()];
  return (
    <Flex vertical gap="small">
      {once.map((problem) => (
        <Alert
          key={problem.code}
          data-problem={problem.code}
          type={['SERVICE_UNAVAILABLE', 'INTERNAL'].includes(problem.code) ? 'error' : 'warning'}
          showIcon
          title={reasonOf(problem.code)}
          description={problem.message ? <More problem={problem} /> : undefined}
          action={again && <Button onClick={again}>{t.again}</Button>}
        />
      ))}
    </Flex>
  );
};
