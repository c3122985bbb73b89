using Koinon.Primitives;

namespace Koinon.Evm;

/// <summary>Hashes of the blocks before the one that is executed.</summary>
public interface IBlockHashes
{
    /// <summary>The hash of an ancestor.</summary>
    /// <param name="number">The ancestor's number; the EVM asks only for the 256 before the current block.</param>
    /// <param name="hash">Its hash where it is known.</param>
    bool TryGet(ulong number, out Hash256 hash);
}
