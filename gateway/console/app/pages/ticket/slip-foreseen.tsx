import { Alert, Flex, Form } from 'antd';
import { Clock } from '../../clocks/clock.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { useSettled } from '../../orders/use-settled.ts';
import { SlipClockDocument } from './generated/slip-clock.ts';
import { SlipDraftDocument } from './generated/slip-draft.ts';
import { texts } from './texts.ts';
import { namedCase, type Ticket } from './ticket-case.ts';

/** What a slip says by itself of the case that the ticket is about: the course, who is late, by which article. */
export const SlipDraft = ({ about }: { about: NonNullable<Ticket['case']> }) => {
  const t = useTexts(texts);
  return (
    <Answer
      document={SlipDraftDocument}
      variables={{ case: namedCase(about) }}
      select={({ slipDraftFromCase }) => slipDraftFromCase}
    >
      {({ slipDraftFromCase: draft }) =>
        draft && (
          <Flex vertical gap="small">
            <Alert
              type="info"
              title={t.filledIn}
              description={
                <>
                  <p>{draft.matter}</p>
                  {draft.handlingOpinion && <p>{draft.handlingOpinion}</p>}
                  {draft.lateUnit && `${t.lateUnit}：${draft.lateUnit}`}
                </>
              }
            />
            <FindingList findings={draft.findings} />
          </Flex>
        )
      }
    </Answer>
  );
};

/** Until when a slip is due that is issued now, by the working days. */
export const SlipClock = () => {
  const t = useTexts(texts);
  const chosen: string | undefined = Form.useWatch('dueOn');
  const dueOn = useSettled(chosen) || null;
  return (
    <Answer
      document={SlipClockDocument}
      variables={{ dueOn }}
      select={({ previewSlipClock }) => previewSlipClock}
    >
      {({ previewSlipClock: clock }) =>
        clock && (
          <p role="status">
            <Clock due={clock.dueOn} provisional={clock.provisional} overdue={false} /> {clock.workingDays}{' '}
            {t.workingDays}
          </p>
        )
      }
    </Answer>
  );
};
