using Koinon.Evm;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Execution;

/// <summary>A chain whose state is all here: there is nowhere to fetch from.</summary>
internal sealed class LocalState : IStateFetcher
{
    /// <inheritdoc/>
    public ValueTask<RpcError?> FetchAsync(
        IStateView state, IReadOnlyList<StateKey> keys, CancellationToken cancellation) =>
        new(RpcError.Server("missing state: it is no longer kept"));
}
