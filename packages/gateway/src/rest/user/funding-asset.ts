import { operations } from '@openvenue/contract';
import { answer } from '../../failure.ts';
import { privateEndpoint } from '../../http/endpoint.ts';
import { fundingWalletView } from '../../mapping/funding-wallet.ts';

export const getFundingAsset = privateEndpoint(operations.getFundingAsset, ({ node }, { principal }) =>
  answer(fundingWalletView(node.core.agency.fundingWallet(principal.userId))),
);
