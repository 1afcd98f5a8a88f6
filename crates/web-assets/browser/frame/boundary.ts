import { Component, type ReactNode } from 'react';

interface Props {
  /** Receives the error that the widget threw while rendering or in an effect. */
  onError: (error: unknown) => void;
  children?: ReactNode;
}

/** Renders nothing after the widget threw; the page shows the fallback. */
export class Boundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError(error);
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
