import { QueryErrorResetBoundary } from '@tanstack/react-query';
import { Component, type ReactNode } from 'react';
import { PageError } from './page-error.js';

interface BoundaryProps {
  /** Another one means that something else is to be shown: the error is forgotten. */
  readonly place: string;
  /** Called before it is tried again. */
  readonly onReset: () => void;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error: Error | undefined;
  readonly place: string;
}

class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: undefined, place: this.props.place };

  static getDerivedStateFromError(thrown: unknown): Partial<BoundaryState> {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  static getDerivedStateFromProps({ place }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return place === state.place ? null : { error: undefined, place };
  }

  private readonly tryAgain = (): void => {
    this.props.onReset();
    this.setState({ error: undefined });
  };

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return <PageError error={error} resetErrorBoundary={this.tryAgain} />;
  }
}

/** Keeps a page that fails from taking the menu with it. */
export const ErrorBoundary = ({ place, children }: Omit<BoundaryProps, 'onReset'>) => (
  <QueryErrorResetBoundary>
    {({ reset }) => (
      <Boundary place={place} onReset={reset}>
        {children}
      </Boundary>
    )}
  </QueryErrorResetBoundary>
);
