import { Button, Flex, Form, Input, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { useWordOptions } from '../../orders/word-options.ts';
import type { ContactsPageQuery } from './generated/contacts.ts';
import { PublishComplaintContactsDocument } from './generated/publish-contacts.ts';
import { texts } from './texts.ts';

type Unit = NonNullable<ContactsPageQuery['orgUnit']>;

/** At most so many are published (publishComplaintContacts). */
const most = 10;

const ContactRows = () => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  return (
    <Form.List name="contacts">
      {(rows, { add, remove }) => (
        <Flex vertical gap="small">
          {rows.map(({ key, name }, at) => (
            <Flex key={key} gap="small" wrap align="start">
              <Form.Item name={[name, 'kind']} rules={[{ required: true }]}>
                <Select
                  aria-label={`${t.kind} ${at + 1}`}
                  placeholder={t.kind}
                  className="paper-choice"
                  options={optionsOf('ComplaintChannel')}
                />
              </Form.Item>
              <Form.Item name={[name, 'channel']} rules={[{ required: true, whitespace: true }]}>
                <Input
                  aria-label={`${t.channel} ${at + 1}`}
                  placeholder={t.channel}
                  className="paper-choice"
                  maxLength={100}
                  autoComplete="off"
                />
              </Form.Item>
              <Button onClick={() => remove(name)} aria-label={`${t.remove} ${at + 1}`}>
                {t.remove}
              </Button>
            </Flex>
          ))}
          {rows.length < most && <Button onClick={() => add({})}>{t.add}</Button>}
        </Flex>
      )}
    </Form.List>
  );
};

/** The unit publishes all of its contacts at once, in place of those before (TKT-02). */
export const PublishOrder = ({ unit: { code, contactsVersion, complaintContacts } }: { unit: Unit }) => {
  const t = useTexts(texts);
  const published = complaintContacts.map(({ kind, channel }) => ({ kind, channel }));
  return (
    <CaseOrder
      document={PublishComplaintContactsDocument}
      text={t.publish}
      kind="primary"
      seen={{ unit: code, expectedVersion: contactsVersion }}
      initial={{ contacts: published }}
      page="ContactsPage"
      answerOf={({ publishComplaintContacts: { unit: object, findings } }) => ({ object, findings })}
    >
      <p className="quiet">{t.publishMore}</p>
      <ContactRows />
    </CaseOrder>
  );
};
