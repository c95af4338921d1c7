import {
  type AgentOrderStatus,
  agentOperations,
  isoTimeToMs,
  PAGE_DEFAULT,
  PAGE_SIZE_DEFAULT,
} from '@openvenue/contract';
import type { TransferStatus } from '@openvenue/core';
import { defined } from '../../defined.ts';
import { transferView } from '../../mapping/transfer.ts';
import { answerAgent } from '../answer.ts';
import { agentQuery } from '../endpoint.ts';
import { environmentOf } from './fields.ts';
import { directionOf } from './order-type.ts';

export const listOrders = agentQuery(agentOperations.listOrders, ({ node }, { body, agent }) => {
  const { orderType, status, page = PAGE_DEFAULT, pageSize = PAGE_SIZE_DEFAULT } = body;
  const found = isKept(status)
    ? node.core.agency.transfers({
        agentId: agent.agentId,
        page,
        pageSize,
        ...defined({
          direction: orderType === undefined ? undefined : directionOf(orderType),
          status,
          fromMs: timeOf(body.startTime),
          beforeMs: timeOf(body.endTime),
        }),
      })
    : { total: 0, orders: [] };
  const orders = found.orders.map((order) => transferView(order, node.core));
  return answerAgent({ total: found.total, page, pageSize, orders, ...environmentOf(body) });
});

/** A transfer is known here once its outcome is durable: none is kept as being processed, or as dead. */
const isKept = (status: AgentOrderStatus | undefined): status is TransferStatus | undefined =>
  status !== 'PROCESSING' && status !== 'DEAD';

const timeOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : isoTimeToMs(text));
