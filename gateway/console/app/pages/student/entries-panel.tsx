import { Empty, Flex, Timeline } from 'antd';
import { Link } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { dayOf } from '../../clocks/days-left.ts';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { entryOrders } from './entry-orders.tsx';
import { texts } from './entry-texts.ts';
import { StudentEntriesDocument, type StudentEntriesQuery } from './generated/entries.ts';

type Enrollment = NonNullable<NonNullable<StudentEntriesQuery['student']>['enrollment']>;

const Orders = ({ student, enrollment }: { student: string; enrollment: Enrollment }) => {
  const t = useTexts(texts);
  const { id, version, allowedActions } = enrollment;
  const seen = { enrollment: id, expectedVersion: version };
  return (
    <Flex gap="small" wrap align="center">
      {entryOrders
        .filter(([action]) => allowedActions.includes(action))
        .map(([action, Order]) => (
          <Order key={action} seen={seen} />
        ))}
      {allowedActions.includes('OPEN_CLUE') && <Link to={`/students/${student}/dropout`}>{t.openClue}</Link>}
    </Flex>
  );
};

const Marks = ({ enrollment }: { enrollment: Enrollment }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { dropoutMark, awayReason, atSpecializedSchool, infoDueOn, infoConfirmedOn } = enrollment;
  const isOpen = infoDueOn !== null && infoConfirmedOn === null;
  return (
    <Values
      items={[
        [t.dropout, dropoutMark ? t.isSo : t.isNotSo],
        ...(awayReason ? ([[t.away, words('AwayReason', awayReason)]] as const) : []),
        ...(atSpecializedSchool ? ([[t.specialized, t.isSo]] as const) : []),
        ...(isOpen
          ? ([
              [t.infoDue, <Clock key="info" due={infoDueOn} overdue={infoDueOn < dayOf(new Date())} />],
            ] as const)
          : []),
        ...(infoConfirmedOn ? ([[t.infoDone, formats.day(infoConfirmedOn)]] as const) : []),
      ]}
    />
  );
};

const Contacts = ({ contacts }: { contacts: NonNullable<Enrollment['guardianContacts']> }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  return (
    <section aria-label={t.contacts}>
      <Timeline
        items={contacts.map(({ id, contactedOn, means, about, reached, note }) => ({
          key: id,
          content: (
            <>
              <time dateTime={contactedOn}>{formats.day(contactedOn)}</time> · {words('ContactMeans', means)}{' '}
              · {words('ContactAbout', about)} · {reached ? t.wasReached : t.wasNotReached}
              {note && <div>{note}</div>}
            </>
          ),
        }))}
      />
    </section>
  );
};

/** What the school and its authority enter about a pupil without a case: contacts, absences, stays elsewhere. */
export const EntriesPanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  return (
    <Panel title={t.entries}>
      <Answer
        document={StudentEntriesDocument}
        variables={{ id }}
        select={({ student }) => student?.enrollment}
        empty={<Empty description={t.noEntries} />}
      >
        {({ student }) =>
          student?.enrollment && (
            <Flex vertical gap="middle">
              <Orders student={id} enrollment={student.enrollment} />
              <Marks enrollment={student.enrollment} />
              {student.enrollment.guardianContacts && student.enrollment.guardianContacts.length > 0 && (
                <Contacts contacts={student.enrollment.guardianContacts} />
              )}
            </Flex>
          )
        }
      </Answer>
    </Panel>
  );
};
