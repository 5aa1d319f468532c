import { Flex, Form, Input } from 'antd';
import { useNavigate } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { OrderDialog } from '../../orders/order-dialog.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useViewer } from '../../shell/viewer.tsx';
import type { CertificatePageQuery } from './generated/certificate.ts';
import { ReplaceLostCertificateDocument } from './generated/copy-certificate.ts';
import { GiveElectronicCertificateDocument } from './generated/give-electronic.ts';
import { GiveEducationStatementDocument } from './generated/give-statement.ts';
import { RevokeCertificateDocument } from './generated/revoke-certificate.ts';
import { SealEducationStatementDocument } from './generated/seal-statement.ts';
import { texts } from './texts.ts';

type Certificate = NonNullable<CertificatePageQuery['certificate']>;
type Props = { certificate: Certificate };

const page = 'CertificatePage';
const seenOf = ({ id, version }: Certificate) => ({ certificate: id, expectedVersion: version });

const Seal = ({ certificate }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={SealEducationStatementDocument}
      text={t.seal}
      kind="primary"
      seen={seenOf(certificate)}
      page={page}
      answerOf={({ sealEducationStatement: { certificate: object, findings } }) => ({ object, findings })}
    >
      {t.sure}
    </CaseOrder>
  );
};

const Copy = ({ certificate }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={ReplaceLostCertificateDocument}
      text={t.copy}
      seen={seenOf(certificate)}
      page={page}
      answerOf={({ replaceLostCertificate: { certificate: object, findings } }) => ({ object, findings })}
    >
      {t.copyMore}
    </CaseOrder>
  );
};

const GiveElectronic = ({ certificate }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={GiveElectronicCertificateDocument}
      text={t.giveElectronic}
      seen={seenOf(certificate)}
      page={page}
      answerOf={({ issueElectronicCertificate: { certificate: object, findings } }) => ({ object, findings })}
    >
      {t.sure}
    </CaseOrder>
  );
};

const Revoke = ({ certificate }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={RevokeCertificateDocument}
      text={t.revoke}
      kind="danger"
      seen={seenOf(certificate)}
      page={page}
      answerOf={({ revokeCertificate: { certificate: object, findings } }) => ({ object, findings })}
    >
      <ChoiceField name="reason" label={t.revocationReason} of="CertificateRevocationReason" required />
    </CaseOrder>
  );
};

type Signed = { handler: string; responsible: string };

const GiveStatement = ({ certificate: { student, number } }: Props) => {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const { name } = useViewer();
  const order = useOrder(GiveEducationStatementDocument, {
    findingsOf: ({ issueEducationStatement }) => issueEducationStatement.findings,
  });
  const send = async (signed: Signed): Promise<boolean> => {
    const data = await order.give({ student: student.id, originalNumber: number, ...signed });
    const made = data?.issueEducationStatement.certificate;
    if (made) navigate(`/students/${student.id}/certificates/${made.id}`);
    return made != null;
  };
  return (
    <OrderDialog<Signed>
      text={t.statement}
      order={order}
      send={send}
      reload={() => undefined}
      initial={{ handler: name ?? '' }}
    >
      {(['handler', 'responsible'] as const).map((who) => (
        <Form.Item key={who} name={who} label={t[who]} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={60} />
        </Form.Item>
      ))}
    </OrderDialog>
  );
};

const orders = [
  ['SEAL', Seal],
  ['GIVE_ELECTRONIC', GiveElectronic],
  ['COPY', Copy],
  ['GIVE_STATEMENT', GiveStatement],
  ['REVOKE', Revoke],
] as const;

/** What the viewer may do with a certificate now, as the graph says. */
export const CertificateOrders = ({ certificate }: Props) => (
  <Flex gap="small" wrap>
    {orders
      .filter(([action]) => certificate.allowedActions.includes(action))
      .map(([action, Order]) => (
        <Order key={action} certificate={certificate} />
      ))}
  </Flex>
);
