import type { SubOrderRecord } from '@openvenue/core';

/** The status of a sub-order: that of its order, else of the condition order that has placed none yet. */
export const subOrderStatusOf = ({ order, condition }: SubOrderRecord) => order?.status ?? condition?.status ?? '';
