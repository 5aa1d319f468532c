import { Empty, Flex, Tag } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import type { Problem } from '../../graph/problems.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { Guarded } from '../../values/guarded.tsx';
import { CaseHead } from './case-head.tsx';
import { FullSwitch } from './full-switch.tsx';
import { DecideDeletionDocument } from './generated/decide-deletion.ts';
import { DeletionPageDocument, type DeletionPageQuery } from './generated/deletion.ts';
import { StudentLink } from './student-link.tsx';
import { texts } from './texts.ts';

type Deletion = NonNullable<DeletionPageQuery['numberDeletion']>;

const decisions = [
  ['APPROVE', 'approve', 'danger'],
  ['REFUSE', 'refuse', 'default'],
] as const;

const Orders = ({ deletion: { id, version, allowedActions } }: { deletion: Deletion }) => {
  const t = useTexts(texts);
  return (
    <>
      {decisions
        .filter(([decision]) => allowedActions.includes(decision))
        .map(([decision, text, kind]) => (
          <CaseOrder
            key={decision}
            document={DecideDeletionDocument}
            text={t[text]}
            kind={kind}
            seen={{ deletion: id, expectedVersion: version, decision }}
            page="DeletionPage"
            answerOf={({ decideNumberDeletion: { deletion: object, findings } }) => ({ object, findings })}
          >
            <WordsField name="reason" label={t.reason} required={decision === 'REFUSE'} />
          </CaseOrder>
        ))}
    </>
  );
};

const About = ({ deletion, problems }: { deletion: Deletion; problems: readonly Problem[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { state, student, province, number, numberKind, reason, requestedAt, decidedAt, decisionReason } =
    deletion;
  return (
    <Values
      items={[
        [t.state, <Tag key="state">{words('NumberDeletionState', state)}</Tag>],
        [t.student, <StudentLink key="student" student={student} />],
        [t.number, <Guarded key="number" value={number} field="number" problems={problems} />],
        [t.numberKind, words('StudentNumberKind', numberKind)],
        [t.province, province],
        [t.openedAt, formats.instant(requestedAt)],
        [t.reason, reason],
        ...(decidedAt ? ([[t.decidedAt, formats.instant(decidedAt)]] as const) : []),
        ...(decisionReason ? ([[t.decisionReason, decisionReason]] as const) : []),
      ]}
    />
  );
};

const Papers = ({ papers }: Pick<Deletion, 'papers'>) => {
  const t = useTexts(texts);
  const formats = useFormats();
  if (papers.length === 0) return <Empty description={t.noPapers} />;
  return (
    <ul className="papers">
      {papers.map(({ upload, mediaType, addedAt }) => (
        <li key={upload}>
          {mediaType} · {formats.instant(addedAt)}
        </li>
      ))}
    </ul>
  );
};

/** A province’s request to delete a student number, which the ministry decides (ID-11). */
export default function DeletionPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const [full, setFull] = useState(false);
  return (
    <>
      <CaseHead title={t.deletion} />
      <Answer
        document={DeletionPageDocument}
        variables={{ id, full }}
        select={({ numberDeletion }) => numberDeletion}
        empty={<Empty description={t.missing} />}
      >
        {({ numberDeletion: deletion }, problems) =>
          deletion && (
            <div className="panels">
              <Panel
                title={t.about}
                extra={
                  <Flex gap="small" wrap>
                    <Orders deletion={deletion} />
                    <FullSwitch full={full} onChange={setFull} />
                  </Flex>
                }
              >
                <About deletion={deletion} problems={problems} />
              </Panel>
              <Panel title={t.papers}>
                <Papers papers={deletion.papers} />
              </Panel>
            </div>
          )
        }
      </Answer>
    </>
  );
}
