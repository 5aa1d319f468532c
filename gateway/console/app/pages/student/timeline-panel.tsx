import { Empty, Timeline } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { StudentTimelineDocument } from './generated/timeline.ts';
import { texts } from './texts.ts';

/** What happened in the student's life at school, oldest first. */
export const TimelinePanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const formats = useFormats();
  return (
    <Panel title={t.timeline}>
      <Answer
        document={StudentTimelineDocument}
        variables={{ id }}
        select={({ student }) => student?.timeline?.edges}
        empty={<Empty description={t.noTimeline} />}
      >
        {({ student }) => (
          <Timeline
            items={(student?.timeline?.edges ?? []).map(({ cursor, node }) => ({
              key: cursor,
              title: formats.day(node.on),
              content: [
                words('TimelineKind', node.kind),
                node.stage && node.grade !== null && `${words('Stage', node.stage)} ${gradeName(node.grade)}`,
              ]
                .filter(Boolean)
                .join(' · '),
            }))}
          />
        )}
      </Answer>
    </Panel>
  );
};
