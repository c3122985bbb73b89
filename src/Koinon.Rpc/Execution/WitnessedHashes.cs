using Koinon.Evm;
using Koinon.Primitives;

namespace Koinon.Rpc.Execution;

/// <summary>Hashes of blocks that notes the oldest that was asked for.</summary>
/// <param name="hashes">The hashes.</param>
/// <param name="newest">The block that is asked for in any case.</param>
internal sealed class WitnessedHashes(IBlockHashes hashes, ulong newest) : IBlockHashes
{
    /// <summary>The oldest block whose hash was asked for.</summary>
    public ulong Oldest { get; private set; } = newest;

    /// <inheritdoc/>
    public bool TryGet(ulong number, out Hash256 hash)
    {
        bool isThere = hashes.TryGet(number, out hash);
        Oldest = isThere ? Math.Min(Oldest, number) : Oldest;
        return isThere;
    }

    /// <inheritdoc/>
    public bool IsUnavailable(ulong number) => hashes.IsUnavailable(number);
}
