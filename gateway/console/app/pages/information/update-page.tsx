import { Empty, Tag } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { StepLine } from '../../clocks/step-line.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { CaseHead } from './case-head.tsx';
import { ChangedItems } from './changed-items.tsx';
import { FullSwitch } from './full-switch.tsx';
import { InformationUpdatePageDocument, type InformationUpdatePageQuery } from './generated/update.ts';
import { itemName } from './item-name.ts';
import { StudentLink } from './student-link.tsx';
import { itemTexts, texts } from './texts.ts';
import { UpdateOrders } from './update-orders.tsx';

type Update = NonNullable<InformationUpdatePageQuery['informationUpdate']>;

const About = ({ update }: { update: Update }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { state, depth, proposedAs, student, school, openedAt, endedAt } = update;
  return (
    <Values
      items={[
        [t.state, <Tag key="state">{words('InformationUpdateState', state)}</Tag>],
        [t.student, <StudentLink key="student" student={student} />],
        [t.school, school.name],
        [t.proposedAs, words('InformationProposer', proposedAs)],
        [t.depth, words('InformationDepth', depth)],
        [t.openedAt, formats.instant(openedAt)],
        ...(endedAt ? ([[t.endedAt, formats.instant(endedAt)]] as const) : []),
      ]}
    />
  );
};

const Papers = ({ papers }: Pick<Update, 'papers'>) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  if (papers.length === 0) return <Empty description={t.noPapers} />;
  return (
    <ul className="papers">
      {papers.map(({ kind, onFile, addedAt }) => (
        <li key={`${kind} ${addedAt}`}>
          {words('InformationPaperKind', kind)} · {onFile ? t.onFile : t.notOnFile} ·{' '}
          {formats.instant(addedAt)}
        </li>
      ))}
    </ul>
  );
};

const Course = ({ update: { steps, endedAt } }: { update: Update }) => {
  const words = useWords();
  return (
    <StepLine
      isOver={endedAt !== null}
      steps={steps.map((step) => ({
        ...step,
        decision: step.decision === 'CONFIRM' ? 'APPROVE' : step.decision,
        title: words('InformationParty', step.party),
        told: (
          <>
            {step.decision && <div>{words('InformationDecision', step.decision)}</div>}
            {step.opinion && <div>{step.opinion}</div>}
            {step.reason && <div>{step.reason}</div>}
          </>
        ),
      }))}
    />
  );
};

/** An update of information (W-08): what changes, who proposed it, whose turn it is, and what the viewer may do. */
export default function InformationUpdatePage() {
  const t = useTexts(texts);
  const names = useTexts(itemTexts);
  const { id = '' } = useParams();
  const [full, setFull] = useState(false);
  return (
    <>
      <CaseHead title={t.update} />
      <Answer
        document={InformationUpdatePageDocument}
        variables={{ id, full }}
        select={({ informationUpdate }) => informationUpdate}
        empty={<Empty description={t.missing} />}
      >
        {({ informationUpdate: update }) =>
          update && (
            <div className="panels">
              <Panel title={t.about} extra={<UpdateOrders update={update} />}>
                <About update={update} />
              </Panel>
              {update.blockers.length > 0 && (
                <Panel title={t.standing}>
                  <FindingList findings={update.blockers} />
                </Panel>
              )}
              <Panel title={t.content} extra={<FullSwitch full={full} onChange={setFull} />}>
                <ChangedItems
                  items={
                    update.changes?.map(({ field, from, to }) => ({
                      ...{ name: itemName(field, names), before: from, after: to },
                    })) ?? null
                  }
                />
              </Panel>
              <Panel title={t.papers}>
                <Papers papers={update.papers} />
              </Panel>
              <Panel title={t.course}>
                <Course update={update} />
              </Panel>
            </div>
          )
        }
      </Answer>
    </>
  );
}
