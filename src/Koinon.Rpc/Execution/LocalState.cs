using Koinon.Chain.Building;
using Koinon.Evm;

namespace Koinon.Rpc.Execution;

/// <summary>A chain whose state is all here: there is nowhere to fetch from.</summary>
internal sealed class LocalState : IStateFetcher
{
    /// <inheritdoc/>
    public ValueTask<string?> FetchAsync(IReadOnlyList<StateKey> missing, CancellationToken cancellation) =>
        new("missing state: it is no longer kept");
}
