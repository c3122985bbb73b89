using Koinon.Chain.Forks;
using Koinon.Evm.Forks;

namespace Koinon.Chain.Networks;

/// <summary>What a network demands of one block: both halves of its fork, and the blob parameters.</summary>
/// <param name="Rules">The blocks' half.</param>
/// <param name="Blobs">The blob parameters; <see langword="null"/> where there are no blobs.</param>
public sealed record ActiveRules(BlockRules Rules, BlobParameters? Blobs)
{
    /// <summary>The half that execution follows.</summary>
    public Fork Fork => Rules.Execution;
}
