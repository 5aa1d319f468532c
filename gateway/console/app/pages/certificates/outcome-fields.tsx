import { Form, Input, InputNumber } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { DayField } from '../../orders/day-field.tsx';
import '../../orders/form-part.css';
import { YesNoField } from '../../orders/yes-no-field.tsx';
import { texts } from './outcome-texts.ts';

const ConditionFields = () => {
  const t = useTexts(texts);
  return (
    <fieldset className="form-part">
      <legend>{t.conditions}</legend>
      {(['schoolYears', 'earned', 'required'] as const).map((name) => (
        <Form.Item key={name} name={name} label={t[name]}>
          <InputNumber min={0} max={300} step={0.5} />
        </Form.Item>
      ))}
      {(['curriculumCompleted', 'fitnessPassed', 'qualityMaterialsMeet'] as const).map((name) => (
        <YesNoField key={name} name={name} label={t[name]} />
      ))}
      {(['passed', 'failed'] as const).map((name) => (
        <Form.Item key={name} name={name} label={t[name]}>
          <Input maxLength={200} />
        </Form.Item>
      ))}
    </fieldset>
  );
};

/** How studies ended; the senior stage is asked for the conditions of graduation as well (CRT-02). */
export const OutcomeFields = ({ isSenior }: { isSenior: boolean }) => {
  const t = useTexts(texts);
  return (
    <>
      <fieldset className="form-part">
        <legend>{t.outcomeOf}</legend>
        <ChoiceField name="outcome" label={t.outcome} of="StudyOutcome" required />
        <Form.Item name="reason" label={t.reason}>
          <Input maxLength={200} />
        </Form.Item>
        <DayField name="studiedFrom" label={t.studiedFrom} />
        <DayField name="studiedTo" label={t.studiedTo} />
      </fieldset>
      {isSenior && <ConditionFields />}
    </>
  );
};
