import { Form, InputNumber } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CheckField } from '../../orders/check-field.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { texts } from './begin-texts.ts';
import { Beginning, type Registration } from './beginning.tsx';
import { MarkBackAtSchoolDocument } from './generated/begin-come-back.ts';
import { RequestResumptionDocument } from './generated/begin-resumption.ts';
import { RequestSuspensionDocument } from './generated/begin-suspension.ts';
import { PreviewComeBackDocument } from './generated/preview-come-back.ts';
import { PreviewResumptionDocument } from './generated/preview-resumption.ts';
import { PreviewSuspensionDocument } from './generated/preview-suspension.ts';

type Props = { registration: Registration };

const LongLeaveFields = () => {
  const t = useTexts(texts);
  return (
    <>
      <ChoiceField name="leaveKind" label={t.leaveKind} of="LeaveKind" />
      <CheckField name="stillUnable" label={t.stillUnable} />
    </>
  );
};

/** A suspension, or its renewal (W-13, form F2). */
export const BeginSuspension = ({ registration }: Props) => {
  const t = useTexts(texts);
  return (
    <Beginning
      registration={registration}
      document={RequestSuspensionDocument}
      begunBy={({ requestSuspension }) => requestSuspension}
      preview={PreviewSuspensionDocument}
      foreseenBy={({ previewSuspension }) => previewSuspension?.findings}
      needed={['ground', 'from', 'to', 'reasonGiven']}
      initial={{ reasonGiven: false }}
    >
      {({ ground }) => (
        <>
          <ChoiceField name="ground" label={t.ground} of="SuspensionCause" required />
          <DayField name="from" label={t.from} required />
          <DayField name="to" label={t.to} required />
          <Form.Item name="missedHours" label={t.missedHours}>
            <InputNumber min={0} precision={0} />
          </Form.Item>
          <Form.Item name="termHours" label={t.termHours}>
            <InputNumber min={1} precision={0} />
          </Form.Item>
          {ground === 'LONG_LEAVE' && <LongLeaveFields />}
          <CheckField name="reasonGiven" label={t.reasonGiven} />
        </>
      )}
    </Beginning>
  );
};

const BackFields = () => {
  const t = useTexts(texts);
  return (
    <>
      <ChoiceField name="resumeGrade" label={t.resumeGrade} of="ResumeGrade" required />
      <DayField name="returnedOn" label={t.returnedOn} required />
    </>
  );
};

/** Back from a suspension (W-13, form F2). */
export const BeginResumption = ({ registration }: Props) => (
  <Beginning
    registration={registration}
    document={RequestResumptionDocument}
    begunBy={({ requestResumption }) => requestResumption}
    preview={PreviewResumptionDocument}
    foreseenBy={({ previewResumption }) => previewResumption?.findings}
    needed={['resumeGrade', 'returnedOn']}
  >
    {() => <BackFields />}
  </Beginning>
);

/** Back at the own school after other leave (W-02). */
export const BeginComeBack = ({ registration }: Props) => (
  <Beginning
    registration={registration}
    document={MarkBackAtSchoolDocument}
    begunBy={({ markBackAtSchool }) => markBackAtSchool}
    preview={PreviewComeBackDocument}
    foreseenBy={({ previewComeBack }) => previewComeBack?.findings}
    needed={['resumeGrade', 'returnedOn']}
  >
    {() => <BackFields />}
  </Beginning>
);
