import { useApolloClient } from '@apollo/client/react';
import { Alert, Button, Flex, Select } from 'antd';
import { useState } from 'react';
import { FindingList } from '../findings/finding-list.tsx';
import { ProblemList } from '../graph/problem-list.tsx';
import { type Problem, problemsOf } from '../graph/problems.ts';
import { type Texts, useLanguage, useTexts } from '../language/language.tsx';
import type { WordKind } from '../language/words.ts';
import { useWordOptions } from '../orders/word-options.ts';
import { useViewer } from '../shell/viewer.tsx';
import { FileInput } from './file-input.tsx';
import type { Paper } from './papers.ts';
import { type Sent, sendFile } from './sent-file.ts';

const texts = {
  add: ['添加材料（PDF、JPEG、PNG，20MB以内）', 'Add a paper (PDF, JPEG, PNG, up to 20 MB)'],
  kind: ['材料种类', 'Kind of paper'],
  issuer: ['出具机构的级别', 'Level of who issued it'],
  remove: ['移除', 'Remove'],
  sending: ['正在上传', 'Sending'],
} satisfies Texts;

type Props = {
  /** Enum of the graph that names what a paper can be; none where papers have no kind. */
  kinds?: WordKind;
  /** Whether the law asks at which level a paper was issued. */
  withIssuer?: boolean;
  /** Given by the form. */
  value?: readonly Paper[];
  onChange?(papers: readonly Paper[]): void;
};

type RowProps = Pick<Props, 'kinds' | 'withIssuer'> & {
  paper: Paper;
  change(paper: Paper): void;
  remove(): void;
};

const PaperRow = ({ paper, kinds, withIssuer, change, remove }: RowProps) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  return (
    <Flex gap="small" wrap align="center" component="li">
      <span>{paper.name}</span>
      {kinds && (
        <Select
          aria-label={`${t.kind} ${paper.name}`}
          placeholder={t.kind}
          className="paper-choice"
          value={paper.kind}
          options={optionsOf(kinds)}
          onChange={(kind: string) => change({ ...paper, kind })}
        />
      )}
      {withIssuer && (
        <Select
          aria-label={`${t.issuer} ${paper.name}`}
          placeholder={t.issuer}
          className="paper-choice"
          allowClear
          value={paper.issuerLevel}
          options={optionsOf('IssuerLevel')}
          onChange={(level: string | undefined) => {
            const { issuerLevel: _, ...rest } = paper;
            change(level ? { ...rest, issuerLevel: level } : rest);
          }}
        />
      )}
      <Button size="small" onClick={remove} aria-label={`${t.remove} ${paper.name}`}>
        {t.remove}
      </Button>
    </Flex>
  );
};

const Said = ({ sent, problems }: { sent: Sent | undefined; problems: readonly Problem[] }) => {
  const { language } = useLanguage();
  const problem = sent?.problem;
  return (
    <div role="status">
      <ProblemList problems={problems} />
      {problem && (
        <Alert type="error" showIcon title={language === 'zh' ? problem.message : problem.messageEn} />
      )}
      {sent && <FindingList findings={sent.findings} />}
    </div>
  );
};

/** Papers of a case: each is sent and checked when it is chosen, and then told apart by its kind. */
export const PapersField = ({ kinds, withIssuer = false, value = [], onChange }: Props) => {
  const t = useTexts(texts);
  const client = useApolloClient();
  const { school } = useViewer();
  const [isSending, setSending] = useState(false);
  const [sent, setSent] = useState<Sent>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const tell = (papers: readonly Paper[]): void => onChange?.(papers);
  const send = async (file: File): Promise<void> => {
    setSending(true);
    setProblems([]);
    try {
      const answer = await sendFile(client, file, { school: school?.id ?? null, purpose: 'EVIDENCE' });
      setSent(answer);
      if (answer.upload) tell([...value, { upload: answer.upload, name: file.name }]);
    } catch (error) {
      setProblems(problemsOf(error));
    } finally {
      setSending(false);
    }
  };
  return (
    <Flex vertical gap="small">
      {value.length > 0 && (
        <ul className="papers">
          {value.map((paper) => (
            <PaperRow
              key={paper.upload}
              {...{ paper, withIssuer, ...(kinds && { kinds }) }}
              change={(changed) => tell(value.map((each) => (each === paper ? changed : each)))}
              remove={() => tell(value.filter((each) => each !== paper))}
            />
          ))}
        </ul>
      )}
      <FileInput
        text={isSending ? t.sending : t.add}
        accept=".pdf,.jpg,.jpeg,.png"
        disabled={isSending}
        onChoose={(file) => void send(file)}
      />
      <Said sent={sent} problems={problems} />
    </Flex>
  );
};
