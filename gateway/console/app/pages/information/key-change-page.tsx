import { Empty, Flex, Tag } from 'antd';
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
import { FileButton } from '../../uploads/file-button.tsx';
import { CaseHead } from './case-head.tsx';
import { ChangedItems } from './changed-items.tsx';
import { FullSwitch } from './full-switch.tsx';
import { KeyChangePageDocument, type KeyChangePageQuery } from './generated/key-change.ts';
import { KeyChangeOrders } from './key-change-orders.tsx';
import { StudentLink } from './student-link.tsx';
import { texts } from './texts.ts';

type Change = NonNullable<KeyChangePageQuery['keyInformationChange']>;

const About = ({ change: { kind, state, student, school, openedAt, endedAt } }: { change: Change }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  return (
    <Values
      items={[
        [t.kind, words('KeyInformationChangeKind', kind)],
        [t.state, <Tag key="state">{words('KeyInformationChangeState', state)}</Tag>],
        [t.student, <StudentLink key="student" student={student} />],
        [t.school, school.name],
        [t.openedAt, formats.instant(openedAt)],
        ...(endedAt ? ([[t.endedAt, formats.instant(endedAt)]] as const) : []),
      ]}
    />
  );
};

const Papers = ({ papers }: Pick<Change, 'papers'>) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  if (papers.length === 0) return <Empty description={t.noPapers} />;
  return (
    <ul className="papers">
      {papers.map(({ upload, kind, addedAt, url }) => (
        <Flex key={upload} component="li" gap="small" wrap align="center">
          <span>
            {words('KeyProofKind', kind)} · {formats.instant(addedAt)}
          </span>
          {url && <FileButton url={url} name={words('KeyProofKind', kind)} text={t.save} />}
        </Flex>
      ))}
    </ul>
  );
};

const Course = ({ change: { steps, endedAt } }: { change: Change }) => {
  const words = useWords();
  return (
    <StepLine
      isOver={endedAt !== null}
      steps={steps.map((step) => ({
        ...step,
        title: words('KeyInformationParty', step.party),
        told: (
          <>
            {step.decision && <div>{words('KeyInformationDecision', step.decision)}</div>}
            {step.opinion && <div>{step.opinion}</div>}
            {step.reason && <div>{step.reason}</div>}
          </>
        ),
      }))}
    />
  );
};

/** A change of key information (W-07): what changes on which proofs, whose turn it is, and what the viewer may do. */
export default function KeyChangePage() {
  const t = useTexts(texts);
  const words = useWords();
  const { id = '' } = useParams();
  const [full, setFull] = useState(false);
  return (
    <>
      <CaseHead title={t.keyChange} />
      <Answer
        document={KeyChangePageDocument}
        variables={{ id, full }}
        select={({ keyInformationChange }) => keyInformationChange}
        empty={<Empty description={t.missing} />}
      >
        {({ keyInformationChange: change }) =>
          change && (
            <div className="panels">
              <Panel title={t.about} extra={<KeyChangeOrders change={change} />}>
                <About change={change} />
              </Panel>
              {change.blockers.length > 0 && (
                <Panel title={t.standing}>
                  <FindingList findings={change.blockers} />
                </Panel>
              )}
              <Panel title={t.content} extra={<FullSwitch full={full} onChange={setFull} />}>
                <ChangedItems
                  items={
                    change.items?.map((each) => ({
                      ...each,
                      name: words('KeyInformationField', each.item),
                    })) ?? null
                  }
                />
              </Panel>
              <Panel title={t.papers}>
                <Papers papers={change.papers} />
              </Panel>
              <Panel title={t.course}>
                <Course change={change} />
              </Panel>
            </div>
          )
        }
      </Answer>
    </>
  );
}
