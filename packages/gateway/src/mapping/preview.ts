import type { OrderPreview as OrderPreviewView } from '@openvenue/contract';
import type { OrderPreview } from '@openvenue/core';
import { formatDecimal, formatOnGrid } from '@openvenue/money';
import type { Grid } from './order.ts';

/** A preview as its reply shows it. */
export const previewView = (preview: OrderPreview, { tickSize }: Pick<Grid, 'tickSize'>): OrderPreviewView => ({
  required: formatDecimal(preview.required),
  margin: formatDecimal(preview.margin),
  handlingFee: formatDecimal(preview.handlingFee),
  estimatedFillPrice: formatDecimal(preview.estimatedFillPrice),
  worstFillPrice: formatOnGrid(preview.worstFillPrice, tickSize),
  liqPriceAfter: formatOnGrid(preview.liqPriceAfter, tickSize),
  availableAfter: formatDecimal(preview.availableAfter),
  leverageTier: preview.leverageTier,
  warnings: [...preview.warnings],
});
