import { Form, Radio } from 'antd';
import type { ComponentProps } from 'react';
import { type Texts, useTexts } from '../language/language.tsx';

const texts = { yes: ['是', 'Yes'], no: ['否', 'No'] } satisfies Texts;

type Props = Pick<ComponentProps<typeof Form.Item>, 'name' | 'label' | 'required'>;

/** A question that is answered with yes or no; unanswered it is neither. */
export const YesNoField = (props: Props) => {
  const t = useTexts(texts);
  return (
    <Form.Item {...props}>
      <Radio.Group
        options={[
          { value: true, label: t.yes },
          { value: false, label: t.no },
        ]}
      />
    </Form.Item>
  );
};
