import { Empty, Flex, Tag } from 'antd';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { StudentTransfersDocument, type StudentTransfersQuery } from './generated/transfers.ts';
import { texts } from './texts.ts';

type Case = NonNullable<NonNullable<StudentTransfersQuery['student']>['transfers']>[number];

const Steps = ({ steps }: Pick<Case, 'steps'>) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  return (
    <ol>
      {steps.map(({ party, deadline, provisional, overdue, decision }) => (
        <li key={party}>
          {words('TransferParty', party)} · {decision ? words('TransferDecision', decision) : t.waiting} ·{' '}
          {t.dueOn} {formats.day(deadline)} {provisional && <Tag>{t.provisional}</Tag>}
          {overdue && <Tag color="error">{t.overdue}</Tag>}
        </li>
      ))}
    </ol>
  );
};

const Transfer = ({ transfer }: { transfer: Case }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { kind, state, source, target, appliedOn, steps, findings } = transfer;
  return (
    <article>
      <Values
        items={[
          [t.kind, words('TransferKind', kind)],
          [t.status, words('TransferState', state)],
          [t.school, `${source.name} → ${target.name}`],
          [t.appliedOn, formats.day(appliedOn)],
        ]}
      />
      <Steps steps={steps} />
      <FindingList findings={findings} />
    </article>
  );
};

/** The student's transfers, with whose turn it is, until when, and what the law says. */
export const TransfersPanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  return (
    <Panel title={t.transfers}>
      <Answer
        document={StudentTransfersDocument}
        variables={{ id }}
        select={({ student }) => student?.transfers}
        empty={<Empty description={t.noTransfers} />}
      >
        {({ student }) => (
          <Flex vertical gap="large">
            {student?.transfers?.map((transfer) => (
              <Transfer key={transfer.id} transfer={transfer} />
            ))}
          </Flex>
        )}
      </Answer>
    </Panel>
  );
};
