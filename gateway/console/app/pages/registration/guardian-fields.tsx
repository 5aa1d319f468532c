import { Form, Input, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { useWordOptions } from '../../orders/word-options.ts';
import { YesNoField } from '../../orders/yes-no-field.tsx';
import { texts } from './form-texts.ts';
import { ethnicGroups } from './generated/ethnic-groups.ts';

type Props = {
  /** 0 for the first block of the form, 1 for the second. */
  position: 0 | 1;
  /** Whether who it is has to be said. */
  isNeeded: boolean;
};

/** Items 18 to 26 of the form, and 27 to 35 where a second person is entered. */
export const GuardianFields = ({ position, isNeeded }: Props) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  const at = (item: string) => ['guardians', position, item];
  const rules = [{ required: isNeeded }];
  return (
    <fieldset className="form-part">
      <legend>{position === 0 ? t.guardianOne : t.guardianTwo}</legend>
      <Form.Item name={at('name')} label={t.name} rules={rules}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={at('relation')} label={t.relation} rules={rules}>
        <Select allowClear options={optionsOf('FormRelation')} />
      </Form.Item>
      <YesNoField name={at('isLegalGuardian')} label={t.isLegalGuardian} />
      <Form.Item name={at('idDocumentType')} label={t.idDocumentType} rules={rules}>
        <Select allowClear options={optionsOf('FormDocumentType')} />
      </Form.Item>
      <Form.Item name={at('idDocumentNumber')} label={t.idDocumentNumber}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name={at('phone')} label={t.phone}>
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item name={at('householdAddress')} label={t.householdAddress} extra={t.addressMore}>
        <Input maxLength={220} />
      </Form.Item>
      <Form.Item name={at('ethnicGroup')} label={t.ethnicGroup}>
        <Select showSearch={{ optionFilterProp: 'label' }} allowClear options={[...ethnicGroups]} />
      </Form.Item>
      <Form.Item name={at('workUnit')} label={t.workUnit}>
        <Input maxLength={120} />
      </Form.Item>
    </fieldset>
  );
};
