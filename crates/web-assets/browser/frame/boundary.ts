import { Component, type ErrorInfo, type ReactNode } from 'react';

interface Props {
  /** Receives the error that the widget threw while rendering or in an effect, and the stack of components. */
  onError: (error: unknown, components: string) => void;
  children?: ReactNode;
}

/** Renders nothing after the widget threw; the page shows the fallback. */
export class Boundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown, { componentStack }: ErrorInfo): void {
    this.props.onError(error, componentStack ?? '');
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
