import { Alert, Button, Flex } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import {
  AssignWantedClassesDocument,
  type AssignWantedClassesMutation,
  type AssignWantedClassesMutationVariables,
} from './generated/assign-wanted-classes.ts';
import { texts } from './texts.ts';

type Placed = AssignWantedClassesMutation['assignWantedClasses'];
type Props = Omit<AssignWantedClassesMutationVariables['input'], 'idempotencyKey'>;

/** Places a whole cohort as its forms say, and tells who was left over and why (ENR-16). */
export const PlaceAsWanted = (cohort: Props) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const [placed, setPlaced] = useState<Placed>();
  const order = useOrder(AssignWantedClassesDocument, {
    findingsOf: ({ assignWantedClasses }) => assignWantedClasses.findings,
    refetch: ['Placing'],
  });
  const give = async (): Promise<void> => setPlaced((await order.give(cohort))?.assignWantedClasses);
  return (
    <Flex vertical gap="small">
      <p className="quiet">{t.asWantedMore}</p>
      <div>
        <Button loading={order.underWay} onClick={() => void give()}>
          {t.asWanted}
        </Button>
      </div>
      {placed && (
        <Alert
          type={placed.left > 0 ? 'warning' : 'success'}
          showIcon
          role="status"
          title={`${t.placed} ${formats.number(placed.assigned)}`}
          {...(placed.left > 0 && { description: `${t.left} ${formats.number(placed.left)}` })}
        />
      )}
      <OrderOutcome outcome={order.outcome} />
    </Flex>
  );
};
