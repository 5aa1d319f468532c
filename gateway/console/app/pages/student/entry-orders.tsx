import { Form, InputNumber } from 'antd';
import type { ComponentType } from 'react';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { YesNoField } from '../../orders/yes-no-field.tsx';
import { texts } from './entry-texts.ts';
import { ClearAwayDocument } from './generated/clear-away.ts';
import { ConfirmBasicInfoDocument } from './generated/confirm-info.ts';
import { EnterSpecializedSchoolDocument } from './generated/enter-specialized.ts';
import { FixReturnGradeDocument } from './generated/fix-grade.ts';
import { LogGuardianContactDocument } from './generated/log-contact.ts';
import { ProposeReturnGradeDocument } from './generated/propose-grade.ts';
import { ReportAwayDocument } from './generated/report-away.ts';

/** The registration, and the version that was seen. */
type Props = { seen: { enrollment: string; expectedVersion: number } };

const page = 'StudentEntries';

const LogContact = ({ seen }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={LogGuardianContactDocument}
      text={t.logContact}
      seen={seen}
      page={page}
      answerOf={({ logGuardianContact: { enrollment, findings } }) => ({ object: enrollment, findings })}
    >
      <DayField name="contactedOn" label={t.contactedOn} required />
      <ChoiceField name="means" label={t.means} of="ContactMeans" required />
      <ChoiceField name="about" label={t.about} of="ContactAbout" required />
      <YesNoField name="reached" label={t.reached} required />
      <WordsField name="note" label={t.note} />
    </CaseOrder>
  );
};

const SayAway = ({ seen }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={ReportAwayDocument}
      text={t.reportAway}
      seen={seen}
      page={page}
      answerOf={({ reportAway: { enrollment, findings } }) => ({ object: enrollment, findings })}
    >
      <ChoiceField name="reason" label={t.reason} of="AwayReason" required />
      <DayField name="since" label={t.since} required />
      <WordsField name="report" label={t.report} />
    </CaseOrder>
  );
};

const SayBack = ({ seen }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={ClearAwayDocument}
      text={t.clearAway}
      seen={seen}
      page={page}
      answerOf={({ clearAway: { enrollment, findings } }) => ({ object: enrollment, findings })}
    >
      {t.sure}
    </CaseOrder>
  );
};

const EnterSpecialized = ({ seen }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={EnterSpecializedSchoolDocument}
      text={t.enterSpecialized}
      seen={seen}
      page={page}
      answerOf={({ enterSpecializedSchool: { enrollment, findings } }) => ({ object: enrollment, findings })}
    >
      <DayField name="since" label={t.since} required />
    </CaseOrder>
  );
};

const GradeField = () => {
  const t = useTexts(texts);
  return (
    <Form.Item name="grade" label={t.grade} rules={[{ required: true }]}>
      <InputNumber min={1} max={9} precision={0} />
    </Form.Item>
  );
};

const ProposeGrade = ({ seen }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={ProposeReturnGradeDocument}
      text={t.proposeGrade}
      seen={seen}
      page={page}
      answerOf={({ proposeReturnGrade: { enrollment, findings } }) => ({ object: enrollment, findings })}
    >
      <DayField name="returnedOn" label={t.returnedOn} required />
      <GradeField />
    </CaseOrder>
  );
};

const FixGrade = ({ seen }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={FixReturnGradeDocument}
      text={t.fixGrade}
      seen={seen}
      page={page}
      answerOf={({ fixReturnGrade: { enrollment, findings } }) => ({ object: enrollment, findings })}
    >
      <GradeField />
    </CaseOrder>
  );
};

const ConfirmInfo = ({ seen }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={ConfirmBasicInfoDocument}
      text={t.confirmInfo}
      seen={seen}
      page={page}
      answerOf={({ confirmBasicInfo: { enrollment, findings } }) => ({ object: enrollment, findings })}
    >
      {t.sure}
    </CaseOrder>
  );
};

/** Entries about a registration that need no case, by the action that the graph allows. */
export const entryOrders: readonly (readonly [action: string, order: ComponentType<Props>])[] = [
  ['CONFIRM_INFO', ConfirmInfo],
  ['LOG_CONTACT', LogContact],
  ['REPORT_AWAY', SayAway],
  ['CLEAR_AWAY', SayBack],
  ['ENTER_SPECIALIZED_SCHOOL', EnterSpecialized],
  ['PROPOSE_RETURN_GRADE', ProposeGrade],
  ['FIX_RETURN_GRADE', FixGrade],
];
