import { Button, Flex, Form } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CheckField } from '../../orders/check-field.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { YesNoField } from '../../orders/yes-no-field.tsx';
import { texts } from './begin-texts.ts';
import { Beginning, type Registration } from './beginning.tsx';
import { ReportDeathDocument } from './generated/begin-death.ts';
import { RequestExpulsionDocument } from './generated/begin-expulsion.ts';
import { MarkOtherLeaveDocument } from './generated/begin-other-leave.ts';
import { RequestWithdrawalDocument } from './generated/begin-withdrawal.ts';
import { PreviewDeathDocument } from './generated/preview-death.ts';
import { PreviewExpulsionDocument } from './generated/preview-expulsion.ts';
import { PreviewOtherLeaveDocument } from './generated/preview-other-leave.ts';
import { PreviewWithdrawalDocument } from './generated/preview-withdrawal.ts';

type Props = { registration: Registration };

const AbsenceFields = () => {
  const t = useTexts(texts);
  return (
    <Form.Item label={t.absences}>
      <Form.List name="absences">
        {(fields, { add, remove }) => (
          <Flex vertical gap="small" align="start">
            {fields.map(({ key, name }) => (
              <Flex key={key} gap="small" wrap align="center">
                <DayField name={[name, 'from']} label={t.from} required />
                <DayField name={[name, 'to']} label={t.to} required />
                <Button onClick={() => remove(name)}>{t.removeAbsence}</Button>
              </Flex>
            ))}
            <Button onClick={() => add()}>{t.addAbsence}</Button>
          </Flex>
        )}
      </Form.List>
    </Form.Item>
  );
};

const LongAbsenceFields = () => {
  const t = useTexts(texts);
  return (
    <>
      <AbsenceFields />
      <CheckField name="helpInVain" label={t.helpInVain} />
      <CheckField name="unfitReasonGiven" label={t.unfitReasonGiven} />
    </>
  );
};

/** A withdrawal, senior stage only (W-14, form F3). */
export const BeginWithdrawal = ({ registration }: Props) => {
  const t = useTexts(texts);
  return (
    <Beginning
      registration={registration}
      document={RequestWithdrawalDocument}
      begunBy={({ requestWithdrawal }) => requestWithdrawal}
      preview={PreviewWithdrawalDocument}
      foreseenBy={({ previewWithdrawal }) => previewWithdrawal?.findings}
      needed={['ground', 'formalitiesOn']}
    >
      {({ ground }) => (
        <>
          <ChoiceField name="ground" label={t.ground} of="WithdrawalGround" required />
          <DayField name="formalitiesOn" label={t.formalitiesOn} required />
          {ground === 'LONG_ABSENCE' && <LongAbsenceFields />}
        </>
      )}
    </Beginning>
  );
};

/** Gone for over three months, nobody knows why (W-15). */
export const BeginOtherLeave = ({ registration }: Props) => {
  const t = useTexts(texts);
  return (
    <Beginning
      registration={registration}
      document={MarkOtherLeaveDocument}
      begunBy={({ markOtherLeave }) => markOtherLeave}
      preview={PreviewOtherLeaveDocument}
      foreseenBy={({ previewOtherLeave }) => previewOtherLeave?.findings}
      needed={['leftOn', 'reached', 'reasonKnown']}
    >
      {() => (
        <>
          <DayField name="leftOn" label={t.leftOn} required />
          <YesNoField name="reached" label={t.reached} required />
          <YesNoField name="reasonKnown" label={t.reasonKnown} required />
        </>
      )}
    </Beginning>
  );
};

/** The cancellation after a death (W-16). */
export const BeginDeath = ({ registration }: Props) => {
  const t = useTexts(texts);
  return (
    <Beginning
      registration={registration}
      document={ReportDeathDocument}
      begunBy={({ reportDeath }) => reportDeath}
      preview={PreviewDeathDocument}
      foreseenBy={({ previewDeath }) => previewDeath?.findings}
      needed={['diedOn', 'knownOn']}
    >
      {() => (
        <>
          <DayField name="diedOn" label={t.diedOn} required />
          <DayField name="knownOn" label={t.knownOn} required />
        </>
      )}
    </Beginning>
  );
};

/** An expulsion, senior stage only (ENR-53). */
export const BeginExpulsion = ({ registration }: Props) => {
  const t = useTexts(texts);
  return (
    <Beginning
      registration={registration}
      document={RequestExpulsionDocument}
      begunBy={({ requestExpulsion }) => requestExpulsion}
      preview={PreviewExpulsionDocument}
      foreseenBy={({ previewExpulsion }) => previewExpulsion?.findings}
      needed={['decidedOn']}
    >
      {() => <DayField name="decidedOn" label={t.decidedOn} required />}
    </Beginning>
  );
};
