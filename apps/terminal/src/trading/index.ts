export { AccountEffects } from './account-effects.tsx';
export { AccountSummary } from './account-summary.tsx';
export { OrderForm } from './order-form/order-form.tsx';
export { TradingPanel } from './panel/trading-panel.tsx';
