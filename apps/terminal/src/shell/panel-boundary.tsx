import { ErrorState } from '@openvenue/ui';
import { Component, type ReactNode } from 'react';
import { useText } from '../i18n/index.ts';

interface BoundaryProps {
  readonly children: ReactNode;
}

/** A fault in one panel leaves the others standing, above all the one that closes positions. React reports the error. */
export class PanelBoundary extends Component<BoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return <FailedPanel onRetry={() => this.setState({ hasFailed: false })} />;
  }
}

function FailedPanel({ onRetry }: { readonly onRetry: () => void }) {
  const text = useText();
  return <ErrorState message={text.common.panelFailed} retryLabel={text.common.retry} onRetry={onRetry} />;
}
