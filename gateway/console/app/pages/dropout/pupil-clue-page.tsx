import { Breadcrumb, Button, Empty, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { type PupilClueDraft, pupilClueOf } from './clue-draft.ts';
import { OpenDropoutClueDocument } from './generated/open-clue.ts';
import { DropoutSubjectDocument } from './generated/subject.ts';
import { SourceField } from './source-field.tsx';
import { texts } from './texts.ts';

const Clue = ({ enrollment, name }: { enrollment: string; name: string }) => {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [draft, setDraft] = useState<PupilClueDraft>({});
  const clue = pupilClueOf(enrollment, draft);
  const order = useOrder(OpenDropoutClueDocument, {
    findingsOf: ({ openDropoutClue }) => openDropoutClue.findings,
  });
  const send = async (): Promise<void> => {
    const entry = clue && (await order.give(clue))?.openDropoutClue.entry;
    if (entry) navigate(`/work/dropouts/${entry.id}`);
  };
  return (
    <Panel title={`${t.form} · ${name}`}>
      <Flex vertical gap="middle">
        <Form<PupilClueDraft>
          layout="vertical"
          autoComplete="off"
          onValuesChange={(_, values) => setDraft(values)}
          onFinish={() => void send()}
        >
          <SourceField />
          <DayField name="since" label={t.since} required />
          <Form.Item name="householdCounty" label={t.household}>
            <Input inputMode="numeric" maxLength={6} />
          </Form.Item>
          <WordsField name="note" label={t.note} />
          <Button type="primary" htmlType="submit" disabled={!clue} loading={order.underWay}>
            {t.submit}
          </Button>
        </Form>
        <OrderOutcome outcome={order.outcome} />
      </Flex>
    </Panel>
  );
};

/** A pupil who is out of school goes onto the dropout ledger (ENR-60). */
export default function PupilCluePage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const above = [
    { title: <Link to="/students">{t.students}</Link> },
    { title: <Link to={`/students/${id}?tab=cases`}>{t.record}</Link> },
    { title: t.submit },
  ];
  return (
    <>
      <PageHead title={t.submit} above={<Breadcrumb items={above} />} />
      <Answer
        document={DropoutSubjectDocument}
        variables={{ id }}
        select={({ student }) => student?.enrollment}
        empty={<Empty description={t.noPupil} />}
      >
        {({ student }) =>
          student?.enrollment && <Clue enrollment={student.enrollment.id} name={student.name ?? '***'} />
        }
      </Answer>
    </>
  );
}
