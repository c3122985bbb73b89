using Koinon.Evm;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Execution;

/// <summary>Fetches what a state does not hold itself: that of a forked remote chain.</summary>
public interface IStateFetcher
{
    /// <summary>Fetches values, so that the state answers for them afterwards.</summary>
    /// <param name="state">The state of a block that answered <see cref="ReadStatus.Unavailable"/>.</param>
    /// <param name="keys">What it was asked for.</param>
    /// <param name="cancellation">Ends when the caller has gone, or its time is over.</param>
    /// <returns>Why they are not to be had, or <see langword="null"/>.</returns>
    ValueTask<RpcError?> FetchAsync(
        IStateView state, IReadOnlyList<StateKey> keys, CancellationToken cancellation);
}
