import { Alert, Flex, Form, Radio } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Values } from '../../layout/values.tsx';
import { CheckField } from '../../orders/check-field.tsx';
import { OrderDialog } from '../../orders/order-dialog.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { FileButton } from '../../uploads/file-button.tsx';
import { texts } from './export-texts.ts';
import {
  ExportTableDocument,
  type ExportTableMutation,
  type ExportTableMutationVariables,
} from './generated/export-table.ts';

type Input = ExportTableMutationVariables['input'];
type Made = NonNullable<ExportTableMutation['exportStatistics']['export']>;
type Filled = Pick<Input, 'format' | 'purpose' | 'leaves'>;

/** A file that was written, to be fetched as long as its address holds. */
const File = ({ made: { format, rows, digest, preparedAt, url } }: { made: Made }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const name = `statistics-${preparedAt.slice(0, 10)}.${format.toLowerCase()}`;
  return (
    <Flex vertical gap="small" role="status">
      <Alert type="success" showIcon title={t.ready} />
      <Values
        items={[
          [t.preparedAt, formats.instant(preparedAt)],
          [t.rows, formats.number(rows)],
          [t.digest, <code key="digest">{digest}</code>],
        ]}
      />
      <Flex>
        <FileButton url={url} name={name} text={`${t.fetch} ${format}`} />
      </Flex>
    </Flex>
  );
};

type Props = {
  /** The table that is looked at, as the graph takes it. */
  table: Omit<Input, 'idempotencyKey' | keyof Filled>;
};

/** Writes the table that is looked at into a file, with a purpose and on record (PRV-13), and hands it out. */
export const ExportOrder = ({ table }: Props) => {
  const t = useTexts(texts);
  const [made, setMade] = useState<Made>();
  const order = useOrder(ExportTableDocument, {
    findingsOf: ({ exportStatistics }) => exportStatistics.findings,
  });
  const send = async (filled: Filled): Promise<boolean> => {
    const data = await order.give({ ...filled, leaves: filled.leaves ?? false, ...table });
    const file = data?.exportStatistics.export ?? undefined;
    setMade(file);
    return file !== undefined;
  };
  return (
    <Flex vertical gap="middle" className="figures-export">
      <Flex>
        <OrderDialog<Filled>
          text={t.export}
          order={order}
          send={send}
          reload={() => undefined}
          initial={{ format: 'XLSX' }}
        >
          <Form.Item name="format" label={t.format}>
            <Radio.Group
              options={[
                { value: 'XLSX', label: t.xlsx },
                { value: 'CSV', label: t.csv },
              ]}
            />
          </Form.Item>
          <WordsField name="purpose" label={t.purpose} required />
          <CheckField name="leaves" label={t.leaves} />
        </OrderDialog>
      </Flex>
      {made && <File made={made} />}
    </Flex>
  );
};
