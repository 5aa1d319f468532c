import { useApolloClient } from '@apollo/client/react';
import { Empty, Flex, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { OrderDialog } from '../../orders/order-dialog.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { FileButton } from '../../uploads/file-button.tsx';
import type { CertificatePageQuery } from './generated/certificate.ts';
import { PrintCertificateDocument } from './generated/print-certificate.ts';
import { texts } from './texts.ts';

type Certificate = NonNullable<CertificatePageQuery['certificate']>;
type Print = NonNullable<Certificate['prints']>[number];

const PrintOrder = ({ id, onPrinted }: { id: string; onPrinted(url: string | null): void }) => {
  const t = useTexts(texts);
  const client = useApolloClient();
  const order = useOrder(PrintCertificateDocument, {
    findingsOf: ({ printCertificate }) => printCertificate.findings,
    refetch: ['CertificatePage'],
  });
  const send = async ({ reason }: { reason?: string }): Promise<boolean> => {
    const made = (await order.give({ certificate: id, reason: reason || null }))?.printCertificate;
    if (!made?.print) return false;
    onPrinted(made.url);
    return true;
  };
  return (
    <OrderDialog
      text={t.print}
      kind="primary"
      order={order}
      send={send}
      reload={() => void client.refetchQueries({ include: ['CertificatePage'] })}
    >
      <WordsField name="reason" label={t.again} />
    </OrderDialog>
  );
};

/** The register of prints of a paper, and the way to print it: each print is on record, its file is made when it is fetched. */
export const PrintPanel = ({
  certificate: { id, number, prints, allowedActions },
}: {
  certificate: Certificate;
}) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const [url, setUrl] = useState<string | null>(null);
  const columns: TableColumnsType<Print> = [
    { key: 'number', title: t.time, render: (_, print) => print.number },
    { key: 'printed', title: t.printedAt, render: (_, { printedAt }) => formats.instant(printedAt) },
    { key: 'unit', title: t.unit, render: (_, { unit }) => unit },
  ];
  const mayPrint = allowedActions.includes('PRINT');
  return (
    <Panel title={t.printed} extra={mayPrint && <PrintOrder id={id} onPrinted={setUrl} />}>
      <Flex vertical gap="middle" align="start">
        {url && <FileButton url={url} name={`${number}.pdf`} text={t.openPaper} />}
        {prints && prints.length > 0 ? (
          <Table
            size="small"
            columns={columns}
            dataSource={[...prints]}
            rowKey={(print) => print.number}
            pagination={false}
            scroll={{ x: 'max-content' }}
          />
        ) : (
          <Empty description={t.notPrinted} />
        )}
      </Flex>
    </Panel>
  );
};
